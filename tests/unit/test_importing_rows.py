"""Reading a dump file that somebody broke: what is whole is read, what is broken is named, nothing is expanded."""

import codecs
import time
import tracemalloc
from contextlib import suppress

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests import dump as small
from watercooler.doors.importing.report import Broken
from watercooler.doors.importing.stackexchange import Comment, Dump, Post, User, read
from watercooler.doors.importing.stackexchange import rows as reader
from watercooler.doors.importing.stackexchange.posts import FIRST, SECOND

GOOD = {"Id": 7, "PostId": 1, "Text": "Fine.", "CreationDate": "2016-02-03T10:00:00"}


def comments(folder, content):
    """Write Comments.xml and read it. Returns (numbers read, problems of records, problems of the file)."""
    folder.mkdir(exist_ok=True)
    (folder / "Comments.xml").write_bytes(content if isinstance(content, bytes) else content.encode())
    broken, damaged = [], []
    found = [c.number for c in Dump(folder).records(Comment, broken=broken.append, damaged=damaged.append)]
    return found, [str(each) for each in broken], [str(each) for each in damaged]


def with_row(bad):
    """Return a file with a broken row on line 3 and a whole one on line 4."""
    return small.text("Comments", [bad, small.row(**GOOD)])


BROKEN_ROWS = {
    '<row Id="x" PostId="1" CreationDate="2016-02-03T10:00:00" Text="a" />': "line 3, Id: “x” is no number.",
    '<row PostId="1" CreationDate="2016-02-03T10:00:00" Text="a" />': "line 3, Id: is missing.",
    '<row Id="99999999999999999999" PostId="1" />': "line 3, Id: “99999999999999999999” is no number.",
    '<row Id="1" PostId="1" CreationDate="yesterday" Text="a" />': "line 3, CreationDate: “yesterday” is no date.",
    '<row Id="1" PostId="1" CreationDate="9016-02-03T10:00:00" Text="a" />': "CreationDate: “9016-02-03T10:00:00” lies",
    '<row Id="1" PostId="1" Text="a&#0;b" />': "line 3, Text: it holds a control character",
    '<row Id="1" PostId="1" Text="a\x00b" />': "line 3, Text: it holds a control character",
    '<row Id="1" PostId="1" Text="a\x1fb" />': "line 3, Text: it holds a control character",
    '<row Id="1" PostId="1" Text="&lol9;" />': "line 3, Text: it names an entity that XML does not know.",
    '<row Id="1" Id="2" />': "line 3, Id: it says this field twice.",
    '<row Id="1" PostId="1" Text="never ends': "line 3, Text: the record has no end.",
    '<row Id="1" PostId=1 />': "line 3, Id: it is not well-formed XML.",
}


@pytest.mark.parametrize(("bad", "sentence"), BROKEN_ROWS.items(), ids=[each[5:40] for each in BROKEN_ROWS])
def test_a_broken_row_is_named_and_the_next_one_is_read(tmp_path, bad, sentence):
    found, broken, damaged = comments(tmp_path / "d", with_row(bad))
    assert found == [7]
    assert len(broken) == 1
    assert broken[0].startswith("Comments.xml, line 3")
    assert sentence in broken[0]
    assert damaged == []


def test_bytes_that_are_not_utf8_cost_their_row_alone(tmp_path):
    found, broken, _damaged = comments(tmp_path, with_row('<row Id="1" Text="¿" />').encode("latin-1"))
    assert found == [7]
    assert broken == ["Comments.xml, line 3, Text: it holds bytes that are not UTF-8."]


def test_a_file_that_ends_too_soon_is_read_as_far_as_it_goes(tmp_path):
    whole = small.text("Comments", [small.row(**GOOD), small.row(**GOOD | {"Id": 8})])
    found, broken, damaged = comments(tmp_path, whole[: whole.index('Id="8"') + 10])
    assert found == [7]
    assert "line 4" in broken[0]
    assert "ends in the middle" in broken[0]
    assert damaged == ["Comments.xml: ends before its end tag </comments>; the rest of it is missing."]


def test_a_bomb_of_entities_is_refused_unread(tmp_path):
    bomb = '<!DOCTYPE comments [\n<!ENTITY a "lol">\n<!ENTITY b "&a;&a;&a;&a;">\n]>\n'
    content = small.text("Comments", [small.row(**GOOD)]).replace("<comments>", bomb + "<comments>")
    with pytest.raises(Broken, match=r"Comments\.xml, line 3: declares entities"):
        comments(tmp_path, content)


