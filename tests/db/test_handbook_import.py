"""A folder of Markdown becomes articles: links lead on, pictures come along, history stays, nothing outside is read."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from datetime import UTC, datetime
from pathlib import Path

import pytest
from PIL import Image

from watercooler.doors.importing.again import CHANGED_HERE
from watercooler.doors.importing.handbook import folder, history, load
from watercooler.doors.importing.hands import hands
from watercooler.doors.importing.models import Counterpart
from watercooler.kinds.articles.acts import write
from watercooler.spine.activity.models import Activity
from watercooler.spine.content.acts import edit
from watercooler.spine.content.models import Attachment, Item, Revision, Topic
from watercooler.spine.people.models import Person


def _lay(base: Path, **texts: str) -> Path:
    """Write files; a name's double underscore is a folder, its last single one the ending's dot."""
    for name, text in texts.items():
        path = base / (name.replace("__", "/").rpartition("_")[0] + "." + name.rpartition("_")[2])
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    return base


@pytest.fixture
def book(tmp_path):
    base = tmp_path / "book"
    base.mkdir()
    return base


@pytest.fixture
def bring(company, book):
    def into(by: str = "ines", **how):
        return load.bring(company.viewer(by), lambda: company.heat, folder.look(book), source="handbook book", **how)

    return into


def _pages() -> dict[str, Item]:
    return {item.title: item for item in Item.objects.filter(kind="article", is_imported=True)}


def test_topics_of_many_pages_are_asked_for_at_once_and_named_by_the_first(bring, book, count_queries):
    Topic.objects.create(slug="rails", name="Rails", synonym_of=Topic.objects.create(slug="trains", name="Trains"))
    for number in range(30):
        said = f"[Night trip, rails, night-trip, Topic {number}, '!']"
        (book / f"p{number:02}.md").write_text(f"---\ntitle: P{number}\ntags: {said}\n---\n\nWords.")
    (book / "empty.md").write_text("---\ntitle: Empty\ntags: [Never]\n---\n\n<!-- nothing -->\n")
    with count_queries() as queries:
        bring()
    assert len(queries) < 20
    names = dict(Topic.objects.values_list("pk", "name"))
    assert [names[pk] for pk in _pages()["P7"].topic_ids] == ["Night trip", "Trains", "Topic 7"]
    assert sorted(names.values()) == sorted(["Night trip", "Rails", "Trains", *(f"Topic {n}" for n in range(30))])


def test_pages_become_articles_with_title_topics_and_contents(bring, book, company):
    _lay(
        book,
        README_md="# Our handbook\n\nWelcome.",
        travel__index_md="---\ntitle: Travel\ntags: [trips, money]\ndate: 2021-05-04\nauthor: tomasz\n---\n\nBy train.",
        travel__deep__tickets_md="No heading here.",
    )
    report = bring()
    pages = _pages()
    assert set(pages) == {"Our handbook", "Travel", "Tickets", "Contents", "Contents: Travel"}
    travel = pages["Travel"]
    assert travel.author == company.tomasz
    assert travel.published_at.date().isoformat() == "2021-05-04"
    assert sorted(t.topic.name for t in travel.taggings.select_related("topic")) == ["Travel", "money", "trips"]
    assert pages["Our handbook"].author == company.ines
    assert pages["Our handbook"].source == "Welcome."
    assert f"/a/{pages['Tickets'].pk}/tickets" in pages["Contents: Travel"].source
    assert f"/a/{pages['Contents: Travel'].pk}/contents-travel" in pages["Contents"].source
    assert report.lines["pages"].loaded == 3
    assert all(line.is_accounted_for for line in report.lines.values())


def test_links_lead_to_the_new_addresses(bring, book):
    _lay(
        book,
        start_md=(
            "# Start\n\n[one](travel/tickets.md) [two](travel/) [three](travel/tickets.html#on-the-day) "
            "[four](/travel/tickets) [five](#below) [six][t] [seven](https://example.org/a.md) "
            '[eight](stories/) [nine](<travel/tickets.md> "Tickets")\n\n'
            "[t]: ./travel/tickets.md\n\n## Above\n\n## Below\n"
        ),
        travel__README_md="# Travel\n\n[up](../start.md) [here](tickets.md)",
        travel__tickets_md="# Tickets\n\nText.\n\n## Before\n\n## On the day\n\n### Deep\n",
        stories__one_md="# One\n\nText.",
    )
    bring()
    pages = _pages()
    tickets, travel = (f"/a/{pages[name].pk}/{name.lower()}" for name in ("Tickets", "Travel"))
    stories = f"/a/{pages['Contents: Stories'].pk}/contents-stories"
    html = pages["Start"].safe_html
    found = {words: href for href, words in re.findall(r'<a href="([^"]+)"[^>]*>(\w+)</a>', html)}
    assert found == {
        "one": tickets,
        "two": travel,
        "three": f"{tickets}#part-2",
        "four": tickets,
        "five": "#part-2",
        "six": tickets,
        "seven": "https://example.org/a.md",
        "eight": stories,
        "nine": tickets,
    }
    assert f'href="/a/{pages["Start"].pk}/start"' in pages["Travel"].safe_html


def test_a_part_that_a_link_names_is_the_part_the_page_shows(bring, book):
    from watercooler.spine.social.reads.text import with_contents

    _lay(
        book,
        a_md="# A\n\n<h3>Html one</h3>\n\n### Two\n\n#### Under two\n\n### Three\n",
        b_md="# B\n\n[x](a.md#under-two) [y](a.md#three)",
    )
    bring()
    pages = _pages()
    _html, contents = with_contents(pages["A"].safe_html)
    assert [words for _anchor, words in contents] == ["Html one", "Two", "Three"]
    assert re.findall(r"#(part-\d)", pages["B"].source) == [contents[1][0], contents[2][0]]


def test_what_leads_to_nothing_is_listed_and_keeps_its_words(bring, book):
    _lay(book, a_md="# A\n\n[gone](nowhere.md) and [heading](b.md#nope) and ![A boiler](boiler.png)", b_md="# B\n\nx")
    report = bring()
    a = _pages()["A"]
    assert a.source.startswith("gone and [heading](/a/")
    assert "*(A boiler)*" in a.source
    assert sorted(map(str, report.problems)) == [
        "a.md, link: “b.md#nope” has no such heading; the link leads to the page",
        "a.md, link: “nowhere.md” is not in the folder",
        "a.md, picture: “boiler.png” is not in the folder",
    ]
    assert report.lines["relative links"].left_out.total() == 1
    assert report.lines["pictures and files"].left_out.total() == 1


def test_pictures_come_along_clean_and_once(bring, book):
    _lay(book, a_md="# A\n\n![Coil](img/coil.png)", b_md="# B\n\n<img src='/img/coil.png' alt='The coil'>")
    (book / "img").mkdir()
    Image.new("RGB", (20, 10), "red").save(book / "img" / "coil.png")
    bring()
    attachment = Attachment.objects.get()
    assert attachment.item == _pages()["A"]
    assert attachment.is_picture
    assert all(f"/files/{attachment.pk}/coil.png" in _pages()[name].safe_html for name in "AB")
    bring()
    assert Attachment.objects.count() == 1


def test_a_second_run_changes_nothing_and_a_changed_page_gets_a_revision(bring, book):
    _lay(book, a_md="# A\n\nOld [b](b.md).", b_md="# B\n\nStays.")
    bring()
    before = Activity.objects.count(), Item.objects.count(), Counterpart.objects.count()
    report = bring()
    assert (Activity.objects.count(), Item.objects.count(), Counterpart.objects.count()) == before
    assert (report.lines["pages"].known, report.lines["pages"].loaded) == (2, 0)
    _lay(book, a_md="# A\n\nNew [b](b.md).")
    report = bring()
    assert (report.lines["pages"].known, report.lines["pages"].updated) == (1, 1)
    a = _pages()["A"]
    assert a.source.startswith("New [b]")
    assert Revision.objects.get(item=a).source.startswith("Old [b]")
    assert a.revision == 2


def test_what_people_changed_here_is_not_written_over(bring, book, company):
    _lay(book, a_md="# A\n\nOld.")
    bring()
    a = _pages()["A"]
    edit(company.viewer("ines"), a, title="A", source="Better.", based_on=a.revision)
    _lay(book, a_md="# A\n\nNew.")
    report = bring()
    assert _pages()["A"].source == "Better."
    assert report.lines["pages"].left_out == {CHANGED_HERE: 1}


def test_an_interrupted_run_goes_on(bring, book, monkeypatch):
    _lay(book, a_md="# A\n\n[z](z.md)", m_md="# M\n\n[a](a.md)", z_md="# Z\n\n[a](a.md)")
    monkeypatch.setattr(load, "BATCH", 1)
    written = load.Load._written

    def stops(self, page):
        if page.path == "m.md":
            raise KeyboardInterrupt
        return written(self, page)

    monkeypatch.setattr(load.Load, "_written", stops)
    with pytest.raises(KeyboardInterrupt):
        bring()
    assert set(_pages()) == {"A"}
    monkeypatch.setattr(load.Load, "_written", written)
    report = bring()
    pages = _pages()
    assert f"/a/{pages['Z'].pk}/z" in pages["A"].source
    assert (report.lines["pages"].known, report.lines["pages"].loaded) == (1, 2)


def test_a_dry_run_writes_nothing(bring, book):
    _lay(book, a_md="# A\n\nText.")
    assert bring(is_dry=True).lines["pages"].loaded == 1
    assert not _pages()
    assert not Counterpart.objects.exists()


def test_nothing_outside_the_folder_is_read(bring, book, tmp_path):
    (tmp_path / "secret.md").write_text("# Secret\n\nNobody may know.")
    (tmp_path / "secret.png").write_bytes(b"x")
    os.symlink(tmp_path / "secret.md", book / "link.md")
    os.symlink(tmp_path, book / "out")
    _lay(book, a_md="# A\n\n[s](../secret.md) ![p](../secret.png) [o](out/secret.md) [abs](/../../secret.md)")
    report = bring()
    assert set(_pages()) == {"A", "Contents"}
    assert "a link out of the folder" in report.lines["pages"].left_out
    assert not Attachment.objects.exists()
    assert not Item.objects.filter(source__contains="Nobody may know").exists()


def test_bad_pages_are_left_out_with_a_reason(bring, book):
    _lay(book, a_md="# A\n\nText.", empty_md="\n", long_md="word " * 30_000)
    (book / "latin.md").write_bytes("# Größe\n\nText.".encode("latin-1"))
    (book / "no.md").write_bytes(b"# X\n\n\x81\x8d\x8f")
    (book / "huge.md").write_bytes(b"x" * (folder.MOST_BYTES + 1))
    (book / "nul.md").write_bytes(b"# X\n\n\0\0")
    (book / "wide.md").write_bytes("# Breit\n\nText.".encode("utf-16"))
    report = bring()
    assert set(_pages()) == {"A", "Breit", "Größe", "Contents"}
    assert report.lines["pages"].left_out == {
        "empty": 1,
        "longer than 100,000 characters": 1,
        "not UTF-8 text": 1,
        "larger than 1,024 kB": 1,
        "not text": 1,
    }
    assert report.lines["pages"].is_accounted_for
    assert report.notes == ["Read as Windows Latin, which is a guess, since they are no UTF-8: latin.md."]


def test_a_page_that_sends_its_readers_on_is_no_article_and_links_follow_it(bring, book):
    _lay(
        book,
        old_md="---\ntitle: Old\nredirect_to: /new/#two\n---\n",
        new_md="---\ntitle: New\nredirect_from:\n  - /very-old/\n---\n## One\n\n## Two\n",
        a_md="# A\n\n[one](old.md) [two](/very-old/)",
    )
    bring()
    pages = _pages()
    assert "Old" not in pages
    new = f"/a/{pages['New'].pk}/new"
    assert pages["A"].source == f"[one]({new}#part-2) [two]({new})"


def _git(book: Path, *arguments: str, name: str = "Ada Byrne", email: str = "ada@kiln.example", day: int = 1) -> None:
    at = f"2021-01-{day:02}T10:00:00Z"
    who = {"GIT_AUTHOR_NAME": name, "GIT_AUTHOR_EMAIL": email, "GIT_AUTHOR_DATE": at}
    who |= {"GIT_COMMITTER_NAME": name, "GIT_COMMITTER_EMAIL": email, "GIT_COMMITTER_DATE": at}
    subprocess.run(["git", *arguments], cwd=book, env=os.environ | who, check=True, capture_output=True)


@pytest.mark.skipif(shutil.which("git") is None, reason="git is not here")
def test_the_history_of_a_clone_is_kept_with_its_people_and_times(bring, book, company, tmp_path):
    _git(book, "init", "-q")
    _lay(book, old_md="# Tea\n\nOne.")
    _git(book, "add", "-A")
    _git(book, "commit", "-qm", "Begin")
    _lay(book, old_md="# Tea\n\nOne.\n\nTwo.\n\nThree, a longer line.")
    _git(book, "commit", "-qam", "Say more", name="Noah W", email="noah@fernway.example", day=2)
    _git(book, "mv", "old.md", "tea.md")
    _git(book, "commit", "-qm", "Call it tea", day=3)
    _lay(book, tea_md="# Tea\n\nOne.\n\nTwo.\n\nThree, a longer line.\n\nFour.")
    _git(book, "commit", "-qam", "Four", name="Kai", email="1+kai@users.noreply.example", day=4)
    marker = tmp_path / "was-run"
    for key in ("core.fsmonitor", "diff.external", "core.sshCommand", "gpg.program", "core.pager"):
        _git(book, "config", key, f"touch {marker}")
    _git(book, "config", "log.showSignature", "true")
    report = bring()
    tea = _pages()["Tea"]
    ada = Person.objects.get(email="ada@kiln.example")
    assert ada.is_imported
    assert not ada.has_usable_password()
    assert tea.author == ada
    assert tea.published_at == datetime(2021, 1, 1, 10, tzinfo=UTC)
    was = list(Revision.objects.filter(item=tea).order_by("number"))
    assert [(r.source, r.author.name, r.note, r.at.day) for r in was] == [
        ("One.", "Noah Whitfield", "Say more", 2),
        ("One.\n\nTwo.\n\nThree, a longer line.", "Kai", "Four", 4),
    ]
    assert tea.revision == 3
    assert report.lines["earlier versions"].loaded == 2
    assert Person.objects.get(name="Kai").email == ""
    assert not marker.exists(), "Nothing that a clone's configuration names is ever run."
    before = Revision.objects.count(), Person.objects.count(), Activity.objects.count()
    bring()
    assert (Revision.objects.count(), Person.objects.count(), Activity.objects.count()) == before


@pytest.mark.skipif(shutil.which("git") is None, reason="git is not here")
def test_addresses_that_a_clone_says_are_one_persons_are_one_person(bring, book, tmp_path, monkeypatch):
    _git(book, "init", "-q")
    _lay(book, a_md="# A\n\nOne.")
    (book / ".mailmap").write_text("Ada Byrne <ada@kiln.example> <ada@old.example>\n")
    _git(book, "add", "-A")
    _git(book, "commit", "-qm", "Begin", name="ada", email="ada@old.example")
    _lay(book, a_md="# A\n\nTwo.")
    _git(book, "commit", "-qam", "Two", day=2)
    (tmp_path / "else").mkdir()
    (tmp_path / "else" / ".mailmap").write_text("Somebody Else <else@kiln.example> <ada@kiln.example>\n")
    monkeypatch.chdir(tmp_path / "else")
    bring()
    assert _pages()["A"].author.name == "Ada Byrne"
    assert list(Person.objects.filter(is_imported=True).values_list("email", flat=True)) == ["ada@kiln.example"]


def test_imported_pages_notify_nobody_and_mention_nobody(bring, book):
    _lay(book, a_md="# A\n\nAsk @noah about #coils.")
    bring()
    assert "mention" not in _pages()["A"].safe_html
    assert all(a.is_imported for a in Activity.objects.filter(verb="wrote", item__is_imported=True))


def test_history_is_only_read_from_clones(book):
    assert not history.is_clone(book)


def test_own_articles_stay_out_of_it(bring, book, company):
    mine = write(company.viewer("tomasz"), company.heat, "A", "Mine.")
    _lay(book, a_md="# A\n\nTheirs.")
    bring()
    mine.refresh_from_db()
    assert mine.source == "Mine."


def test_more_hands_come_to_the_same(bring, book):
    _lay(book, **{f"p{n}_md": f"# Page {n}\n\nSee [one](p1.md), *{n}*." for n in range(60)})
    with hands(2) as more:
        bring(share=more.map)
    shared = {title: (item.safe_html, item.excerpt) for title, item in _pages().items()}
    assert len(shared) == 61
    assert "<em>59</em>" in shared["Page 59"][0]


def test_a_dry_run_keeps_no_files(bring, book):
    _lay(book, a_md="# A\n\n![Coil](coil.png)")
    Image.new("RGB", (20, 10), "red").save(book / "coil.png")
    report = bring(is_dry=True)
    assert report.lines["pictures and files"].loaded == 1
    assert not Attachment.objects.exists()


def test_pages_of_other_languages_are_told_and_nothing_is_broken(bring, book):
    _lay(book, guide_md="# Guide\n\nText.", old_rst="Old\n===\n")
    report = bring()
    assert report.problems == []
    assert "reStructuredText, which is not read" in str(report.as_json())


def test_a_name_with_an_accent_as_a_sign_of_its_own_is_the_same_name(bring, book):
    """Archives made on a Mac hold such names, and pages link to them as people type."""
    _lay(book, a_md="# A\n\n[Coffee](Caf\u00e9.md) and [again](Caf%C3%A9.md).")
    (book / "Cafe\u0301.md").write_text("# Coffee\n\nHot.")
    report = bring()
    assert report.problem_count == 0
    assert _pages()["A"].source.count("/a/") == 2


def test_links_of_pages_that_are_here_already_are_not_counted_as_loaded_again(bring, book):
    _lay(book, a_md="# A\n\n[B](b.md) [](b.md)", b_md="# B\n\n[Index](sub/index.html)", sub__README_md="# Sub\n\nHot.")
    assert bring().lines["relative links"].loaded == 3
    assert f"[B]({_pages()['B'].url})" in _pages()["A"].source.partition(" ")[2]
    again = bring().lines["relative links"]
    assert (again.loaded, again.known) == (0, 3)
