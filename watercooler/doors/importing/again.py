"""What a later version of a source says differently of what is here already, and what people here made of it since.

Nothing is kept of what a source said before. What is here is compared with what would come in today: the same words in
the same form mean that nothing changed. Where they differ and somebody here has changed the item, theirs stays.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import Enum

from django.db import connection, transaction
from django.utils import timezone

from watercooler.doors.importing.report import Report
from watercooler.foundation.base.text import clean_line
from watercooler.spine.activity.models import Activity
from watercooler.spine.activity.record import Past, record_many
from watercooler.spine.content import markdown
from watercooler.spine.content.acts import Written, put_topics, rewrite
from watercooler.spine.content.acts.make import check_text
from watercooler.spine.content.models import Item, Revision
from watercooler.spine.content.verbs import COUNTED, EDITED, HELD, REMOVED, TAGGED
from watercooler.spine.people.models import Person
from watercooler.spine.people.verbs import CHANGED_PERSON
from watercooler.spine.spaces.models import Space
from watercooler.spine.spaces.newcomers import rename

CHANGED_HERE = "changed here since, so it stays as it is here"
_COLUMNS = (
    *("id", "kind", "space_id", "author_id", "state", "title", "source", "safe_html", "topic_ids", "helped_before"),
    *("revision", "published_at", "edited_at", "parent_id"),
)


class Became(Enum):
    """What a later version did to an item."""

    SAME = "same"
    CHANGED = "changed"
    KEPT = "kept"


@dataclass(slots=True)
class Later:
    """A batch of items that are here, with how they would come in today. in_space: whose owner brings numbers up."""

    space: Space
    texts: Sequence[tuple[int, Written]]
    became: dict[int, Became] = field(default_factory=dict)

    @transaction.atomic
    def bring(self) -> dict[int, Became]:
        """Write what changed there, and return item → what became of it. Cost: four queries, three more a change."""
        ids = [item_id for item_id, _text in self.texts]
        items = Item.objects.only(*_COLUMNS).in_bulk(ids)
        self.became = dict.fromkeys(ids, Became.SAME)
        self._words([(items[n], text) for n, text in self.texts if n in items])
        self._topics([(items[n], text) for n, text in self.texts if n in items])
        self._numbers([(items[n], text) for n, text in self.texts if n in items])
        return self.became

    def _words(self, texts: Sequence[tuple[Item, Written]]) -> None:
        other = [(item, text) for item, text in texts if _says_otherwise(item, text)]
        if not other:
            return
        ids = [item.pk for item, _text in other]
        theirs = touched_here(ids, [EDITED.name, REMOVED.name, HELD.name])
        earlier = Revision.objects.filter(item_id__in=theirs).values_list("item_id", "title", "source")
        said = {(item_id, title, source) for item_id, title, source in earlier}
        for item, text in other:
            title, source = check_text(item.kind_of, text.title, text.source)
            if item.pk not in theirs and item.is_live:
                _rewrite(item, text)
                self.became[item.pk] = Became.CHANGED
            elif (item.pk, title, source) not in said:
                self.became[item.pk] = Became.KEPT

    def _topics(self, texts: Sequence[tuple[Item, Written]]) -> None:
        other = [(item, text) for item, text in texts if item.parent_id is None and item.is_live
                 and set(text.topics) != set(item.topic_ids)]  # fmt: skip
        if not other:
            return
        theirs = touched_here([item.pk for item, _text in other], [TAGGED.name])
        for item, text in other:
            if item.pk in theirs:
                self._note(item, Became.KEPT)
            else:
                put_topics(item, text.topics, timezone.now())
                self._note(item, Became.CHANGED)

    def _numbers(self, texts: Sequence[tuple[Item, Written]]) -> None:
        other = {item.pk: text.helped for item, text in texts if text.helped != item.helped_before}
        if not other:
            return
        with connection.cursor() as cursor:
            cursor.execute(_HELPED, [list(other), list(other.values())])
        now, by = timezone.now(), self.space.owner_id
        kinds = {item.pk: item.kind for item, _text in texts}
        record_many(Past(by, COUNTED, now, n, kinds[n], None, self.space.pk) for n in other)
        for item, _text in texts:
            if item.pk in other:
                self._note(item, Became.CHANGED)

    def _note(self, item: Item, became: Became) -> None:
        if self.became[item.pk] is not Became.CHANGED:
            self.became[item.pk] = became


_HELPED = """
update content_item i set helped_count = greatest(i.helped_count + n.helped - i.helped_before, 0),
    helped_before = n.helped, version = i.version + 1
from unnest(%s::bigint[], %s::int[]) n (id, helped) where i.id = n.id
"""


def _says_otherwise(item: Item, text: Written) -> bool:
    title, source = check_text(item.kind_of, text.title, text.source)
    if title != item.title:
        return True
    if source == item.source:
        return False
    # The same page may come with the source of its words once, and without another time.
    return not text.html or (text.shown or markdown.taken_over(text.html)).html != item.safe_html


def _rewrite(item: Item, text: Written) -> None:
    last = text.earlier[-1] if text.earlier else None
    at = last.at if last else text.edited_at or timezone.now()
    by = last.author_id if last else text.author_id
    rewrite(by, item, title=text.title, source=text.source, html=text.html, at=at, note=last.note if last else "")


def touched_here(items: Collection[int], verbs: Collection[str]) -> set[int]:
    """Return those of these items to which somebody here did one of these things. Cost: one query."""
    acts = Activity.objects.filter(item_id__in=items, verb__in=verbs, is_imported=False)
    return set(acts.values_list("item_id", flat=True))


def tell(report: Report, kind: str, became: Iterable[Became]) -> None:
    """Count what became of items in the report."""
    for each in became:
        if each is Became.CHANGED:
            report.updated(kind)
        elif each is Became.KEPT:
            report.left_out(kind, CHANGED_HERE)
        else:
            report.known(kind)


_FIRST_NAMED = """
select distinct on (c.person_id) c.name, c.source, c.person_id from importing_counterpart c
where c.person_id in (select o.person_id from importing_counterpart o where o.source = %s and o.name = any(%s))
  and c.name like 'user/%%' order by c.person_id, c.id
"""


def rename_people(source: str, names: Mapping[str, str], *, by: int, newest: int) -> int:
    """Give people the names they have now, and return how many have another one.

    names: counterpart → name. by: in whose name it is done. newest: the newest person when the run began. Left alone:
    who has signed in or was renamed here, and what another source said first. Cost: one query, five a change.
    """
    with connection.cursor() as cursor:
        cursor.execute(_FIRST_NAMED, [source, list(names)])
        first = {person_id: name for name, where, person_id in cursor.fetchall() if where == source and name in names}
    wanted = {person_id: clean_line(names[name])[:120] for person_id, name in first.items()}
    guests = Person.objects.filter(pk__in=wanted, pk__lte=newest, is_imported=True, last_login=None)
    other = [person for person in guests if wanted[person.pk] and person.name != wanted[person.pk]]
    renamed = Activity.objects.filter(person__in=other, verb=CHANGED_PERSON.name, is_imported=False)
    here = set(renamed.filter(detail__fields__contains=["name"]).values_list("person_id", flat=True))
    for person in other:
        if person.pk not in here:
            rename(person, wanted[person.pk], by=by, at=timezone.now())
    return sum(1 for person in other if person.pk not in here)
