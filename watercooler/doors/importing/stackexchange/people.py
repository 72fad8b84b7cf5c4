"""Users become people: one person across all sites, and a named stand-in where nobody says more than a name."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime

from django.utils import timezone

from watercooler.doors.importing.again import rename_people
from watercooler.doors.importing.batches import in_batches_ahead
from watercooler.doors.importing.counterparts import known, remember
from watercooler.doors.importing.handles import free_handles
from watercooler.doors.importing.stackexchange.job import HERE_TWICE, NETWORK, Job, once, run
from watercooler.doors.importing.stackexchange.records import User
from watercooler.foundation.base.text import clean_line, excerpt
from watercooler.spine.content import markdown
from watercooler.spine.people.models import Person
from watercooler.spine.spaces.newcomers import Newcomer, add_people, join_many

COMMUNITY = -1
"""The number of the account in whose name a site itself acts."""

COMMUNITY_NAME = "Community (Stack Exchange)"
COMMUNITY_ABOUT = "Not a person: Stack Exchange tidies up and keeps what belongs to everybody under this name."
LONGEST_ABOUT = 2000
type Named = tuple[int | None, str]
"""Who did something there: their number, or only a name, or neither."""


def bring_users(job: Job) -> None:
    """Make people of the file's users, and members of the space."""
    in_batches_ahead(job.records(User), tuple, lambda batch: _keep(job, batch))


def _keep(job: Job, batch: Sequence[User]) -> None:
    job.report.found("users", len(batch))
    users, twice = once(batch, lambda user: user.number)
    job.report.left_out("users", HERE_TWICE, twice)
    here = known(job.site, [_user(user.number) for user in users], "person")
    waiting = known(job.site, [_stand_in(user.number) for user in users], "person")
    for user in users:
        if _stand_in(user.number) in waiting:
            _show_face(job, user, waiting[_stand_in(user.number)])
    if waiting:
        job.report.made["names, for people who were known by number alone before"] += len(waiting)
    new = [user for user in users if _user(user.number) not in here]
    again = sum(1 for person_id in here.values() if person_id > job.newest_person)
    job.report.left_out("users", HERE_TWICE, again)
    names = {_user(user.number): user.name for user in users if user.number != COMMUNITY}
    renamed = rename_people(job.site, names, by=job.space.owner_id, newest=job.newest_person)
    job.report.updated("users", renamed)
    job.report.known("users", len(users) - len(new) - again - renamed)
    accounts = known(NETWORK, [_account(user.account) for user in new if user.account], "person")
    strangers = {user.account or -10 - n: user for n, user in enumerate(new) if _account(user.account) not in accounts}
    made = _make(job, list(strangers.values()))
    accounts |= {_account(user.account): made[user.number] for user in strangers.values() if user.account}
    people = {user.number: made.get(user.number) or accounts[_account(user.account)] for user in new}
    remember(job.site, "person", ((_user(number), person_id) for number, person_id in people.items()))
    _add_to_known((user, people[user.number]) for user in new if user.number not in made)
    join_many(job.space, [(people[user.number], user.made_at) for user in new if user.number != COMMUNITY])
    job.report.loaded("users", len(new))


def _make(job: Job, users: Sequence[User]) -> dict[int, int]:
    """Make people nobody here knows yet, and remember their accounts. Returns user number → person id."""
    handles = free_handles(job.site, [(user.name, user.number) for user in users])
    newcomers = [_newcomer(user, handles[user.number]) for user in users]
    made = dict(zip([user.number for user in users], add_people(newcomers), strict=True))
    remember(NETWORK, "person", ((_account(user.account), made[user.number]) for user in users if user.account))
    return made


def _newcomer(user: User, handle: str) -> Newcomer:
    if user.number == COMMUNITY:
        return Newcomer(handle, COMMUNITY_NAME, user.made_at, COMMUNITY_ABOUT, is_active=False)
    return Newcomer(handle, clean_line(user.name) or f"User {user.number}", user.made_at, _about(user))


def _about(user: User) -> str:
    return excerpt(markdown.plain(markdown.clean(user.about)), LONGEST_ABOUT) if user.about else ""


