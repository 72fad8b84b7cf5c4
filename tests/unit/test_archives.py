"""Archives that mean harm or were cut off: refused with a sentence, with nothing left behind."""

import gzip
import io
import os
import shutil
import subprocess
import sys
import tarfile
import tracemalloc
import zipfile

import py7zr
import pytest

from watercooler.doors.importing import archives
from watercooler.doors.importing.archives import bounds, streams, unpack
from watercooler.doors.importing.report import Broken

FILES = {"bees/Users.xml": b"<users/>", "bees/deep/Posts.xml": b"<posts/>" * 50_000}
PACKED = ("zip", "tar", "tar.gz", "tar.xz", "tar.bz2", "7z")


def make(path, files):
    """Write an archive of these files, in the form its name says."""
    if path.suffix == ".zip":
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
            for name, content in files.items():
                archive.writestr(name, content)
    elif path.suffix == ".7z":
        with py7zr.SevenZipFile(path, "w") as archive:
            for name, content in files.items():
                archive.writestr(content, name)
    else:
        with tarfile.open(path, f"w:{path.suffix[1:].replace('tar', '')}") as archive:
            for name, content in files.items():
                entry = tarfile.TarInfo(name)
                entry.size = len(content)
                archive.addfile(entry, io.BytesIO(content))
    return path


def refused(path, within, **more):
    """Return the sentence that an archive is refused with, having seen that nothing stays behind."""
    with pytest.raises(Broken) as said, archives.unpacked(path, within, **more):
        pass
    assert list(within.iterdir()) == []
    return str(said.value)


@pytest.mark.parametrize("form", PACKED)
def test_every_form_gives_its_one_folder_and_is_gone_afterwards(tmp_path, form):
    path = make(tmp_path / f"dump.{form}", FILES)
    with archives.unpacked(path, tmp_path / "room") as folder:
        assert folder.name == "bees"
        found = {f"bees/{file.relative_to(folder)}": file.read_bytes() for file in folder.rglob("*") if file.is_file()}
        assert found == FILES
    assert list((tmp_path / "room").iterdir()) == []


@pytest.mark.parametrize("form", PACKED)
def test_what_an_archiver_left_of_itself_is_left_out(tmp_path, form):
    left = {"__MACOSX/bees/._Users.xml": b"x", ".DS_Store": b"x"}
    with archives.unpacked(make(tmp_path / f"dump.{form}", {**left, **FILES}), tmp_path / "room") as folder:
        assert folder.name == "bees"
        assert {file.name for file in folder.rglob("*")} == {"Users.xml", "deep", "Posts.xml"}


def test_an_archive_without_a_folder_is_called_as_itself(tmp_path):
    path = make(tmp_path / "bees.example.7z", {"Users.xml": b"<users/>", "Posts.xml": b"<posts/>"})
    with archives.unpacked(path, tmp_path / "room") as folder:
        assert folder.name == "bees.example"


def test_an_archive_called_only_dots_is_called_something(tmp_path):
    path = make(tmp_path / "ok.zip", {"Users.xml": b"<users/>", "Posts.xml": b"<posts/>"}).rename(tmp_path / "...zip")
    with archives.unpacked(path, tmp_path / "room") as folder:
        assert folder.name == "archive"


def test_what_is_no_archive_is_given_as_it_is(tmp_path):
    (tmp_path / "staff.csv").write_text("name\nAda\n")
    with archives.unpacked(tmp_path / "staff.csv", tmp_path / "room") as path:
        assert path == tmp_path / "staff.csv"


TRICKS = {
    "../out.xml": "a name that leads out of it",
    "a/../../out.xml": "a name that leads out of it",
    "/etc/out.xml": "a name that leads out of it",
    "C:/out.xml": "a name that leads out of it",
    "a\\..\\out.xml": "a name that leads out of it",
    "a//b.xml": "a name that leads out of it",
    "a/\u202elmx.xml": "characters that nobody can see",
    "n" * 300: "a name longer than a file can have",
    "/".join(["folder"] * 200): "a name longer than a file can have",
}


@pytest.mark.parametrize("form", ["zip", "tar.gz", "7z"])
@pytest.mark.parametrize("name", TRICKS, ids=[name[:16].replace("/", "|") for name in TRICKS])
def test_names_that_trick_are_refused(tmp_path, form, name):
    try:
        path = make(tmp_path / f"trick.{form}", {"ok.xml": b"ok", name: b"no"})
    except Exception:
        pytest.skip("this archiver does not write such a name")
    if form == "7z":
        with py7zr.SevenZipFile(path) as archive:
            if name not in archive.getnames():
                pytest.skip("this archiver writes another name")
    assert TRICKS[name] in refused(path, tmp_path / "room")
    assert not (tmp_path / "out.xml").exists()


