"""Who may be the right mentor for somebody, best first, each with the reasons and the evidence for them.

Nothing here is learnt or hidden: every part of the order is a sentence that the person reads beside the name. What
somebody wrote and answered (the experts projection) counts most, then what they say they can help with; then language,
rhythm, place and how busy they are. docs/mentoring.md says the same in words.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from watercooler.foundation.base.viewer import Viewer
from watercooler.foundation.database import hot
from watercooler.places.mentoring.models import OPEN, Rhythm, Way
from watercooler.projections.experts.asking import storable
from watercooler.projections.experts.ranking import Ranked, rank
from watercooler.projections.experts.reads import Evidence, asked_in, shown

MOST_WISHES = 5
MOST_RANKED = 200
"""How many who know are looked through for mentors, for each wish."""
MOST = 20
SHOWN_PROOFS = 2

KNOWN, OFFERED = 3.0, 2.0
"""What a wish is worth that somebody's answers speak for, and one that they say they can help with, at most."""
TONGUE, NO_TONGUE = 0.5, -2.0
SAME_SITE, NEAR_CLOCK, FAR_CLOCK = 0.5, 0.0, -1.0
SAME_RHYTHM, SAME_WAY, NO_WAY = 0.5, 0.25, -1.0
BUSY = -0.25
"""For each person they mentor already, and each request that waits for them."""
MOST_HOURS_APART = 3

CANDIDATES = """
select p.id, p.name, p.handle, p.photo, p.job, m.helps_with, m.note, m.ways, m.rhythm,
       case when cardinality(m.languages) > 0 then m.languages else p.languages end,
       m.places::int, m.taken::int, m.free_from, p.site_id, coalesce(site.town, site.name, ''),
       coalesce(site.time_zone, ''),
       (select count(*)::int from mentoring_mentoring w where w.mentor_id = p.id and w.state = 'asked')
from mentoring_mentorprofile m
join people_person p on p.id = m.person_id and p.is_active and p.role >= 20
    and (p.ends_on is null or p.ends_on >= %(today)s)
left join people_site site on site.id = p.site_id
join people_person me on me.id = %(me)s
where m.taken < m.places and (not m.is_paused or m.paused_until <= %(today)s) and p.id <> me.id
  and (%(with_own_line)s or (p.id is distinct from me.manager_id and p.manager_id is distinct from me.id))
  and not exists (select from mentoring_mentoring w
                  where w.state = any(%(open)s) and w.mentor_id = p.id and w.mentee_id = me.id)
order by p.name, p.id limit 2000
"""
STEMS = """
select word, coalesce((select array_agg(lexeme) from unnest(to_tsvector('watercooler', word))), '{}')
from unnest(%(words)s::text[]) word
"""
ME = """
select p.site_id, coalesce(site.time_zone, ''), p.languages, p.wants_to_learn
from people_person p left join people_site site on site.id = p.site_id where p.id = %(me)s
"""


@dataclass(frozen=True, slots=True)
class Wanted:
    """What somebody looks for: the words to learn, and how they like to work."""

    wants: tuple[str, ...]
    languages: tuple[str, ...] = ()
    ways: tuple[str, ...] = ()
    rhythm: str = ""
    with_own_line: bool = False


@dataclass(frozen=True, slots=True)
class Candidate:
    """A mentor with a place free. waiting: how many requests wait for their answer."""

    id: int
    name: str
    handle: str
    photo: str
    job: str
    helps_with: list[str]
    note: str
    ways: list[str]
    rhythm: str
    languages: list[str]
    places: int
    taken: int
    free_from: date | None
    site_id: int | None
    town: str
    time_zone: str
    waiting: int

    @property
    def free(self) -> int:
        return self.places - self.taken

    @property
    def first_name(self) -> str:
        return self.name.split(" ")[0]


@dataclass(frozen=True, slots=True)
class Reason:
    """One sentence for or against, what it is worth, and what shows it."""

    sentence: str
    worth: float
    evidence: list[Evidence] = field(default_factory=list)
    wish: str = ""

    @property
    def is_for(self) -> bool:
        return self.worth >= 0


@dataclass(frozen=True, slots=True)
class Match:
    """A mentor for one person, with everything that put them at this place of the list."""

    mentor: Candidate
    reasons: list[Reason]

    @property
    def score(self) -> float:
        return sum(reason.worth for reason in self.reasons)

    @property
    def good(self) -> list[Reason]:
        return [reason for reason in self.reasons if reason.is_for]

    @property
    def less_good(self) -> list[Reason]:
        return [reason for reason in self.reasons if not reason.is_for]


@dataclass(frozen=True, slots=True)
class Seeker:
    """The one who looks: where they are, and what they speak."""

    site_id: int | None
    time_zone: str
    languages: list[str]
    wants: list[str]


