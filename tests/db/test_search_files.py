"""Files are found by what they say, with the item they hang on, and do no harm whatever is in them."""

import time
import tracemalloc

import pytest
from django.db import connection
from django.utils import timezone

from tests import documents
from tests.db.test_attach import arrived
from watercooler.projections.search import jobs, reads
from watercooler.projections.search.acts import save_search
from watercooler.projections.search.files import reading
from watercooler.projections.search.files.child import LONGEST, main
from watercooler.projections.search.models import FileText, SavedFind, SearchEntry
from watercooler.projections.search.projection import Search
from watercooler.projections.search.query import parse
from watercooler.spine.activity.projections import rebuild
from watercooler.spine.activity.worker import follow
from watercooler.spine.content import acts
from watercooler.spine.content.models import Attachment, Item
from watercooler.spine.social.acts import comment

pytestmark = pytest.mark.django_db
WORDS = "Trace heater resistance is 38 ohms"
FILES = {
    "report.pdf": documents.pdf(WORDS),
    "report.docx": documents.docx(f"First line\n{WORDS}"),
    "report.pptx": documents.pptx("One", WORDS),
    "report.xlsx": documents.xlsx("Site", WORDS),
    "report.odt": documents.odt(WORDS),
    "report.txt": WORDS.encode(),
    "report.md": f"# Title\n{WORDS}".encode("utf-16"),
    "report.csv": f"Café;{WORDS}".encode("cp1252"),
    "report.vtt": f"WEBVTT\n\n00:01.000 --> 00:02.000\n{WORDS}\n".encode(),
    "report.HTML": f"<script>hidden()</script><p>{WORDS}</p>".encode(),
}


def attach(company, name="report.txt", body=b"", by="priya"):
    return acts.attach(company.viewer(by), arrived(body or WORDS.encode(), name))


def find(company, words, by="priya"):
    viewer = company.viewer(by)
    return reads.find(viewer, parse(words), now=timezone.now(), chosen={}).hits


def caught_up():
    while follow():
        pass


@pytest.mark.parametrize("name", FILES)
def test_each_kind_is_found_by_what_it_says(company, name):
    made = attach(company, name, FILES[name])
    post = company.post("Measured today.", attachments=[made.pk])
    caught_up()
    assert find(company, "heater ohms") == []
    jobs.read_file(made.pk)
    assert FileText.objects.get().problem == ""
    [hit] = find(company, "heater ohms")
    assert (hit.id, hit.file.name, hit.file.url) == (post.pk, name, Attachment.objects.get().url)
    assert "<mark>heater</mark>" in str(hit.snippet)
    assert "hidden" not in FileText.objects.get().text


def test_the_words_around_are_shown_also_where_they_have_accents(company):
    made = attach(company, body="Die Wärmepumpe läuft über Nacht.".encode())
    company.post("Measured today.", attachments=[made.pk])
    jobs.read_file(made.pk)
    caught_up()
    [hit] = find(company, "warmepumpe")
    assert "<mark>Wärmepumpe</mark>" in str(hit.snippet)


def test_what_the_item_says_itself_is_shown_rather_than_its_file(company):
    made = attach(company)
    company.post("The trace heater has 38 ohms of resistance.", attachments=[made.pk])
    jobs.read_file(made.pk)
    caught_up()
    assert [hit.file for hit in find(company, "heater ohms")] == [None]


def test_a_result_inside_a_file_is_found_and_read_by_two_queries(company, count_queries):
    made = attach(company)
    company.post("Measured today.", attachments=[made.pk])
    jobs.read_file(made.pk)
    caught_up()
    find(company, "heater ohms")
    viewer, query = company.viewer("priya"), parse("heater ohms")
    with count_queries() as queries:
        [hit] = reads.find(viewer, query, now=timezone.now(), chosen={}).hits
    assert hit.file.name == "report.txt"
    assert len(queries) == 2


def test_of_two_files_the_one_with_more_of_the_words_is_shown_also_those_of_the_glossary(company):
    one, two = attach(company, "one.txt", b"The trace line"), attach(company, "two.txt")
    company.post("Heater.", attachments=[one.pk, two.pk])
    acts.explain_term(company.viewer("elena"), "Trace heater", "It keeps the drain open.", ["zirconium belt"])
    for file in (one, two):
        jobs.read_file(file.pk)
    caught_up()
    assert [hit.file.name for hit in find(company, "trace ohms")] == ["two.txt"]
    [hit] = find(company, "zirconium belt")
    assert hit.file.name == "two.txt"
    assert "<mark>Trace heater</mark>" in str(hit.snippet)