def test_a_file_outside_cannot_be_drawn_in(tmp_path):
    (tmp_path / "secret.txt").write_text("hidden")
    outside = f'<!DOCTYPE comments [<!ENTITY x SYSTEM "file://{tmp_path}/secret.txt">]>'
    content = small.text("Comments", [small.row(**GOOD)]).replace("<comments>", outside + "<comments>")
    with pytest.raises(Broken, match="declares entities"):
        comments(tmp_path, content)


def test_a_document_type_without_entities_is_passed_over(tmp_path):
    content = small.text("Comments", [small.row(**GOOD)]).replace(
        "<comments>", "<!DOCTYPE c SYSTEM 'c.dtd'>\n<comments>"
    )
    assert comments(tmp_path, content) == ([7], [], [])


@pytest.mark.parametrize("mark", [b"", codecs.BOM_UTF8])
def test_a_byte_order_mark_changes_nothing(tmp_path, mark):
    assert comments(tmp_path, mark + small.text("Comments", [small.row(**GOOD)]).encode())[0] == [7]


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "iso-8859-1", "windows-1252"])
def test_other_encodings_are_read_as_the_file_says(tmp_path, encoding):
    head = f'<?xml version="1.0" encoding="{encoding}"?>\n'
    content = small.text("Comments", [small.row(**GOOD | {"Text": "naïve"})], head)
    data = codecs.BOM_UTF16_LE + content.encode(encoding) if encoding == "utf-16-le" else content.encode(encoding)
    (tmp_path / "Comments.xml").write_bytes(data)
    assert [comment.text for comment in Dump(tmp_path).records(Comment)] == ["naïve"]


def test_an_encoding_nobody_knows_is_refused(tmp_path):
    content = small.text("Comments", [], '<?xml version="1.0" encoding="klingon"?>\n')
    with pytest.raises(Broken, match="klingon"):
        comments(tmp_path, content)


def test_a_record_that_is_far_too_long_is_left_out_and_not_kept(tmp_path, monkeypatch):
    monkeypatch.setattr(reader, "LONGEST", 1 << 20)
    long = f'<row Id="1" PostId="1" Text="{"x" * (5 << 20)}" />'
    found, broken, damaged = comments(tmp_path, with_row(long))
    assert found == [7]
    assert broken == ["Comments.xml, line 3, Text: the record is longer than 1 MB."]
    assert damaged == []


def test_a_gigabyte_in_one_field_is_passed_over_in_little_memory(tmp_path):
    """The file has a hole of a gigabyte, which reads as zeros and takes no place on disk."""
    head, tail = with_row('<row Id="1" PostId="1" Text="~" />').encode().split(b"~")
    with (tmp_path / "Comments.xml").open("wb") as file:
        file.write(head)
        file.seek(1 << 30, 1)
        file.write(tail)
    tracemalloc.start()
    problems = []
    found = [c.number for c in Dump(tmp_path).records(Comment, broken=problems.append)]
    most = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert found == [7]
    assert [str(each) for each in problems] == ["Comments.xml, line 3, Text: the record is longer than 8 MB."]
    assert most < 40 << 20


def test_a_long_word_without_a_value_takes_no_time(tmp_path):
    began = time.process_time()
    _found, broken, _damaged = comments(tmp_path, with_row(f'<row Id="1" {"x" * 400_000}'))
    assert len(broken) == 1
    assert time.process_time() - began < 1


def test_a_file_that_is_a_link_out_of_the_folder_is_refused(tmp_path):
    (tmp_path / "secret.xml").write_text(small.text("Comments", [small.row(**GOOD)]))
    folder = small.write(tmp_path / "d", {"Users": small.users()})
    (folder / "Comments.xml").symlink_to(tmp_path / "secret.xml")
    with pytest.raises(Broken, match=r"Comments\.xml: is a link that leads out of the folder"):
        Dump(folder)


def test_rows_that_close_with_a_tag_of_their_own_and_comments_are_fine(tmp_path):
    content = small.text("Comments", [small.row(**GOOD).replace(" />", "></row>"), '<!-- <row Id="3"/> -->'])
    assert comments(tmp_path, content) == ([7], [], [])


def test_unknown_columns_and_files_are_passed_over(tmp_path):
    content = small.text("Comments", [small.row(**GOOD | {"Sparkle": "yes", "ContentLicense": "CC BY-SA 4.0"})])
    (tmp_path / "Secrets.xml").write_text("<secrets/>")
    assert comments(tmp_path, content)[0] == [7]


def test_a_folder_that_holds_no_dump_says_so(tmp_path):
    with pytest.raises(Broken, match="holds none of the files"):
        Dump(tmp_path)
    with pytest.raises(Broken, match="is neither a folder nor an archive"):
        Dump(tmp_path / "beer.7z")