def seeker(viewer: Viewer) -> Seeker:
    """Return what the directory says of the viewer. Cost: one prepared query."""
    return Seeker(*hot.rows(ME, _row, me=viewer.person_id)[0])


def matches(viewer: Viewer, wanted: Wanted, most: int = MOST) -> list[Match]:
    """Return the mentors who fit what the viewer looks for, best first. Guests are told nobody.

    Somebody is named if their answers and pages, or what they say they help with, fit at least one wish; without a
    wish all with a place free are named, those who are least busy first. Of evidence only what the viewer may read is
    counted and shown. Cost: two prepared queries, three for each wish, and two for the evidence of those shown.
    """
    if not viewer.is_member:
        return []
    now = timezone.now()
    me = seeker(viewer)
    candidates = _candidates(viewer, wanted)
    if not candidates:
        return []
    known = _known(viewer, wanted.wants, {one.id for one in candidates}, now)
    offered = _offered(wanted.wants, candidates)
    found = [
        Match(one, [*known.get(one.id, []), *offered.get(one.id, []), *_circumstances(one, me, wanted, now)])
        for one in candidates
        if not wanted.wants or one.id in known or one.id in offered
    ]
    return sorted(found, key=lambda match: (-match.score, match.mentor.name, match.mentor.id))[:most]


def _row(*columns: Any) -> tuple[Any, ...]:
    return columns


def _candidates(viewer: Viewer, wanted: Wanted) -> list[Candidate]:
    return hot.rows(
        CANDIDATES,
        Candidate,
        me=viewer.person_id,
        today=timezone.localdate(),
        with_own_line=wanted.with_own_line,
        open=[str(state.value) for state in OPEN],
    )


# What somebody's answers and pages speak for


def _known(viewer: Viewer, wants: Sequence[str], mentors: set[int], now: datetime) -> dict[int, list[Reason]]:
    reasons: dict[int, list[Reason]] = {}
    for wish in wants[:MOST_WISHES]:
        everybody = rank(viewer, asked_in(wish), now, most=MOST_RANKED)
        ranked = [one for one in everybody if one.person_id in mentors][: MOST * 2]
        best = max((one.score for one in ranked), default=0.0)
        shares = {one.person_id: one.score / best if best else 0.0 for one in ranked}
        for knower in shown(viewer, [one for one in ranked if _solid(one) >= 1], now):
            worth = KNOWN * (0.5 + 0.5 * shares[knower.person_id]) / _count(wants)
            evidence = knower.evidence[:SHOWN_PROOFS]
            said = _("%(wish)s: %(reason)s") % {"wish": wish, "reason": knower.reason}
            reasons.setdefault(knower.person_id, []).append(Reason(said, worth, evidence, wish))
    return reasons


def _solid(one: Ranked) -> float:
    """Return how much stands behind somebody; under 1 a wish met one word of theirs by chance.

    To answer a question one near answer is enough. To spend half a year with somebody it is not.
    """
    return 2 * one.accepted + max(one.alike - 1, 0) + one.helped / 3


def _count(wants: Sequence[str]) -> int:
    return max(1, min(len(wants), MOST_WISHES))


# What somebody says that they can help with

_stems: dict[str, frozenset[str]] = {}
MOST_STEMS = 20_000
"""How many words are kept with their stems; then all are looked up anew."""


def stems(words: Iterable[str]) -> dict[str, frozenset[str]]:
    """Return each word or phrase with its stems, as search finds them. Cost: one query for those never asked before."""
    wanted = {word: storable(word)[:200] for word in set(words)}
    if missing := sorted(set(wanted.values()) - _stems.keys()):
        if len(_stems) > MOST_STEMS:
            _stems.clear()
            missing = sorted(set(wanted.values()))
        # Of some phrases nothing is left, as of "IT": then the letters themselves must be the same.
        found = {plain: frozenset(lexemes or [plain.casefold()]) for plain, lexemes in _looked_up(missing)}
        _stems.update(found)
    return {word: _stems[plain] for word, plain in wanted.items()}


def _looked_up(words: list[str]) -> list[tuple[str, list[str]]]:
    return hot.rows(STEMS, _row, words=words)


def _offered(wants: Sequence[str], candidates: Sequence[Candidate]) -> dict[int, list[Reason]]:
    found = stems([*wants, *(word for one in candidates for word in one.helps_with)]) if wants else {}
    reasons: dict[int, list[Reason]] = {}
    for one in candidates:
        for wish in wants[:MOST_WISHES]:
            word, share = _nearest(wish, one.helps_with, found)
            if share >= 0.5:
                said = _("%(wish)s: they offer to help with “%(word)s”.") % {"wish": wish, "word": word}
                if word.casefold() == wish.casefold():
                    said = _("They offer to help with “%(word)s”.") % {"word": word}
                worth = OFFERED * share / _count(wants)
                reasons.setdefault(one.id, []).append(Reason(said, worth, wish=wish))
    return reasons


