"""A projection thrown away and computed again has the same rows as the one that followed live."""

from __future__ import annotations

import random

import pytest

from watercooler.kinds.questions import acts as questions
from watercooler.spine.activity.models import Activity
from watercooler.spine.activity.projections import catch_up, rebuild, registered
from watercooler.spine.activity.worker import follow, sequence
from watercooler.spine.content.acts import edit, move, remove, restore, tag
from watercooler.spine.social import acts as social
from watercooler.spine.spaces.acts import join, let_in

pytestmark = pytest.mark.django_db(transaction=False)


def a_week(company, chance: random.Random) -> None:
    """Do what a week does: ask, answer, accept, mark, take back, move, remove and bring back, with pauses to follow."""
    noah, priya, tomasz, hassan, ruth = (company.viewer(n) for n in ("noah", "priya", "tomasz", "hassan", "ruth"))
    asked = [company.question(f"Question {n}", topics=["Defrost"]) for n in range(4)]
    answered = [company.answer(q, f"Answer {q.pk}, @priya") for q in asked[:3]]
    article = company.article()
    post = company.post("Morning @noah #frost")
    doings = [
        lambda: questions.accept(noah, asked[0], answered[0]),
        lambda: (questions.accept(noah, asked[1], answered[1]), questions.unaccept(noah, asked[1])),
        lambda: [social.helped(v, answered[0]) for v in (noah, priya, hassan)],
        lambda: (social.helped(noah, post), social.not_helped(noah, post)),
        lambda: social.comment(priya, answered[0], "Can confirm, @tomasz"),
        lambda: (social.save(noah, article), social.unsave(noah, article)),
        lambda: (social.follow(priya, company.tomasz), social.follow(priya, asked[2].item)),
        lambda: (remove(noah, asked[3].item), restore(noah, asked[3].item)),
        lambda: remove(tomasz, answered[2]),
        lambda: edit(tomasz, article, title="Reading superheat", source="Wait, @noah", based_on=1),
        lambda: tag(priya, post, "Winter"),
        lambda: social.recommend(tomasz, article, company.noah, "Read this"),
        lambda: (
            join(priya, company.medicines, "please"),
            let_in(company.viewer("fatima"), company.medicines, company.priya),
        ),
        lambda: social.react(ruth, post, "heart"),
        lambda: (join(ruth, company.heat), move(company.viewer("hassan"), article, company.heat)),
    ]
    chance.shuffle(doings)
    for do in doings:
        do()
        if chance.random() < 0.4:
            follow()
    follow()


@pytest.mark.parametrize("projection", registered(), ids=lambda projection: projection.name)
@pytest.mark.parametrize("seed", [1, 2])
def test_a_rebuild_gives_the_same_rows(company, projection, seed):
    a_week(company, random.Random(seed))
    live = projection.snapshot()
    assert any(live.values()), "The story left no row behind; it tells nothing."
    rebuild(projection)
    assert projection.snapshot() == live


@pytest.mark.parametrize("projection", registered(), ids=lambda projection: projection.name)
def test_reading_in_other_batches_changes_nothing(company, projection):
    from watercooler.spine.activity.projections import advance

    a_week(company, random.Random(3))
    live = projection.snapshot()
    projection.clear()
    from watercooler.spine.activity.models import Cursor

    Cursor.objects.filter(pk=projection.name).update(position=0)
    while advance(projection, limit=3):
        pass
    assert projection.snapshot() == live
    assert catch_up(projection) == 0


def test_positions_are_gapless_and_in_order(company):
    a_week(company, random.Random(4))
    sequence()
    positions = list(Activity.objects.order_by("position").values_list("position", flat=True))
    assert positions == list(range(positions[0], positions[0] + len(positions)))