def test_everything_can_be_read_as_plain_records(tmp_path):
    records = list(read(small.write(tmp_path / "bees.example")))
    assert len(records) == sum(len(rows) for rows in small.all_files().values())
    assert next(record for record in records if isinstance(record, User) and record.number == 1).account == 501


@settings(max_examples=150)
@given(st.binary(max_size=400))
def test_no_bytes_break_the_reader(tmp_path_factory, noise):
    folder = tmp_path_factory.mktemp("noise")
    with suppress(Broken):
        comments(folder, noise)


@settings(max_examples=150)
@given(st.text(alphabet='<>"&;= rowId/\n\x00é!-[]', max_size=60), st.integers(0, 3))
def test_what_stands_between_whole_rows_never_costs_more_than_its_neighbour(tmp_path_factory, noise, place):
    if "<!ENTITY" in noise or "<!--" in noise:
        return
    rows = [small.row(**GOOD | {"Id": n}) for n in range(4)]
    rows.insert(place, noise)
    found = comments(tmp_path_factory.mktemp("noise"), small.text("Comments", rows))[0]
    assert len(set(found) & set(range(4))) >= 3


def test_posts_read_in_two_turns_are_told_of_once(tmp_path):
    day = 'CreationDate="2016-02-03T10:00:00"'
    rows = [
        f'<row Id="1" PostTypeId="1" {day} Title="A" Body="He wrote PostTypeId=\'2\' there." />',
        f'<row Id="2" PostTypeId="2" {day} Body="An answer." />',
        f'<row {day} PostTypeId="2" Id="3" Body="Another, told in another order." />',
        '<row Id="4" PostTypeId="2" CreationDate="yesterday" Body="Broken, surely an answer." />',
        '<row CreationDate="yesterday" Id="5" PostTypeId="2" Body="Broken, perhaps an answer." />',
        '<row Id="6" PostTypeId="1" CreationDate="yesterday" Body="Broken, no answer." />',
        '<row Id="7" PostTypeId="2" Body="Never ends',
    ]
    (tmp_path / "Posts.xml").write_text(small.text("Posts", rows))
    broken: list[str] = []
    read = {
        turn: [
            (post.number, post.kind)
            for post in Dump(tmp_path).records(Post, turn=turn, broken=lambda problem: broken.append(str(problem)))
        ]
        for turn in (FIRST, SECOND)
    }
    assert [post for post in read[FIRST] if post[1] != 2] == [(1, 1)]
    assert [post for post in read[SECOND] if post[1] == 2] == [(2, 2), (3, 2)]
    assert [each.split(",")[1] for each in sorted(broken)] == [" line 6", " line 7", " line 8", " line 9"]


def test_what_was_meant_by_a_folder_without_a_dump_is_said(tmp_path):
    (tmp_path / "beer.7z").write_bytes(b"7z")
    with pytest.raises(Broken, match=r"It holds beer\.7z: name one of them"):
        Dump(tmp_path)
    (tmp_path / "beer.7z").unlink()
    (inner := tmp_path / "beer").mkdir()
    (inner / "Posts.xml").write_text("<posts></posts>")
    (tmp_path / "wine").mkdir()
    with pytest.raises(Broken, match="Name the folder within: beer"):
        Dump(tmp_path)
    with pytest.raises(Broken, match="Name the folder it lies in"):
        Dump(inner / "Posts.xml")


def test_a_folder_that_holds_nothing_but_a_dump_is_that_dump(tmp_path):
    (inner := tmp_path / "unpacked" / "beer").mkdir(parents=True)
    (inner / "Posts.xml").write_text("<posts></posts>")
    assert Dump(tmp_path).site == "beer"


def test_names_of_fields_in_small_letters_are_the_same_names(tmp_path):
    at = 'creationDate="2010-01-02T00:00:00" score="1"'
    rows = (
        f'<row id="1" postTypeId="1" {at} body="How?" title="A question" acceptedAnswerId="2" />',
        f'<row id="2" posttypeid="2" {at} parentid="1" body="So." />',
    )
    (tmp_path / "Posts.xml").write_text(f"<posts>\n{chr(10).join(rows)}\n</posts>")
    asked, answered = Dump(tmp_path).records(Post)
    assert (asked.number, asked.title, asked.accepted) == (1, "A question", 2)
    assert (answered.number, answered.parent, answered.body) == (2, 1, "So.")
    assert [post.number for post in Dump(tmp_path).records(Post, turn=SECOND) if post.kind == 2] == [2]