@pytest.mark.parametrize("form", ["zip", "tar.xz"])
@pytest.mark.parametrize(
    ("first", "second", "why"),
    [
        ("a/Posts.xml", "a/posts.xml", "one name on many machines"),
        ("A/x.xml", "a/y.xml", "one name on many machines"),
        ("a", "a/b.xml", "one name on many machines"),
        ("caf\u00e9.xml", "cafe\u0301.xml", "one name on many machines"),
    ],
)
def test_names_that_clash_are_refused(tmp_path, form, first, second, why):
    assert why in refused(make(tmp_path / f"clash.{form}", {first: b"1", second: b"2"}), tmp_path / "room")


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_a_name_used_twice_is_refused(tmp_path):
    with zipfile.ZipFile(tmp_path / "twice.zip", "w") as archive:
        archive.writestr("Posts.xml", "1")
        archive.writestr("Posts.xml", "2")
    assert "holds “Posts.xml” twice" in refused(tmp_path / "twice.zip", tmp_path / "room")


@pytest.mark.parametrize("kind", [tarfile.SYMTYPE, tarfile.LNKTYPE, tarfile.CHRTYPE, tarfile.BLKTYPE, tarfile.FIFOTYPE])
def test_links_and_devices_are_refused(tmp_path, kind):
    with tarfile.open(tmp_path / "links.tar", "w") as archive:
        entry = tarfile.TarInfo("passwords")
        entry.type, entry.linkname = kind, "/etc/passwd"
        archive.addfile(entry)
    assert "a link or a device" in refused(tmp_path / "links.tar", tmp_path / "room")


def test_a_link_in_a_zip_is_refused(tmp_path):
    with zipfile.ZipFile(tmp_path / "links.zip", "w") as archive:
        entry = zipfile.ZipInfo("passwords")
        entry.external_attr = 0o120777 << 16
        archive.writestr(entry, "/etc/passwd")
    assert "a link or a device" in refused(tmp_path / "links.zip", tmp_path / "room")


def test_a_link_in_a_7z_is_refused(tmp_path):
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "passwords").symlink_to("target")
    (tmp_path / "in" / "target").write_text("x")
    with py7zr.SevenZipFile(tmp_path / "links.7z", "w") as archive:
        archive.writeall(tmp_path / "in", "in")
    assert "a link or a device" in refused(tmp_path / "links.7z", tmp_path / "room")


@pytest.mark.parametrize("form", ["zip", "tar.gz", "tar.xz", "tar.bz2", "7z"])
def test_a_bomb_is_refused_unless_somebody_says_how_much_may_come_out(tmp_path, form, monkeypatch):
    monkeypatch.setattr(bounds, "ALWAYS", 1 << 20)
    path = make(tmp_path / f"bomb.{form}", {"Posts.xml": b"\0" * (12 << 20)})
    assert "packed more than 250 times over" in refused(path, tmp_path / "room")
    with archives.unpacked(path, tmp_path / "room", most_gb=1) as folder:
        assert (folder / "Posts.xml").stat().st_size == 12 << 20
    assert "--most-unpacked" in refused(path, tmp_path / "room", most_gb=0.001)


def test_a_bomb_in_a_tars_header_is_refused(tmp_path, monkeypatch):
    with gzip.open(tmp_path / "pax.tar.gz", "wb") as file, tarfile.open(fileobj=file, mode="w|") as archive:
        entry = tarfile.TarInfo("Posts.xml")
        entry.pax_headers = {"comment": "x" * (8 << 20)}
        archive.addfile(entry)
    assert "header of several MB" in refused(tmp_path / "pax.tar.gz", tmp_path / "room")


def pax(**said):
    """Return a header of a tar that says something of the next entry."""
    lines = [f" {name.replace('__', '.')}={value}\n".encode() for name, value in said.items()]
    body = b"".join(str(len(line) + 2).encode() + line for line in lines)
    return header("pax", body, b"x")


def header(name, body, kind=tarfile.REGTYPE):
    entry = tarfile.TarInfo(name)
    entry.size, entry.type = len(body), kind
    return entry.tobuf(tarfile.USTAR_FORMAT) + body + b"\0" * (-len(body) % 512)


def test_a_bomb_in_a_map_of_holes_is_refused(tmp_path, monkeypatch):
    """Watching memory makes this slow: an eighth of the header may take an eighth of the memory."""
    assert streams.LONGEST_HEADER <= 4 << 20
    monkeypatch.setattr(streams, "LONGEST_HEADER", 4 << 17)
    about = pax(GNU__sparse__major=1, GNU__sparse__minor=0, GNU__sparse__name="a.xml", GNU__sparse__realsize=1)
    holes = b"500000\n" + b"0\n0\n" * 500_000
    (tmp_path / "map.tar.gz").write_bytes(gzip.compress(about + header("a.xml", holes) + b"\0" * 1024))
    tracemalloc.start()
    assert "header of several MB" in refused(tmp_path / "map.tar.gz", tmp_path / "room")
    _now, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert most < 256 << 17


