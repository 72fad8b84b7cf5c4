"""What must be true of an invented organisation. Each rule that is broken raises one Mistake, in words."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from pathlib import Path

from watercooler.demo.cast import FLAG_REASONS, HOME, REACTIONS, TOP_KINDS, Item, Mistake, Organisation, Person, Space

# Times told as "so long ago" and times told by the clock keep their order at every hour if they keep it at both ends.
_EDGES = (datetime(2026, 3, 10, 0, 1, tzinfo=HOME), datetime(2026, 3, 10, 23, 59, tzinfo=HOME))


def references(organisation: Organisation) -> None:
    """Check that every name in the files leads somewhere."""
    for person in organisation.people.values():
        _person_references(organisation, person)
    for space in organisation.spaces.values():
        _space_references(organisation, space)
    for item in organisation.items.values():
        _item_references(organisation, item)
    for _role, handle in organisation.sign_ins:
        _lead("organisation.toml, sign_ins", "person", handle, organisation.people)
    for unit in organisation.units.values():
        if unit.parent:
            _lead(f"organisation.toml, {unit.key}", "unit", unit.parent, organisation.units)


def sense(organisation: Organisation, folder: Path) -> None:
    """Check what the facts mean together: who manages whom, who could have read what, and what came first."""
    _reporting_line(organisation.people)
    _space_tree(organisation)
    _topic_words(organisation)
    for space in organisation.spaces.values():
        for pin in space.pinned:
            if organisation.items[pin.item].space != space.slug:
                raise Mistake(f"spaces.toml, {space.slug}: pins “{pin.item}”, which stands in another space.")
    for item in organisation.items.values():
        _readers(organisation, item)
        _order(organisation, item)
        _thread(organisation, item)
        for picture in item.pictures:
            if not (folder / "pictures" / picture.file).exists():
                raise Mistake(f"{item.source}: there is no picture {picture.file}.")


def was_there(organisation: Organisation, handle: str, item: Item) -> bool:
    """Say whether somebody could read the item and had joined before it was written."""
    joined = organisation.people[handle].joined_at
    return organisation.may_read(handle, item) and all(joined(now) <= item.at.before(now) for now in _EDGES)


def _lead(where: str, what: str, name: str, known: Iterable[str]) -> None:
    if name not in known:
        raise Mistake(f"{where}: there is no {what} “{name}”.")


def _person_references(organisation: Organisation, person: Person) -> None:
    where = f"people.toml, {person.handle}"
    _lead(where, "site", person.site, organisation.sites)
    if person.unit:
        _lead(where, "unit", person.unit, organisation.units)
    for handle in filter(None, (person.manager, person.sponsor, *person.follows)):
        _lead(where, "person", handle, organisation.people)
    for topic in person.topics:
        _lead(where, "topic", topic, organisation.topics)
    _lead(where, "role", person.role, ("guest", "member", "lead", "administrator"))
    if person.is_guest and not (person.sponsor and person.ends_in_days):
        raise Mistake(f"{where}: a guest needs a sponsor and an end.")


def _space_references(organisation: Organisation, space: Space) -> None:
    where = f"spaces.toml, {space.slug}"
    for handle in space.members:
        _lead(where, "person", handle, organisation.people)
    if space.parent:
        _lead(where, "space", space.parent, organisation.spaces)
    for pin in space.pinned:
        _lead(where, "item", pin.item, organisation.items)
    _lead(where, "kind of access", space.access, ("open", "closed", "secret"))


def _item_references(organisation: Organisation, item: Item) -> None:
    named = {*item.writers(), *item.readers(), *item.mentions, *filter(None, (item.wall,))}
    handles = sorted(handle for handle in named if not handle.startswith("+"))
    for handle in handles:
        _lead(item.source, "person", handle, organisation.people)
    for topic in item.topics:
        _lead(item.source, "topic", topic, organisation.topics)
    for reaction, _handle in item.reactions:
        _lead(item.source, "reaction", reaction, REACTIONS)
    for flag in item.flags:
        _lead(item.source, "reason to flag", flag.reason, FLAG_REASONS)
    for slug in filter(None, (item.space, *(row.to_space for row in item.recommended))):
        _lead(item.source, "space", slug, organisation.spaces)


def _reporting_line(people: Mapping[str, Person]) -> None:
    tops = [p.handle for p in people.values() if not p.manager and not p.is_guest]
    if len(tops) != 1:
        raise Mistake(
            f"people.toml: one person has no manager, the head of all; here it is {', '.join(tops) or 'nobody'}."
        )
    for person in people.values():
        seen = [person.handle]
        while manager := people[seen[-1]].manager:
            if manager in seen:
                raise Mistake(
                    f"people.toml, {person.handle}: the reporting line goes round: {' → '.join([*seen, manager])}."
                )
            seen.append(manager)


def _space_tree(organisation: Organisation) -> None:
    for space in organisation.spaces.values():
        above, steps = space.parent, 0
        while above:
            above, steps = organisation.spaces[above].parent, steps + 1
            if steps > len(organisation.spaces):
                raise Mistake(f"spaces.toml, {space.slug}: is inside itself.")
        if space.parent and organisation.spaces[space.parent].made_days_ago < space.made_days_ago:
            raise Mistake(f"spaces.toml, {space.slug}: is older than “{space.parent}”, which it is part of.")


def _topic_words(organisation: Organisation) -> None:
    taken: dict[str, str] = {}
    for topic in organisation.topics.values():
        for word in (topic.name, *topic.synonyms):
            if taken.setdefault(word.lower(), topic.slug) != topic.slug:
                raise Mistake(f"topics.toml, {topic.slug}: “{word}” already leads to “{taken[word.lower()]}”.")


def _readers(organisation: Organisation, item: Item) -> None:
    for handle in sorted(item.writers() | item.readers()):
        if not organisation.may_read(handle, item):
            raise Mistake(f"{item.source}: {handle} could not have seen it.")
    if item.space and not item.is_draft and item.author not in organisation.spaces[item.space].members:
        raise Mistake(f"{item.source}: {item.author} is not in “{item.space}”.")
    if item.author in item.helped:
        raise Mistake(f"{item.source}: one cannot be helped by oneself.")
    hosts = organisation.spaces[item.space].hosts if item.space else ()
    for check in item.checks:
        looks_after = check.by in hosts or organisation.people[check.by].role in ("lead", "administrator")
        if check.by == item.author or not looks_after:
            raise Mistake(f"{item.source}: {check.by} cannot check it.")


def _order(organisation: Organisation, item: Item) -> None:
    for now in _EDGES:
        at = item.at.before(now)
        if at < organisation.people[item.author].joined_at(now):
            raise Mistake(f"{item.source}: written before {item.author} joined.")
        if item.space and at < now - timedelta(days=organisation.spaces[item.space].made_days_ago):
            raise Mistake(f"{item.source}: written before the space “{item.space}” was made.")
        if item.parent and at <= organisation.items[item.parent].at.before(now):
            raise Mistake(f"{item.source}: comes before what it belongs to.")
        if any(check.at.before(now) <= at for check in item.checks):
            raise Mistake(f"{item.source}: checked before it was written.")
        times = [at, *(edit.at.before(now) for edit in item.edits)]
        if times != sorted(times):
            raise Mistake(f"{item.source}: its edits are not in order.")


def _thread(organisation: Organisation, item: Item) -> None:
    parent = organisation.items[item.parent] if item.parent else None
    if item.kind in TOP_KINDS and not item.title:
        raise Mistake(f"{item.source}: has no title.")
    if not item.body:
        raise Mistake(f"{item.source}: has no text.")
    if item.kind == "answer" and (parent is None or parent.kind != "question"):
        raise Mistake(f"{item.source}: an answer needs a question above it.")
    if item.is_accepted:
        others = [i for i in organisation.items.values() if i.parent == item.parent and i.is_accepted]
        if item.kind != "answer" or len(others) > 1:
            raise Mistake(f"{item.source}: one answer is accepted, and only one.")
        if parent and parent.author == item.author:
            raise Mistake(f"{item.source}: is the asker's own.")
    for text, edit in zip(item.bodies()[1:], item.edits, strict=True):
        if edit.now not in text:
            raise Mistake(f"{item.source}: the edit “{edit.note}” does not stand in the text.")
