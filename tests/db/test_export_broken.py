"""Archives that cannot be loaded are refused with a sentence, and leave nothing."""

from __future__ import annotations

import json
import zipfile
from pathlib import Path

import pytest
from django.apps import apps
from django.conf import settings
from PIL import Image

from tests.exports import a_life, changed, media, out, row_changed
from watercooler.doors.exporting import load
from watercooler.doors.exporting.write import MANIFEST
from watercooler.foundation.base.errors import Refused
from watercooler.spine.content.acts import take_file
from watercooler.spine.content.models import Attachment, Item
from watercooler.spine.people.models import Person
from watercooler.spine.spaces.models import Space

__all__ = ["media"]


def test_an_installation_in_use_is_left_alone(company, tmp_path):
    path = out(tmp_path)
    with pytest.raises(Refused, match="in use"):
        load.load(path)


def emptied_within() -> None:
    """Empty the tables inside the loading transaction, so that a refusal shows that it takes nothing with it."""
    from django.db import connection

    names = ", ".join(f'"{m._meta.db_table}"' for m in apps.get_models() if m.__module__.startswith("watercooler."))
    with connection.cursor() as cursor:
        cursor.execute(f"truncate {names} cascade")


class TestBrokenArchives:
    """Each is refused with a sentence, and leaves nothing."""

    @pytest.fixture
    def archive(self, company, tmp_path) -> Path:
        a_life(company)
        with (tmp_path / "coil.png").open("wb") as file:
            Image.new("RGB", (30, 20), "red").save(file, "PNG")
        company.post(f"![Coil]({take_file(company.viewer('priya'), tmp_path / 'coil.png').url})")
        path = out(tmp_path)
        for stored in Attachment.objects.values_list("stored", flat=True):
            (settings.MEDIA_ROOT / stored).unlink()
        return path

    @pytest.fixture
    def refused(self, archive, monkeypatch):
        # Inside one test's transaction nothing can be emptied; that check has a test of its own.
        monkeypatch.setattr(load, "check_is_empty", emptied_within)

        def into(path: Path, sentence: str) -> None:
            files = {p for p in settings.MEDIA_ROOT.rglob("*") if p.is_file()}
            people = Person.objects.count()
            with pytest.raises(Refused, match=sentence):
                load.load(path)
            assert Person.objects.count() == people, "What was here is as it was."
            assert {p for p in settings.MEDIA_ROOT.rglob("*") if p.is_file()} == files

        return into

    @pytest.mark.django_db(transaction=True)
    def test_truncated(self, archive, refused):
        data = archive.read_bytes()
        for share in (0.1, 0.5, 0.99):
            (cut := archive.with_name("cut.zip")).write_bytes(data[: int(len(data) * share)])
            refused(cut, "damaged or cut off")

    @pytest.mark.django_db(transaction=True)
    @pytest.mark.parametrize("entry", ["tables/content.Item.jsonl", MANIFEST])
    def test_a_part_that_is_missing(self, archive, refused, entry):
        refused(changed(archive, lambda held: held.pop(entry)), f"no whole export: {entry} is missing in it.")

    @pytest.mark.django_db(transaction=True)
    def test_a_flipped_byte(self, archive, refused):
        with zipfile.ZipFile(archive) as opened:
            at = opened.getinfo("tables/content.Item.jsonl").header_offset + 400
        data = bytearray(archive.read_bytes())
        data[at] ^= 0xFF
        (flipped := archive.with_name("flipped.zip")).write_bytes(data)
        refused(flipped, "damaged|line")

    @pytest.mark.django_db(transaction=True)
    @pytest.mark.parametrize("data", [b"", b"PK", b"nothing like it", b"%PDF-1.4" * 100])
    def test_no_archive(self, archive, refused, data):
        (other := archive.with_name("other.zip")).write_bytes(data)
        refused(other, "damaged or cut off")

    @pytest.mark.django_db(transaction=True)
    @pytest.mark.parametrize(
        "name", ["../../evil.txt", "/etc/passwd", "files/../../x", "files/aa/x", "portraits/x.php"]
    )
    def test_a_path_that_climbs_out(self, archive, refused, name):
        refused(changed(archive, lambda held: held.update({name: b"evil"})), "which no export of ours does")
        assert not (settings.MEDIA_ROOT.parent / "evil.txt").exists()

    @pytest.mark.django_db(transaction=True)
    def test_a_bomb(self, archive, refused):
        bomb = b'{"id":1}' + b" " * 50_000_000
        refused(changed(archive, lambda held: held.update({"tables/content.Item.jsonl": bomb})), "too tightly")

    @pytest.mark.django_db(transaction=True)
    @pytest.mark.parametrize(
        ("change", "sentence"),
        [
            (lambda about: about.update(version=99), "version 99"),
            (lambda about: about.update(format="other"), "no export of Watercooler"),
            (lambda about: about.update(scope="own"), "one person’s words"),
            (lambda about: about["tables"].update({"auth.Group": {"rows": 0, "columns": ["id"]}}), "unknown here"),
            (lambda about: about["tables"]["people.Person"]["columns"].append("password"), "unknown here"),
            (lambda about: about["tables"]["people.Person"].update(rows=3), "promised"),
            (lambda about: about["tables"].update({"people.Person": None}), "cannot be read"),
        ],
    )
    def test_a_manifest_that_is_not_ours(self, archive, refused, change, sentence):
        def rewritten(held: dict[str, bytes]) -> None:
            about = json.loads(held[MANIFEST])
            change(about)
            held[MANIFEST] = json.dumps(about).encode()

        refused(changed(archive, rewritten), sentence)

    @pytest.mark.django_db(transaction=True)
    @pytest.mark.parametrize(
        ("table", "change", "sentence"),
        [
            ("content.Item", lambda row: row.update(author_id=999_999), "author_id: 999999 is not in the archive"),
            ("content.Item", lambda row: row.update(made_at="soon"), "content.Item, near line"),
            ("content.Item", lambda row: row.update(helped_count=10**30), "content.Item.*larger than one can be"),
            ("content.Item", lambda row: row.update(helped_count="many"), "helped_count: this value"),
            ("content.Item", lambda row: row.update(author_id=None), "author_id: this value"),
            ("content.Item", lambda row: row.update(title="a\0b"), "content.Item"),
            ("content.Item", lambda row: row.update(extra=1), "columns"),
            ("people.Person", lambda row: row.update(handle="priya"), "Person, near line.*two rows are the same"),
            ("people.Person", lambda row: row.update(manager_id=12345), "manager_id: 12345"),
        ],
    )
    def test_rows_that_cannot_be(self, archive, refused, table, change, sentence):
        refused(row_changed(archive, table, change), sentence)

    @pytest.mark.django_db(transaction=True)
    def test_a_line_that_is_no_json(self, archive, refused):
        def broken(held: dict[str, bytes]) -> None:
            held["tables/spaces.Space.jsonl"] = b"{" + held["tables/spaces.Space.jsonl"]

        refused(changed(archive, broken), "spaces.Space, line 1: this is no JSON")

    @pytest.mark.django_db(transaction=True)
    def test_a_file_that_is_another(self, archive, refused):
        def swapped(held: dict[str, bytes]) -> None:
            for name in held:
                if name.startswith("files/"):
                    held[name] = b"something else"

        refused(changed(archive, swapped), "not the one that was exported")

    @pytest.mark.django_db(transaction=True)
    def test_what_could_run_is_taken_out_and_spaces_decide_who_reads(self, archive, monkeypatch):
        monkeypatch.setattr(load, "check_is_empty", emptied_within)
        council = Space.objects.get(name="Works council").pk

        def evil(held: dict[str, bytes]) -> None:
            rows = [json.loads(line) for line in held["tables/content.Item.jsonl"].splitlines()]
            for row in rows:
                row["safe_html"] += "<script>alert(1)</script><a href='javascript:x()' class='btn'>y</a>"
                row["audience"] = 0
            held["tables/content.Item.jsonl"] = b"\n".join(json.dumps(row).encode() for row in rows) + b"\n"

        load.load(changed(archive, evil))
        assert not Item.objects.filter(safe_html__contains="script").exists()
        assert not Item.objects.filter(safe_html__contains="btn").exists()
        assert set(Item.objects.filter(space_id=council).values_list("audience", flat=True)) == {council}

    @pytest.mark.django_db(transaction=True)
    def test_a_dry_run_leaves_nothing(self, archive, monkeypatch):
        monkeypatch.setattr(load, "check_is_empty", emptied_within)
        people = set(Person.objects.values_list("pk", flat=True))
        counts = load.load(archive, is_dry=True)
        assert counts["people.Person"] == len(people)
        assert set(Person.objects.values_list("pk", flat=True)) == people
        assert not [p for p in (settings.MEDIA_ROOT).rglob("*") if p.is_file() and p.parent.name != "incoming"]