def test_headers_of_headers_without_end_are_refused(tmp_path):
    (tmp_path / "chain.tar.gz").write_bytes(gzip.compress(pax(comment="x") * 3000 + header("a.xml", b"x")))
    assert "damaged" in refused(tmp_path / "chain.tar.gz", tmp_path / "room")


def test_ten_thousand_files_have_headers_too(tmp_path):
    path = make(tmp_path / "many.tar", {f"bees/{n}.xml": b"x" for n in range(10_000)})
    with archives.unpacked(path, tmp_path / "room", most_gb=1) as folder:
        assert sum(1 for _ in folder.iterdir()) == 10_000


@pytest.mark.parametrize("form", PACKED)
@pytest.mark.parametrize("left", [0.3, 0.9, 0.999])
def test_what_is_cut_off_is_refused(tmp_path, form, left):
    content = {f"{n}.xml": os.urandom(30_000) for n in range(5)}
    path = make(tmp_path / f"cut.{form}", content)
    whole = path.read_bytes()
    if form == "tar":
        whole = whole.rstrip(b"\0")  # where it has its end mark
    path.write_bytes(whole[: int(len(whole) * left)])
    assert "damaged or cut off" in refused(path, tmp_path / "room")


@pytest.mark.parametrize("form", PACKED)
def test_changed_bytes_are_no_crash(tmp_path, form):
    path = make(tmp_path / f"changed.{form}", FILES)
    whole = path.read_bytes()
    for at in range(8, len(whole), max(len(whole) // 40, 1)):
        path.write_bytes(whole[:at] + bytes([whole[at] ^ 0xFF]) + whole[at + 1 :])
        try:
            with archives.unpacked(path, tmp_path / "room"):
                pass
        except Broken:
            pass
        assert list((tmp_path / "room").iterdir()) == []


def test_a_locked_archive_is_refused(tmp_path):
    with py7zr.SevenZipFile(tmp_path / "locked.7z", "w", password="secret") as archive:
        archive.writestr(b"x", "Posts.xml")
    assert "locked with a password" in refused(tmp_path / "locked.7z", tmp_path / "room")
    path = make(tmp_path / "locked.zip", {"Posts.xml": b"x" * 100})
    path.write_bytes(path.read_bytes().replace(b"\x14\0\0\0\x08\0", b"\x14\0\x01\0\x08\0"))
    assert "locked with a password" in refused(path, tmp_path / "room")


def test_what_is_packed_in_an_unknown_way_is_refused(tmp_path):
    path = make(tmp_path / "new.zip", {"Posts.xml": b"x" * 100})
    path.write_bytes(path.read_bytes().replace(b"\x14\0\0\0\x08\0", b"\x14\0\0\0\x63\0"))
    assert "7z x new.zip" in refused(path, tmp_path / "room")


def test_an_empty_archive_is_refused(tmp_path):
    assert "is empty" in refused(make(tmp_path / "empty.zip", {}), tmp_path / "room")


@pytest.mark.parametrize("form", ["zip", "tar.gz", "tar.xz", "tar.bz2"])
def test_memory_does_not_grow_with_what_comes_out(tmp_path, form):
    rows = b"<row/>\n" * 5_000_000
    if form == "tar.bz2":  # which packs what is always the same five times slower
        rows = b"".join(b'<row Id="%d"/>\n' % n for n in range(200_000)) * 9
    path = make(tmp_path / f"large.{form}", {"Posts.xml": rows})
    tracemalloc.start()
    with archives.unpacked(path, tmp_path / "room", most_gb=1):
        pass
    _now, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert most < 16 << 20


KILLED = """
import os, sys
from pathlib import Path
from watercooler.doors.importing.archives import unpacked
with unpacked(Path(sys.argv[1]), Path(sys.argv[2])):
    os.kill(os.getpid(), 9)
"""


def test_what_a_killed_import_left_is_removed_by_the_next_and_nobody_elses(tmp_path):
    path, within = make(tmp_path / "bees.zip", FILES), tmp_path / "room"
    subprocess.run([sys.executable, "-c", KILLED, str(path), str(within)], check=False)
    assert len(list(within.iterdir())) == 1
    with archives.unpacked(path, within) as folder:
        assert len(list(within.iterdir())) == 1
        assert archives.sweep(within) == 0
        assert (folder / "Users.xml").exists()
    assert list(within.iterdir()) == []


def test_what_is_no_folder_of_an_import_stays_where_it_is(tmp_path):
    within = tmp_path / "room"
    (within / "import-left").mkdir(parents=True)
    (within / ".DS_Store").write_text("x")
    (tmp_path / "mine").mkdir()
    (within / "import-link").symlink_to(tmp_path / "mine")
    assert archives.sweep(within) == 1
    assert {each.name for each in within.iterdir()} == {".DS_Store", "import-link"}
    assert (tmp_path / "mine").is_dir()


@pytest.mark.parametrize("form", ["tar.xz", "7z"])
def test_another_form_of_an_export_becomes_a_zip(tmp_path, form):
    path = make(tmp_path / f"export.{form}", {"watercooler.json": b"{}", "tables/people.jsonl": b"{}"})
    with archives.repacked(path, tmp_path / "room") as made, zipfile.ZipFile(made) as archive:
        assert archive.namelist() == ["tables/people.jsonl", "watercooler.json"]
    assert list((tmp_path / "room").iterdir()) == []


def test_a_folder_with_a_link_in_it_becomes_no_zip(tmp_path):
    (tmp_path / "export").mkdir()
    (tmp_path / "export" / "passwords").symlink_to("/etc/passwd")
    with pytest.raises(Broken, match="holds the link"), archives.repacked(tmp_path / "export", tmp_path / "room"):
        pass
    assert list((tmp_path / "room").iterdir()) == []


@pytest.mark.parametrize("inside", ["[Content_Types].xml", "mimetype"])
def test_a_spreadsheet_is_no_archive(tmp_path, inside):
    path = make(tmp_path / "staff.zip", {inside: b"x", "content.xml": b"<x/>"})
    with archives.unpacked(path, tmp_path / "room") as found:
        assert found == path


@pytest.mark.parametrize("form", PACKED)
def test_what_the_disk_has_no_room_for_is_not_begun(tmp_path, form, monkeypatch):
    monkeypatch.setattr(bounds.shutil, "disk_usage", lambda _path: shutil._ntuple_diskusage(9, 9, 1000))
    path = make(tmp_path / f"dump.{form}", {"Posts.xml": os.urandom(2000)})
    assert "more than there is room for" in refused(path, tmp_path / "room")


@pytest.mark.parametrize("form", ["zip", "tar.gz", "7z"])
def test_only_so_many_files_come_out(tmp_path, form, monkeypatch):
    monkeypatch.setattr(bounds, "MOST_FILES", 2)
    path = make(tmp_path / f"many.{form}", {f"{n}.xml": b"x" for n in range(3)})
    assert "more than 2 files" in refused(path, tmp_path / "room")


@pytest.mark.parametrize("form", ["tar.gz", "tar.xz", "tar.bz2"])
def test_a_bomb_in_what_is_left_out_is_refused_too(tmp_path, form, monkeypatch):
    monkeypatch.setattr(bounds, "ALWAYS", 1 << 20)
    path = make(tmp_path / f"bomb.{form}", {"__MACOSX/a": b"\0" * (12 << 20), "Posts.xml": b"x"})
    assert "packed more than 250 times over" in refused(path, tmp_path / "room")


def test_more_than_an_entry_says_it_holds_is_not_written(tmp_path):
    some = bounds.Bounds("lies.zip", 1, tmp_path, most=bounds.CHUNK)
    with pytest.raises(Broken, match="holds more than"):
        some.copy(io.BytesIO(b"x" * (3 * bounds.CHUNK)), tmp_path / "Posts.xml")
    assert (tmp_path / "Posts.xml").stat().st_size <= bounds.CHUNK


@pytest.mark.parametrize("method", [py7zr.FILTER_LZMA, py7zr.FILTER_LZMA2])
def test_a_7z_that_asks_for_too_much_memory_is_refused(tmp_path, method, monkeypatch):
    monkeypatch.setattr(unpack, "LONGEST_DICTIONARY", 1 << 20)
    with py7zr.SevenZipFile(tmp_path / "wide.7z", "w", filters=[{"id": method, "dict_size": 4 << 20}]) as archive:
        archive.writestr(b"x", "Posts.xml")
    assert "needs 4 MB of memory" in refused(tmp_path / "wide.7z", tmp_path / "room")


def test_an_xz_that_asks_for_too_much_memory_is_refused(tmp_path, monkeypatch):
    monkeypatch.setattr(streams, "MOST_MEMORY", 1 << 20)
    assert "damaged or cut off" in refused(make(tmp_path / "wide.tar.xz", FILES), tmp_path / "room")


@pytest.mark.parametrize("packed", [bytes, gzip.compress])
def test_a_tar_cut_off_between_two_files_is_refused(tmp_path, packed):
    whole = make(tmp_path / "whole.tar", {f"{n}.xml": b"x" * 512 for n in range(3)}).read_bytes()
    (tmp_path / "cut.tar").write_bytes(packed(whole[: 2 * 1024]))
    assert "ends before its end mark" in refused(tmp_path / "cut.tar", tmp_path / "room")
