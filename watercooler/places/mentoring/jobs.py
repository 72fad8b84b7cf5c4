"""What mentoring does by the clock."""

from watercooler.foundation.base.jobs import job
from watercooler.places.mentoring.acts import by_the_clock


@job(name="mentoring.remind_of_meetings", every="*/10 * * * *", attempts=1)
def remind_of_meetings() -> None:
    """Remind both of a meeting within a day."""
    by_the_clock.remind_of_meetings()


@job(name="mentoring.each_day", every="23 5 * * *", attempts=1)
def each_day() -> None:
    """Remind of answers and endings, let lapse what nobody answered, and end what leavers left behind."""
    by_the_clock.end_those_of_leavers()
    by_the_clock.lapse_unanswered()
    by_the_clock.remind_of_answers()
    by_the_clock.remind_of_endings()
