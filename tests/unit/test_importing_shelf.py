"""What is remembered of a large input: the same as a dict would, with little of it in memory."""

from __future__ import annotations

import os
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from watercooler.doors.importing.discourse.files import Paths
from watercooler.doors.importing.shelf import Shelf

_STEPS = st.lists(st.tuples(st.sampled_from(["put", "get", "add", "values"]), st.integers(0, 9), st.text(max_size=3)))


@given(_STEPS, st.integers(1, 4))
def test_a_shelf_holds_what_a_dict_holds(steps: list[tuple[str, int, str]], most: int) -> None:
    shelf: Shelf[int, list[str]] = Shelf(most)
    known: dict[int, list[str]] = {}
    for what, key, word in steps:
        if what == "put":
            shelf.put(key, [word])
            known[key] = [word]
        elif what == "add":
            shelf.at(key, []).append(word)
            known.setdefault(key, []).append(word)
        elif what == "get":
            assert shelf.get(key) == known.get(key)
            assert (key in shelf) == (key in known)
        else:
            assert sorted(shelf.values()) == sorted(known.values())
    assert bool(shelf) == bool(known)
    assert sorted(shelf.values()) == sorted(known.values())


def test_a_shelf_keeps_no_more_in_memory_than_it_may() -> None:
    shelf: Shelf[str, int] = Shelf(5)
    for number in range(100):
        shelf.put(str(number), number)
        assert shelf.get(str(number // 2)) == number // 2
        assert len(shelf._here) <= 5


def test_files_come_in_the_order_of_their_paths_and_links_are_passed_over(tmp_path: Path) -> None:
    wanted = ["1.json", "a b.json", "a/2.json", "a/ü.json", "a/b/3.json.gz", "a-b/4.jsonl", "a.json", "z.json?page=2"]
    for name in (*wanted, "a/note.txt", "x.json/inner.json"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text("{}")
    (tmp_path / "link.json").symlink_to(tmp_path / "1.json")
    (tmp_path / "elsewhere").symlink_to(tmp_path / "a")
    os.close(os.open(os.fsencode(tmp_path) + b"/\xff.json", os.O_CREAT))
    paths = Paths(tmp_path)
    found = [path for path in paths if b"\xff" not in os.fsencode(path)]
    assert found == sorted(tmp_path / name for name in (*wanted, "x.json/inner.json"))
    assert len(paths) == len(found) + 1
    assert list(paths) == list(paths)