def _add_to_known(users: Iterable[tuple[User, int]]) -> None:
    """Add what a second site says: an earlier beginning, and words about themselves where there were none."""
    for user, person_id in users:
        if user.number == COMMUNITY:
            continue
        found = Person.objects.filter(pk=person_id, is_imported=True)
        found.filter(joined_at__gt=user.made_at).update(joined_at=user.made_at)
        if user.about:
            found.filter(about="").update(about=_about(user))


def _show_face(job: Job, user: User, person_id: int) -> None:
    """Give the name to somebody who was known by number alone, from a dump without users."""
    Person.objects.filter(pk=person_id).update(
        name=clean_line(user.name)[:120], about=_about(user), is_active=True, joined_at=user.made_at
    )
    run("update spaces_space set name = %(name)s where owner_id = %(id)s and purpose = 'wall'",
        name=clean_line(user.name)[:80], id=person_id)  # fmt: skip
    run("delete from importing_counterpart where source = %(site)s and name = %(name)s",
        site=job.site, name=_stand_in(user.number))  # fmt: skip
    join_many(job.space, [(person_id, user.made_at)])


def authors(job: Job, who: Mapping[Named, datetime]) -> dict[Named, int]:
    """Return who did something → the person they are here, a named stand-in made where the users do not tell.

    who: with the earliest time something of theirs is known. Cost: one query, and three statements for new stand-ins.
    """
    names = {each: _name_of(each) for each in who}
    here = known(job.site, list(set(names.values())), "person")
    missing: dict[str, Named] = {}
    for each, name in names.items():
        if name not in here:
            missing.setdefault(name, each)
    if missing:
        here |= _stand_ins(job, missing, who)
    return {each: here[name] for each, name in names.items()}


def _stand_ins(job: Job, missing: Mapping[str, Named], who: Mapping[Named, datetime]) -> dict[str, int]:
    community = known(NETWORK, [_account(COMMUNITY)], "person")
    people = {_user(COMMUNITY): community[_account(COMMUNITY)]} if community and _user(COMMUNITY) in missing else {}
    new = {name: each for name, each in missing.items() if name not in people}
    shown = {name: _shown(job.site, each) for name, each in new.items()}
    handles = free_handles(job.site, [(shown[name], index) for index, name in enumerate(new)])
    newcomers = [
        Newcomer(handles[index], shown[name], who[each], _why(job.site, each), is_active=False)
        for index, (name, each) in enumerate(new.items())
    ]
    made = dict(zip(new, add_people(newcomers), strict=True))
    people |= made
    remember(job.site, "person", people.items())
    numbered = [(_stand_in(each[0]), made[name]) for name, each in new.items() if each[0] not in (None, COMMUNITY)]
    remember(job.site, "person", numbered)
    if _user(COMMUNITY) in made:
        remember(NETWORK, "person", [(_account(COMMUNITY), made[_user(COMMUNITY)])])
    job.report.made["people known only by a name or number, who cannot sign in"] += len(made)
    return people


def community(site: str) -> Person:
    """Return the person who stands for the sites themselves, made if need be."""
    found = known(NETWORK, [_account(COMMUNITY)], "person")
    if not found:
        handle = free_handles(site, [(COMMUNITY_NAME, COMMUNITY)])[COMMUNITY]
        newcomer = Newcomer(handle, COMMUNITY_NAME, timezone.now(), COMMUNITY_ABOUT, is_active=False)
        found = {_account(COMMUNITY): add_people([newcomer])[0]}
        remember(NETWORK, "person", found.items())
    return Person.objects.get(pk=found[_account(COMMUNITY)])


def _name_of(who: Named) -> str:
    number, name = who
    return _user(number) if number is not None else f"name/{clean_line(name)[:120]}"


def _shown(site: str, who: Named) -> str:
    number, name = who[0], clean_line(who[1])[:120]
    if number == COMMUNITY:
        return COMMUNITY_NAME
    if name:
        return name
    return f"Former member of {site}" if number is None else f"Member {number} of {site}"


def _why(site: str, who: Named) -> str:
    if who[0] == COMMUNITY:
        return COMMUNITY_ABOUT
    return (
        f"A former member of {site}." if who[0] is None else f"{site} came without its users: a number is all we know."
    )


def _user(number: int | None) -> str:
    return f"user/{number}"


def _account(account: int | None) -> str:
    return f"account/{account}"


def _stand_in(number: int | None) -> str:
    return f"stand-in/{number}"
