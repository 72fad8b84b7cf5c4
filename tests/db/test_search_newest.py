"""The newest of what holds a very common word: as few lists as it takes, and none where following them costs more."""

import pytest
from django.db import connection
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from watercooler.projections.search.newest import AMONG, BLOCKS, IS_WORTH_IT, among


@pytest.mark.parametrize(
    ("share", "last", "blocks"),
    [
        (0.7, 10_000, 0),  # nearly all of them: the lists would cost more than they save
        (0.69, 10_000, 8),
        (0.001, 200_000, 2),
        (0.2, 200_000, 7),
        (0.26, 2_000_000, 10),
        (0.27, 2_000_000, 0),
    ],
)
def test_so_many_blocks_are_named(share, last, blocks):
    assert among(share, 1, last).count("~") == blocks


class TheSame(TestCase):
    @given(st.floats(0.0001, 1), st.integers(1, 1000), st.integers(1, 5_000_000))
    def test_in_the_database_and_here(self, share, first, count):
        last = first + count
        with connection.cursor() as cursor:
            asked = f"select case when {IS_WORTH_IT} then {AMONG} end::text from (select %(share)s::float8 as share) s"
            cursor.execute(asked, {"share": share, "first": first, "last": last})
            there = cursor.fetchone()[0] or ""
        here = among(share, first, last)
        width = count * share
        if abs(width - round(width)) < 0.5 - 1e-6:  # a half is rounded up there and to the even here
            assert set(there.replace("'", "").split(" | ")) == set(here.strip("()").replace("'", "").split(" | "))
        assert any(f"~{power}:{last >> power}" in here for power in BLOCKS) or not here