def test_a_file_read_before_it_hangs_on_anything_is_found_at_once(company):
    made = attach(company)
    jobs.read_file(made.pk)
    question = company.question(by="priya", attachments=[made.pk])
    caught_up()
    assert [hit.id for hit in find(company, "ohms")] == [question.item.pk]


def test_answers_and_comments_are_found_by_their_files(company):
    question = company.question()
    answer, said = attach(company), attach(company, body=b"A zirconium valve")
    company.answer(question, by="priya", attachments=[answer.pk])
    comment(company.viewer("priya"), question.item, "See this.", attachments=(said.pk,))
    jobs.read_file(answer.pk)
    jobs.read_file(said.pk)
    caught_up()
    assert [hit.thread_id for hit in find(company, "ohms")] == [question.item.pk]
    assert [hit.kind.name for hit in find(company, "zirconium")] == ["comment"]


def test_the_item_decides_who_finds_a_file(company):
    made = attach(company, by="fatima")
    company.post("The list.", by="fatima", space=company.medicines, attachments=[made.pk])
    jobs.read_file(made.pk)
    caught_up()
    assert find(company, "ohms") == []
    assert len(find(company, "ohms", by="fatima")) == 1


def test_a_file_that_goes_or_comes_by_an_edit_is_forgotten_or_found(company):
    first, second = attach(company), attach(company, body=b"A zirconium valve")
    post = company.post("Measured today.", attachments=[first.pk])
    for file in (first, second):
        jobs.read_file(file.pk)
    caught_up()
    acts.take_off(company.viewer("priya"), Attachment.objects.get(pk=first.pk))
    assert asked_to_write() == [post.pk] * 2, "Once as it was made, once as the file went."
    acts.edit(company.viewer("priya"), post, source="Measured today.", based_on=1, attachments=[second.pk])
    assert asked_to_write() == [post.pk] * 3
    jobs.write_item(post.pk)
    assert find(company, "ohms") == []
    assert len(find(company, "zirconium")) == 1
    acts.remove(company.viewer("priya"), Item.objects.get(pk=post.pk))
    caught_up()
    assert find(company, "zirconium") == []


def asked_to_write():
    """Return the items that jobs were asked to write anew."""
    with connection.cursor() as cursor:
        cursor.execute(
            "select (args->>'item_id')::bigint from procrastinate_jobs where task_name = 'search.write_item'"
        )
        return [int(row[0]) for row in cursor.fetchall()]


def test_files_that_nobody_read_yet_are_read_by_and_by_each_once(company, monkeypatch):
    made, picture = attach(company), acts.attach(company.viewer("priya"), arrived())
    company.post("Measured today.", attachments=[made.pk, picture.pk])
    caught_up()
    jobs.read_files()
    assert len(find(company, "ohms")) == 1
    monkeypatch.setattr(reading, "said_by", lambda *_: 1 / 0)
    jobs.read_files()
    assert FileText.objects.count() == 1


def test_slow_files_wait_for_each_other_and_nobody_for_them(company):
    for _ in range(3):
        attach(company)
    with connection.cursor() as cursor:
        cursor.execute("select task_name, lock from procrastinate_jobs")
        asked = cursor.fetchall()
    assert asked == [("search.read_file", "search.read_file")] * 3


def test_a_rebuild_finds_files_again(company):
    made = attach(company)
    company.post("Measured today.", attachments=[made.pk])
    jobs.read_file(made.pk)
    caught_up()
    before = list(SearchEntry.objects.values_list("item_id", "words"))
    rebuild(Search())
    assert list(SearchEntry.objects.values_list("item_id", "words")) == before


def test_a_saved_search_hears_of_what_a_file_says(company):
    saved = save_search(company.viewer("fatima"), {"q": "ohms"}, tells="at_once")
    made = attach(company)
    company.post("Measured today.", attachments=[made.pk])
    caught_up()
    jobs.look_for_saved()
    assert not SavedFind.objects.exists()
    jobs.read_file(made.pk)
    assert SavedFind.objects.get(search=saved).is_told


