"""Reading ahead of the writing: in order, bounded, and over when the import is."""

import itertools
import os
import signal
import subprocess
import sys
import threading
import time

import psutil
import pytest

from watercooler.doors.importing import batches, following
from watercooler.doors.importing.batches import ahead, growing
from watercooler.doors.importing.hands import hands
from watercooler.foundation.database import processes


def test_batches_grow_to_their_size():
    assert [len(batch) for batch in growing(range(2000), 500)] == [100, 200, 400, 500, 500, 300]
    assert list(itertools.chain(*growing(range(7), 3))) == list(range(7))
    assert list(growing([], 500)) == []


def test_a_batch_of_long_texts_is_small(monkeypatch):
    monkeypatch.setattr(batches, "MOST_CHARACTERS", 10)
    assert list(growing(["a" * 4] * 5, 500, len)) == [("aaaa",) * 3, ("aaaa",) * 2]


def test_what_is_read_ahead_comes_in_order_and_from_one_other_thread():
    threads = set()

    def values():
        for number in range(50):
            threads.add(threading.get_ident())
            yield number

    assert list(ahead(values())) == list(range(50))
    assert len(threads) == 1
    assert threads != {threading.get_ident()}


def test_no_more_is_read_than_so_far_ahead():
    read = []
    values = ahead((read.append(number) or number for number in itertools.count()), most=2)
    assert [next(values) for _ in range(5)] == [0, 1, 2, 3, 4]
    values.close()
    assert len(read) <= 5 + 2


def test_what_goes_wrong_ahead_is_raised_after_what_came_before():
    def values():
        yield 1
        yield 2
        raise ValueError("Line 3.")

    got = []
    with pytest.raises(ValueError, match=r"Line 3\."):
        got.extend(ahead(values(), most=4))
    assert got == [1, 2]


def test_what_hands_make_comes_in_order_however_long_each_is():
    texts = ["ab" * (1_000_000 if number % 7 == 0 else number) for number in range(40)]
    with hands(2, after=0) as more:
        for some in (texts, texts[:1], texts[:3], []):
            assert more.map(str.upper, some) == [text.upper() for text in some]


@pytest.mark.parametrize("count", [0, 1, 2])
def test_whoever_asks_works_too(count):
    with hands(count, after=0) as more:
        for many in (0, 1, 2, 7, 400):
            pids = more.together(its_process, [0.0005] * many)
            assert len(pids) == many
            if many == 400:
                assert os.getpid() in pids
        with pytest.raises(ValueError, match="invalid literal"):
            more.together(int, ["1", "2", "three", *map(str, range(100))])
        assert more.together(int, [str(n) for n in range(100)]) == list(range(100))


def its_process(seconds):
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        pass
    return os.getpid()


def test_what_goes_wrong_in_a_hand_is_raised_and_the_hands_go_on():
    with hands(2, after=0) as more:
        with pytest.raises(ValueError, match="invalid literal"):
            more.map(int, ["1", "2", "three", "4", "5", "6"])
        assert more.map(int, ["1", "2", "3"]) == [1, 2, 3]


HANDS = """
import signal
import time
from multiprocessing import active_children
from watercooler.doors.importing.hands import hands
if __name__ == "__main__":
    signal.signal(signal.SIGINT, signal.default_int_handler)  # also where tests run in the background
    with hands(2, after=0) as more:
        more.map(abs, [1, 2, 3])
        print(*[child.pid for child in active_children()], flush=True)
        time.sleep(60)
"""


@pytest.mark.parametrize("how", [signal.SIGKILL, signal.SIGINT])
def test_hands_end_with_who_asked_for_them(how, tmp_path):
    (tmp_path / "asking.py").write_text(HANDS)
    asking = subprocess.Popen(
        [sys.executable, str(tmp_path / "asking.py")],
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
        env={**os.environ, "PYTHONPATH": os.getcwd()},
    )
    pids = [int(pid) for pid in asking.stdout.readline().split()]
    assert len(pids) == 2
    asking.send_signal(how)
    asking.communicate()
    assert processes.gone(lambda: [pid for pid in pids if alive(pid)], 20)


def alive(pid):
    try:
        return psutil.Process(pid).status() != psutil.STATUS_ZOMBIE
    except psutil.NoSuchProcess:
        return False


@pytest.fixture
def heavy(monkeypatch):
    """The heavy ones, with a list of how far they were let follow, and what is done in the middle of it."""
    went, meanwhile = [], []

    def advance_all(these, up_to):
        went.append((*these, up_to))
        if meanwhile:
            meanwhile.pop()()

    monkeypatch.setattr(following, "_begin", lambda: None)
    monkeypatch.setattr(following.worker, "advance_all", advance_all)
    some = following.Heavy(("search", "experts", "known"))
    some.went, some.meanwhile = went, meanwhile
    yield some
    some.close()


def test_the_heavy_ones_go_on_with_what_is_ordered_meanwhile(heavy):
    heavy.meanwhile.append(lambda: heavy.go_on(9))
    heavy.go_on(4)
    heavy.finish()
    assert heavy.went == [("search", 4), ("experts", "known", 4), ("search", 9), ("experts", "known", 9)]
    assert heavy.done == 9


def test_the_heavy_ones_take_so_many_that_texts_are_still_lent(heavy, monkeypatch):
    monkeypatch.setattr(following, "AT_ONCE", 3)
    heavy.go_on(4)
    heavy.finish()
    assert heavy.went == [("search", 3), ("experts", "known", 3), ("search", 4), ("experts", "known", 4)]


def test_the_last_of_the_heavy_ones_can_be_taken_over_in_the_middle(heavy):
    freed = []
    heavy.meanwhile.append(lambda: freed.extend(heavy.lighten()))
    heavy.go_on(4)
    heavy.finish()
    assert heavy.went == [("search", 4)]
    assert freed == ["experts", "known"]


def test_the_heavy_ones_have_nothing_to_do_where_nothing_is_ordered(heavy):
    heavy.go_on(0)
    heavy.finish()
    assert heavy.went == []


def test_what_stops_the_heavy_ones_is_said(heavy):
    def stop():
        raise OSError("Away.")

    heavy.meanwhile.append(stop)
    heavy.go_on(4)
    with pytest.raises(OSError, match="Away"):
        heavy.finish()
