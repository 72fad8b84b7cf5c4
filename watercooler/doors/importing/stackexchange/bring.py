"""The whole way of a dump into a space, step by step."""

from __future__ import annotations

from collections.abc import Callable

from watercooler.doors.importing.arrival import find_owner, take_space
from watercooler.doors.importing.hands import Share, alone
from watercooler.doors.importing.pace import Pace
from watercooler.doors.importing.report import Report
from watercooler.doors.importing.stackexchange import posts, rest, staged
from watercooler.doors.importing.stackexchange.dump import Dump
from watercooler.doors.importing.stackexchange.job import CHOSEN, LINES, Job
from watercooler.doors.importing.stackexchange.people import bring_users, community
from watercooler.doors.importing.stackexchange.tags import Descriptions, bring_tags
from watercooler.doors.importing.texts import Text
from watercooler.spine.spaces.models import Space

OBJECTIVE = "What was asked and answered at %s stays findable, and goes on here."


def bring(
    dump: Dump,
    space: Space,
    report: Report,
    say: Callable[[str], None] = lambda _words: None,
    share: Share[str, Text] = alone,
) -> Report:
    """Load a dump into a space. A second time it changes nothing; after an interruption it goes on.

    share: how the work on texts is shared out.
    Raises Broken for input nobody should read on. Memory: four batches of at most 1,000 records, for any dump.
    """
    pace = Pace(dump.size() + dump.size("Posts"), say)
    report.expect(*LINES, derived=(CHOSEN,))
    job = Job(dump, space, report, pace, share=share)
    bring_users(job)
    bring_tags(job)
    staged.lay_out(job)
    descriptions = Descriptions(job)
    posts.bring_questions(job, descriptions)
    descriptions.write()
    posts.bring_answers(job)
    posts.bring_accepted(job)
    staged.settle(job)
    rest.settle_accepted(job)
    rest.bring_favourites(job)
    rest.bring_comments(job)
    rest.bring_links(job)
    rest.bring_badges(job)
    return report


def space_for(dump: Dump, name: str, owner: str, report: Report) -> Space:
    """Return the space a dump goes into, opened if need be. Raises Broken where its owner or the space do not fit.

    Before there is an administrator the site's own account owns it, and the report says so.
    """
    person = find_owner(owner)
    if person is None:
        person = community(dump.site)
        report.notes.append(
            f"There is no administrator yet, so “{name}” belongs to {person.name}. "
            "Whoever founds the organisation can hand it on in the space's settings."
        )
    return take_space(dump.site, name, person, OBJECTIVE % dump.site)
