"""A number and its unit stand in one line."""

from __future__ import annotations

from watercooler.spine.content.markdown import with_units


def seen(html):
    return with_units(html).replace("\N{NO-BREAK SPACE}", "~")


def test_a_line_never_ends_between_a_number_and_its_unit():
    assert seen("<p>Between 0 and 3 °C, 10 km in 30 min, 9 kW: 20 % of it.</p>") == (
        "<p>Between 0 and 3~°C, 10~km in 30~min, 9~kW: 20~% of it.</p>"
    )


def test_other_words_after_numbers_stay_and_so_do_code_and_attributes():
    text = '<a title="5 m">5 people, 3 A-levels, 2 minutes</a> <code>sleep 5 s</code><pre>1 h</pre>'
    assert seen(text) == text
