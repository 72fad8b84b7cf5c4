"""What the bench builds of, so that it works where no real communities lie beside the checkout."""

from __future__ import annotations

import random

from tests.bench import texts
from tests.bench.organisation import Size, Zipf


def test_without_communities_the_demo_gives_the_words():
    words = texts._from_demo()
    assert not words.is_real
    assert len(words.titles) > 50
    assert len(words.paragraphs) > 200
    assert words.comments
    assert words.tags
    assert words.body(random.Random(1), most=3)


def test_people_grow_slower_than_items():
    assert Size(20_000).people == Size(200_000).people == 5_000
    assert Size(2_000_000).people == 15_811


def test_few_are_very_active():
    chance = random.Random(1)
    drawn = [Zipf(1000).draw(chance) for _ in range(5000)]
    assert min(drawn) == 0
    assert max(drawn) < 1000
    assert sum(n < 100 for n in drawn) > 2000
