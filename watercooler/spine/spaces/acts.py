"""Opening spaces, getting in and out of them, and looking after them."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

from django.db import models, transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from watercooler.foundation.base.errors import Invalid, NotAllowed
from watercooler.foundation.base.text import clean_line, clean_text, hue, slugify
from watercooler.foundation.base.viewer import Role, Viewer
from watercooler.spine.activity.models import Activity
from watercooler.spine.activity.record import record, take_back
from watercooler.spine.people.models import Person
from watercooler.spine.spaces.models import Access, Level, Membership, Purpose, Space, Standing
from watercooler.spine.spaces.verbs import (
    ASKED_TO_JOIN,
    CHANGED_SPACE,
    CHANGED_STANDING,
    HANDED_ON,
    INVITED_TO_SPACE,
    JOINED,
    LEFT,
    LET_IN,
    MADE_SPACE,
    TURNED_AWAY,
    Joining,
    SpaceChange,
    StandingChange,
)
from watercooler.spine.spaces.viewer import forget

MOST_RULES, LONGEST_RULE = 12, 300
COME_BACK = timedelta(minutes=10)
"""How long leaving can be undone."""
RESERVED = frozenset({"new", "suggest", "mine"})


@transaction.atomic
def make_space(
    viewer: Viewer,
    *,
    name: str,
    objective: str,
    access: Access = Access.OPEN,
    parent: Space | None = None,
    slug: str = "",
    at: datetime | None = None,
    **words: Any,
) -> Space:
    """Open a space with the viewer as owner and host. `words`: tagline, how_we_work, rules, hue, banner.

    Raises NotAllowed for guests, Invalid for a missing name or objective (R106), naming the field.
    """
    if not viewer.is_member:
        raise NotAllowed(_("Guests can’t open spaces; ask your sponsor."))
    if parent is not None and not Space.objects.readable_by(viewer).filter(pk=parent.pk).exists():
        raise NotAllowed(_("You can’t open a space there."))
    now = at or timezone.now()
    name = clean_line(name)
    values = _words(name=name, objective=objective, **words)
    space = Space.objects.create(
        slug=_free_slug(slug or slugify(name, "space")),
        access=access,
        parent=parent,
        owner_id=viewer.person_id,
        made_at=now,
        **{"hue": hue(name), **values},
    )
    record(viewer, MADE_SPACE, space_id=space.pk, at=now)
    _enter(space, viewer.person_id, Standing.HOST, now)
    return space


def _free_slug(wanted: str) -> str:
    taken = set(Space.objects.filter(slug__startswith=wanted).values_list("slug", flat=True)) | RESERVED
    number, slug = 2, wanted
    while slug in taken:
        slug, number = f"{wanted[:74]}-{number}", number + 1
    return slug


def _words(**words: Any) -> dict[str, Any]:
    """Return what was written about a space, cleaned. Raises Invalid naming the field."""
    limits = {"name": 80, "tagline": 200, "objective": 600, "how_we_work": 4000}
    for field in limits.keys() & words.keys():
        text = clean_text(words[field]) if field in {"objective", "how_we_work"} else clean_line(words[field])
        if field in {"name", "objective"} and not text:
            say = _("Give the space a name.") if field == "name" else _("Say what should get better because of it.")
            raise Invalid(say, field=field)
        if len(text) > limits[field]:
            raise Invalid(_("At most %(most)s characters, please.") % {"most": limits[field]}, field=field)
        words[field] = text
    if "rules" in words:
        words["rules"] = [rule for rule in map(clean_line, words["rules"]) if rule]
        if any(len(rule) > LONGEST_RULE for rule in words["rules"]):
            raise Invalid(_("A rule has at most %(most)s characters.") % {"most": LONGEST_RULE}, field="rules")
        if len(words["rules"]) > MOST_RULES:
            raise Invalid(_("Twelve rules are more than anybody reads."), field="rules")
    return words


def make_wall(person: Person) -> Space:
    """Give a person the space that is their wall and blog (R5, R7). Called once, when the person is made."""
    wall = wall_of(person)
    wall.save(force_insert=True)
    return wall


def wall_of(person: Person) -> Space:
    """Return the wall that a new person gets, not yet saved."""
    return Space(
        slug=f"~{person.handle}",
        name=person.name[:80],
        purpose=Purpose.WALL,
        access=Access.OPEN,
        owner=person,
        made_at=person.joined_at,
    )


def _enter(space: Space, person_id: int, standing: Standing, now: datetime) -> None:
    """Put a person inside and count them once. Makes every process build their viewer anew."""
    was_inside = Membership.objects.filter(space=space, person_id=person_id, standing__in=Membership.INSIDE).exists()
    values = {"standing": standing, "since": now, "rules_version": space.rules_version}
    Membership.objects.update_or_create(space=space, person_id=person_id, defaults=values)
    if not was_inside:
        Space.objects.filter(pk=space.pk).update(member_count=F("member_count") + 1)
    forget(person_id)


def standing_of(viewer: Viewer, space: Space) -> Membership | None:
    """Return how the viewer stands to a space. Cost: one query."""
    return Membership.objects.filter(space=space, person_id=viewer.person_id).first()


@transaction.atomic
def join(viewer: Viewer, space: Space, note: str = "", at: datetime | None = None) -> Standing:
    """Get in, accepting the ground rules: at once where open or invited, else as a request. Twice changes nothing.

    Returns what the viewer now is. Raises NotAllowed for walls, archived spaces, and guests without an invitation.
    """
    now = at or timezone.now()
    mine = standing_of(viewer, space)
    if mine and mine.standing in Membership.INSIDE:
        return Standing(mine.standing)
    if space.purpose != Purpose.SPACE or space.archived_at is not None:
        raise NotAllowed(_("Nobody can join this."))
    is_invited = mine is not None and mine.standing == Standing.INVITED
    if is_invited or (space.access == Access.OPEN and viewer.is_member):
        _enter(space, viewer.person_id, Standing.MEMBER, now)
        way = "invitation" if is_invited else "open"
        record(viewer, JOINED, space_id=space.pk, detail=Joining(space.rules_version, way), at=now)
        return Standing.MEMBER
    if space.access != Access.CLOSED or not viewer.is_member:
        raise NotAllowed(_("You can come in when a host invites you."))
    defaults = {"standing": Standing.REQUESTED, "note": clean_line(note)[:300], "since": now}
    Membership.objects.update_or_create(space=space, person_id=viewer.person_id, defaults=defaults)
    record(viewer, ASKED_TO_JOIN, space_id=space.pk, at=now)
    return Standing.REQUESTED


@transaction.atomic
def leave(viewer: Viewer, space: Space) -> bool:
    """Leave, or take a request back. Returns False if one was not in. Raises NotAllowed for the owner."""
    if space.owner_id == viewer.person_id:
        raise NotAllowed(_("Name another owner first; every space needs one."))
    mine = standing_of(viewer, space)
    if mine is None:
        return False
    _remove(space, mine)
    record(viewer, LEFT, space_id=space.pk, detail=StandingChange(mine.standing))
    return True


def lately_left(viewer: Viewer, slug: str) -> Space | None:
    """Return the space of this name if the viewer left it, or took a request back, in the last ten minutes."""
    left = _leaving(viewer).filter(space__slug=slug).select_related("space__owner").first()
    return left.space if left else None


def _leaving(viewer: Viewer) -> models.QuerySet[Activity]:
    lately = timezone.now() - COME_BACK
    mine = Activity.objects.filter(actor_id=viewer.person_id, verb=LEFT.name, undoes=None, undone_by=None)
    return mine.filter(at__gt=lately).order_by("-id")


@transaction.atomic
def come_back(viewer: Viewer, space: Space) -> bool:
    """Undo having left: be again what one was. Returns False if there is nothing to undo, or too long ago."""
    last = _leaving(viewer).filter(space=space).first()
    if last is None or standing_of(viewer, space) is not None or take_back(viewer, LEFT, pk=last.pk) is None:
        return False
    was = Standing(last.detail["standing"])
    if was in Membership.INSIDE:
        _enter(space, viewer.person_id, was, timezone.now())
    else:
        Membership.objects.create(space=space, person_id=viewer.person_id, standing=was, since=timezone.now())
    return True


def _remove(space: Space, membership: Membership) -> None:
    if membership.standing in Membership.INSIDE:
        Space.objects.filter(pk=space.pk).update(member_count=F("member_count") - 1)
    membership.delete()
    forget(membership.person_id)


def _check_host(viewer: Viewer, space: Space) -> None:
    if not viewer.hosts(space.pk):
        raise NotAllowed(_("Only a host can do this."))


@transaction.atomic
def let_in(viewer: Viewer, space: Space, person: Person) -> bool:
    """Say yes to a request. Returns False if there is none. Raises NotAllowed."""
    _check_host(viewer, space)
    if not Membership.objects.filter(space=space, person=person, standing=Standing.REQUESTED).exists():
        return False
    _enter(space, person.pk, Standing.MEMBER, timezone.now())
    record(viewer, LET_IN, person_id=person.pk, space_id=space.pk, detail=StandingChange(Standing.MEMBER))
    return True


@transaction.atomic
def turn_away(viewer: Viewer, space: Space, person: Person) -> bool:
    """Say not now to a request. Returns False if there is none. Raises NotAllowed."""
    _check_host(viewer, space)
    gone, _each = Membership.objects.filter(space=space, person=person, standing=Standing.REQUESTED).delete()
    if gone:
        record(viewer, TURNED_AWAY, person_id=person.pk, space_id=space.pk)
    return bool(gone)


def may_invite(viewer: Viewer, space: Space) -> bool:
    """Say whether the viewer may invite people: insiders to open spaces, hosts to any, guests to none."""
    is_insider = viewer.is_member and space.pk in viewer.space_ids
    return viewer.hosts(space.pk) or (space.access == Access.OPEN and is_insider)


@transaction.atomic
def invite(viewer: Viewer, space: Space, people: Iterable[Person], note: str = "") -> int:
    """Invite people who are not in yet; those who asked are let in. Returns how many were invited. Raises NotAllowed.

    Insiders invite to open spaces, hosts to any, guests to none: choosing people would show them the directory.
    """
    if not may_invite(viewer, space):
        raise NotAllowed(_("Only a host can invite people here."))
    now, invited = timezone.now(), 0
    for person in people:
        values = {"standing": Standing.INVITED, "note": clean_line(note)[:300], "since": now}
        row, is_new = Membership.objects.get_or_create(space=space, person=person, defaults=values)
        if is_new:
            record(viewer, INVITED_TO_SPACE, person_id=person.pk, space_id=space.pk, at=now)
            invited += 1
        elif row.standing == Standing.REQUESTED and viewer.hosts(space.pk):
            let_in(viewer, space, person)
    return invited


@transaction.atomic
def change_standing(viewer: Viewer, space: Space, person: Person, standing: Standing | None) -> None:
    """Make an insider host or member, or send them out (None). Raises NotAllowed; the owner always stays host."""
    _check_host(viewer, space)
    if person.pk == space.owner_id:
        raise NotAllowed(_("The owner stays a host. Name another owner first."))
    mine = Membership.objects.filter(space=space, person=person, standing__in=Membership.INSIDE).first()
    if mine is None:
        raise NotAllowed(_("%(name)s is not in this space.") % {"name": person.name})
    if standing is None:
        _remove(space, mine)
    else:
        Membership.objects.filter(pk=mine.pk).update(standing=standing)
        forget(person.pk)
    detail = StandingChange(standing or "out")
    record(viewer, CHANGED_STANDING, person_id=person.pk, space_id=space.pk, detail=detail)


def may_hand_on(viewer: Viewer, space: Space) -> bool:
    """Say whether the viewer may name another owner. Cost: none where the owner was read with the space."""
    if viewer.person_id == space.owner_id or viewer.role >= Role.LEAD:
        return True
    return viewer.hosts(space.pk) and not space.owner.is_active


def heirs(viewer: Viewer, space: Space) -> models.QuerySet[Person]:
    """Return whom the viewer may hand a space on to: its hosts, or any colleague when its owner has left.

    Then learning leads and administrators may though they are no hosts: of a space whose only host has left, nobody
    else could. A secret one goes to somebody in it, if anybody is, and never to whoever hands it on unseen.
    Raises NotAllowed.
    """
    colleagues = Person.objects.filter(is_active=True)
    if space.access == Access.SECRET and space.pk not in viewer.space_ids:
        if not orphaned(viewer).filter(pk=space.pk).exists():
            raise NotAllowed(_("Only a host can do this."))
        colleagues = colleagues.exclude(role=Role.GUEST).exclude(pk=viewer.person_id)
        inside = colleagues.filter(memberships__space=space, memberships__standing__in=Membership.INSIDE)
        return inside if inside.exists() else colleagues
    if viewer.role >= Role.LEAD and not space.owner.is_active:
        return colleagues.exclude(role=Role.GUEST)
    if not viewer.hosts(space.pk):
        raise NotAllowed(_("Only a host can do this."))
    return colleagues.filter(memberships__space=space, memberships__standing=Standing.HOST)


def orphaned(viewer: Viewer) -> models.QuerySet[Space]:
    """Return the secret spaces that an administrator may hand on unseen: their owner and hosts have all left.

    Cost: none until it is read.
    """
    if not viewer.is_administrator:
        return Space.objects.none()
    hosts = Membership.objects.filter(space=models.OuterRef("pk"), standing=Standing.HOST, person__is_active=True)
    lost = Space.objects.filter(~models.Exists(hosts), access=Access.SECRET, purpose=Purpose.SPACE)
    return lost.filter(owner__is_active=False)


@transaction.atomic
def change_owner(viewer: Viewer, space: Space, person: Person) -> None:
    """Hand a space to another member, who becomes host. The owner, a learning lead or an administrator may.

    So may its hosts when the owner has left. What is done from outside is told to everybody in the space.
    """
    if not may_hand_on(viewer, space):
        raise NotAllowed(_("Only the owner can hand this space on."))
    if person.is_guest or not person.is_active:
        raise NotAllowed(_("The owner has to be a colleague."))
    _enter(space, person.pk, Standing.HOST, timezone.now())
    Space.objects.filter(pk=space.pk).update(owner=person)
    if viewer.hosts(space.pk):
        record(viewer, CHANGED_SPACE, space_id=space.pk, detail=SpaceChange(["owner"]))
    else:
        record(viewer, HANDED_ON, person_id=person.pk, space_id=space.pk)


@transaction.atomic
def change_space(viewer: Viewer, space: Space, **words: Any) -> Space:
    """Change what is written about a space; new rules are to be accepted again (R92), but not by who wrote them.

    Raises NotAllowed, Invalid.
    """
    _check_host(viewer, space)
    values = _words(**words)
    changed = {name: value for name, value in values.items() if getattr(space, name) != value}
    if not changed:
        return space
    if "rules" in changed:
        changed["rules_version"] = space.rules_version + 1
    for name, value in changed.items():
        setattr(space, name, value)
    space.save(update_fields=list(changed))
    if "rules" in changed:
        mine = Membership.objects.filter(space=space, person_id=viewer.person_id)
        mine.update(rules_version=space.rules_version)
    record(viewer, CHANGED_SPACE, space_id=space.pk, detail=SpaceChange(sorted(changed)))
    return space


@transaction.atomic
def archive(viewer: Viewer, space: Space, is_archived: bool = True) -> None:
    """Close a space for writing and take it off the directory, or open it again; its items stay. Raises NotAllowed."""
    _check_host(viewer, space)
    standing = Space.objects.filter(pk=space.pk, archived_at__isnull=is_archived)
    if standing.update(archived_at=timezone.now() if is_archived else None):
        record(viewer, CHANGED_SPACE, space_id=space.pk, detail=SpaceChange(["archived"]))


def must_accept_rules(viewer: Viewer, space: Space) -> bool:
    """Say whether the ground rules changed since the viewer, an insider, accepted them (R92). Cost: one query."""
    inside = Membership.objects.filter(space=space, person_id=viewer.person_id, standing__in=Membership.INSIDE)
    behind = inside.filter(rules_version__lt=F("space__rules_version"), space__purpose=Purpose.SPACE)
    return behind.exclude(space__rules=[]).exists()


@transaction.atomic
def accept_rules(viewer: Viewer, space: Space) -> None:
    """Accept the ground rules as they are now. Does nothing for outsiders."""
    mine = Membership.objects.filter(space=space, person_id=viewer.person_id, rules_version__lt=space.rules_version)
    if mine.update(rules_version=space.rules_version):
        record(viewer, JOINED, space_id=space.pk, detail=Joining(space.rules_version, "rules"))


def set_level(viewer: Viewer, space: Space, level: Level) -> None:
    """Say how much of a space reaches the viewer's inbox. A setting of one's own, not an act."""
    Membership.objects.filter(space=space, person_id=viewer.person_id).update(level=level)


def mark_seen(viewer: Viewer, space: Space) -> None:
    """Take the unread dot off a space in the sidebar. Not an act either."""
    Membership.objects.filter(space=space, person_id=viewer.person_id).update(seen_at=timezone.now())