BAD = {
    "broken.pdf": (b"%PDF-1.7\nnothing of the sort", "broken"),
    "scanned.pdf": (documents.pdf(""), "empty"),
    "locked.pdf": (documents.pdf(WORDS, "secret"), "locked"),
    "locked.docx": (documents.docx(WORDS).replace(b"\x14\0\0\0\x08\0", b"\x14\0\x01\0\x08\0"), "locked"),
    "broken.docx": (b"PK\x03\x04 and no more", "broken"),
    "other.docx": (documents.zipped(other_xml="<x/>"), "broken"),
    "laughs.docx": (documents.laughs(), "broken"),
    "bomb.docx": (documents.bomb(), "empty"),
    "cut.docx": (documents.docx(WORDS)[:-40], "broken"),
    "binary.txt": (b"\x00\x01\x02" * 100, "broken"),
    "markup.docx": (documents.zipped(word__document_xml="<w:document"), "broken"),
    "empty.txt": (b" \n ", "empty"),
}


@pytest.mark.parametrize("name", BAD)
def test_what_cannot_be_read_troubles_nobody_and_keeps_its_reason(company, name):
    body, problem = BAD[name]
    made = attach(company, name, body)
    company.post("Measured today.", attachments=[made.pk])
    jobs.read_file(made.pk)
    caught_up()
    assert FileText.objects.get().problem == problem
    assert len(find(company, "measured")) == 1


def test_only_so_much_is_kept_and_found(company):
    made = attach(company, body=b"word " * 30_000 + b"zirconium")
    company.post("Measured today.", attachments=[made.pk])
    jobs.read_file(made.pk)
    caught_up()
    kept = FileText.objects.get()
    assert kept.is_cut
    assert len(kept.text) <= LONGEST
    assert find(company, "zirconium") == []


def test_a_process_that_takes_too_long_is_ended(company, monkeypatch, tmp_path):
    slow = tmp_path / "slow.py"
    slow.write_text("while True: pass")
    monkeypatch.setattr(reading, "CHILD", slow)
    monkeypatch.setattr(reading, "PATIENCE_SECONDS", 0.3)
    began = time.monotonic()
    assert reading.said_by(tmp_path / "any", "text").problem == "slow"
    assert time.monotonic() - began < 5


def test_what_a_library_complains_of_fills_no_memory(monkeypatch, tmp_path):
    loud = tmp_path / "loud.py"
    loud.write_text(
        "import sys\n"
        "for _ in range(400): sys.stderr.write('odd ' * 25_000)\n"
        """sys.stdout.write('{"text": "hello", "is_cut": false, "problem": ""}')"""
    )
    monkeypatch.setattr(reading, "CHILD", loud)
    tracemalloc.start()
    assert reading.said_by(tmp_path / "any", "text").text == "hello"
    _now, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert most < 4 << 20


@pytest.mark.parametrize(
    "does",
    [
        "import socket; socket.create_connection(('127.0.0.1', 9))",
        "import subprocess; subprocess.run(['true'])",
        "import os; os.system('true')",
        "os.kill(os.getppid(), 0)",
        "os.truncate(sys.argv[2], 0)",
        "os.symlink(sys.argv[2], sys.argv[2] + '.link')",
        "os.open(sys.argv[2] + '.new', os.O_CREAT)",
        "open(sys.argv[2], 'w')",
        "x = bytearray(2_000_000_000)",
    ],
)
def test_the_reading_process_has_given_up_the_world(monkeypatch, tmp_path, does):
    """The same beginning, then something that a broken library might be made to do."""
    trial = tmp_path / "trial.py"
    source = reading.CHILD.read_text()
    trial.write_text(source.replace("    told = json.dumps(main(", f"    {does}\n    told = json.dumps(main("))
    path = tmp_path / "a.txt"
    path.write_text("hello")
    monkeypatch.setattr(reading, "CHILD", trial)
    assert reading.said_by(path, "text").problem
    assert path.read_text() == "hello"
    monkeypatch.setattr(reading, "CHILD", tmp_path / "whole.py")
    (tmp_path / "whole.py").write_text(source)
    assert reading.said_by(path, "text").text == "hello"


def test_reading_in_this_process_says_the_same(tmp_path):
    path = tmp_path / "a.docx"
    path.write_bytes(documents.docx("One\nTwo"))
    assert main("docx", str(path)) == {"text": "One\nTwo", "is_cut": False, "problem": ""}
