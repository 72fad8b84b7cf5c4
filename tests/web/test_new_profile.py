"""The profile of somebody who has only just come."""

from __future__ import annotations

import pytest

from watercooler.spine.activity.worker import follow

pytestmark = pytest.mark.django_db
NUMBERS = 'aria-label="What it came to"'
TO_BEGIN = "Here will stand whom you have helped."


def test_a_newcomer_is_shown_no_row_of_noughts(company, sign_in):
    """To others nothing, to themselves how it begins; the numbers come with the first answer."""
    own, others = (sign_in(who).get("/people/noah").content.decode() for who in (company.noah, company.priya))
    assert NUMBERS not in own + others
    assert TO_BEGIN in own
    assert TO_BEGIN not in others
    company.answer(company.question(by="priya"), by="noah")
    while follow():
        pass
    own = sign_in(company.noah).get("/people/noah").content.decode()
    assert NUMBERS in own
    assert TO_BEGIN not in own