def _nearest(wish: str, offers: Sequence[str], found: dict[str, frozenset[str]]) -> tuple[str, float]:
    """Return the offer that holds the largest share of what is wished for, and that share."""
    wished = found[wish]
    shares = [(len(wished & found[offer]) / max(len(wished), 1), offer) for offer in offers]
    share, word = max(shares, default=(0.0, ""))
    return word, share


# How it would be to work together


def _circumstances(one: Candidate, me: Seeker, wanted: Wanted, now: datetime) -> list[Reason]:
    rules = (_tongue(one, me, wanted), _clock(one, me, now), _way(one, me, wanted), _rhythm(one, wanted), _room(one))
    return [reason for reason in rules if reason is not None]


def _tongue(one: Candidate, me: Seeker, wanted: Wanted) -> Reason | None:
    mine = list(wanted.languages) or me.languages
    if not mine or not one.languages:
        return None
    theirs = {each.casefold() for each in one.languages}
    shared = [each for each in mine if each.casefold() in theirs]
    if shared:
        return Reason(_("You both speak %(languages)s.") % {"languages": ", ".join(shared)}, TONGUE)
    return Reason(_("They speak %(languages)s.") % {"languages": ", ".join(one.languages)}, NO_TONGUE)


def _clock(one: Candidate, me: Seeker, now: datetime) -> Reason | None:
    if one.site_id is not None and one.site_id == me.site_id:
        return Reason(_("They work where you do, in %(town)s.") % {"town": one.town}, SAME_SITE)
    if not one.time_zone or not me.time_zone:
        return None
    hours = abs(_offset(one.time_zone, now) - _offset(me.time_zone, now))
    if hours > MOST_HOURS_APART:
        sentence = _("Their clock is %(hours)s hours from yours.") % {"hours": f"{hours:g}"}
        return Reason(sentence, FAR_CLOCK)
    return Reason(_("They work in %(town)s, by nearly the same clock as you.") % {"town": one.town}, NEAR_CLOCK)


def _offset(zone: str, now: datetime) -> float:
    try:
        offset = now.astimezone(ZoneInfo(zone)).utcoffset()
    except (KeyError, ValueError, OSError):
        return 0.0
    return offset.total_seconds() / 3600 if offset else 0.0


def _way(one: Candidate, me: Seeker, wanted: Wanted) -> Reason | None:
    if not wanted.ways or not one.ways:
        return None
    shared = [way for way in wanted.ways if way in one.ways]
    if shared == [Way.IN_PERSON.value] and (one.site_id is None or one.site_id != me.site_id):
        return Reason(_("You would like to meet in person, and they work elsewhere."), NO_WAY)
    if not shared:
        return Reason(_("They prefer another way to meet: %(way)s.") % {"way": ways_inside(one.ways)}, NO_WAY)
    return Reason(_("You both like to meet this way: %(way)s.") % {"way": ways_inside(shared)}, SAME_WAY)


def ways_said(ways: Iterable[str]) -> str:
    """Return ways to meet as they begin a sentence."""
    words = _ways(ways)
    return ", ".join([*words[:1], *map(_small, words[1:])])


def ways_inside(ways: Iterable[str]) -> str:
    """Return ways to meet as they stand within a sentence."""
    return ", ".join(map(_small, _ways(ways)))


def _ways(ways: Iterable[str]) -> list[str]:
    return [str(Way(way).label) for way in ways if way in Way.values]


def _small(word: str) -> str:
    return word[:1].lower() + word[1:]


def _rhythm(one: Candidate, wanted: Wanted) -> Reason | None:
    if not wanted.rhythm or wanted.rhythm != one.rhythm:
        return None
    return Reason(_("You would both meet this often: %(rhythm)s.") % {"rhythm": Rhythm(one.rhythm).label}, SAME_RHYTHM)


def _room(one: Candidate) -> Reason | None:
    """Say how busy they are. Who has no mentee yet, and no request waiting, stands before who has three."""
    busy = one.taken + one.waiting
    if not busy:
        return None
    parts = []
    if one.taken:
        parts.append(ngettext("%(count)s mentee", "%(count)s mentees", one.taken) % {"count": one.taken})
    if one.waiting:
        parts.append(ngettext("%(count)s request", "%(count)s requests", one.waiting) % {"count": one.waiting})
    return Reason(_("They have %(what)s already.") % {"what": ", ".join(parts)}, BUSY * busy)
