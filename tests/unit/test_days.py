"""Days as they are written."""

from datetime import date

from django.utils import translation

from watercooler.foundation.base.text import day


def test_a_day_of_this_year_needs_no_year():
    this = date.today().year  # noqa: DTZ011
    assert day(date(this, 11, 14)) == "14 Nov"
    assert day(date(this - 1, 11, 14)) == f"14 Nov {this - 1}"
    with translation.override("de"):
        assert day(date(this, 11, 14)) == "14. Nov"
        assert day(date(this - 1, 11, 14)) == f"14. Nov {this - 1}"
