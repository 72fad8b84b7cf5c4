"""Builds an organisation of any size by resampling real text, with zipf-like authors, topics and spaces."""

from __future__ import annotations

import bisect
import json
import math
import random
import uuid
from collections import Counter, deque
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from itertools import accumulate, islice, permutations
from typing import Any

from django.db import connection

from tests.bench.texts import Texts
from watercooler.foundation.base.text import excerpt, slugify

KINDS = [("question", 0.16), ("answer", 0.3), ("comment", 0.36), ("post", 0.13), ("article", 0.05)]
MADE = {"question": "asked", "answer": "answered", "comment": "commented", "post": "posted", "article": "wrote"}
DAYS = 900
ACTIVITY = ["uuid", "actor_id", "verb", "item_id", "space_id", "at", "detail", "is_imported"]
SEED = 20261121


@dataclass(frozen=True)
class Size:
    """How large: beyond 200,000 items people, spaces and topics grow with the square root of their number."""

    items: int

    def _grown(self, count: int) -> int:
        return round(count * math.sqrt(max(1, self.items / 200_000)))

    @property
    def people(self) -> int:
        return self._grown(5000)

    @property
    def spaces(self) -> int:
        return self._grown(300)

    @property
    def topics(self) -> int:
        return self._grown(800)


@dataclass(slots=True)
class Shape:
    """An item before it has words."""

    id: int
    kind: str
    space: int
    author: int
    parent: int | None
    root: int | None
    replies: list[int] = field(default_factory=lambda: [0, 0])
    """Comments and answers."""


class Zipf:
    """Draws 0 … n−1 with chance ∝ 1/(rank+2)^s: a few very active, many quiet."""

    def __init__(self, n: int, s: float = 0.9) -> None:
        self._sums = list(accumulate(1 / (rank + 2) ** s for rank in range(n)))

    def draw(self, chance: random.Random) -> int:
        return bisect.bisect(self._sums, chance.random() * self._sums[-1])


def _copy(table: str, columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> int:
    """Copy rows into a table. Returns how many."""
    count = 0
    with connection.cursor() as cursor, cursor.copy(f"copy {table} ({', '.join(columns)}) from stdin") as copy:
        for row in rows:
            copy.write_row(row)
            count += 1
    return count


class Builder:
    """One organisation, always the same for the same size and texts."""

    def __init__(self, size: Size, texts: Texts) -> None:
        self.size, self.texts = size, texts
        self.chance = random.Random(SEED)
        self.now = datetime.now(UTC).replace(microsecond=0)
        self.start = self.now - timedelta(days=DAYS)
        self.authors, self.spaces, self.topics = Zipf(size.people), Zipf(size.spaces, 0.7), Zipf(size.topics)
        self.closed = {n for n in range(size.spaces) if n % 8 == 5}
        self.inside: dict[int, list[int]] = {}

    def build(self) -> None:
        self._people()
        self._spaces()
        self._topics()
        self._items()
        self._marks()
        with connection.cursor() as cursor:
            for table in ("people_person", "spaces_space", "spaces_membership", "content_topic", "content_item"):
                cursor.execute(f"select setval(pg_get_serial_sequence('{table}', 'id'), (select max(id) from {table}))")
            cursor.execute("vacuum analyze")

    def _people(self) -> None:
        first = (
            "Ada",
            "Noor",
            "Tomasz",
            "Priya",
            "Siân",
            "Kwame",
            "João",
            "Mei",
            "Elena",
            "Hassan",
            "Ruth",
            "Yuki",
            "Marek",
        )
        last = "Raman", "Okafor", "Evans", "Mensah", "Silva", "Chen", "Rossi", "Khan", "Brown", "Sato", "Novák"
        jobs = ["Engineer", "Care lead", "Baker", "Store manager", "Apprentice", "Nurse", "Trainer"]
        columns = [
            *(
                "id",
                "handle",
                "name",
                "email",
                "job",
                "role",
                "is_active",
                "joined_at",
                "welcomed_at",
                "is_imported",
                "about",
            ),
            *(
                "offers",
                "wants_to_learn",
                "languages",
                "pronouns",
                "status",
                "photo",
                "language",
                "theme",
                "has_shortcuts",
            ),
            *("version", "password"),
        ]

        def rows() -> Iterator[tuple[Any, ...]]:
            for n in range(1, self.size.people + 1):
                name = f"{first[n % len(first)]} {last[(n // len(first)) % len(last)]} {n}"
                job = jobs[n % len(jobs)]
                yield (
                    *(n, f"person{n}", name, "", job, 20, True, self.start, self.start, False, ""),
                    *([], [], [], "", "", "", "en-gb", "system", True, 1, "!"),
                )

        _copy("people_person", columns, rows())

    def _spaces(self) -> None:
        columns = [
            *("id", "slug", "name", "purpose", "access", "owner_id", "tagline", "objective", "how_we_work", "rules"),
            *("rules_version", "hue", "banner", "member_count", "item_count", "question_count", "solved_count"),
            *("last_item_at", "default_level", "made_at"),
        ]
        first_wall = self.size.spaces + 1

        def rows() -> Iterator[tuple[Any, ...]]:
            for n in range(self.size.spaces):
                access = "closed" if n in self.closed else "open"
                name = self.texts.title(self.chance)[:70]
                owner = n % self.size.people + 1
                yield (n + 1, f"space-{n + 1}", name, "space", access, owner, name, "Fewer repeats.", "", "[]",
                       1, n * 37 % 360, "", 0, 0, 0, 0, self.now, "mentions", self.start)  # fmt: skip
            for n in range(1, self.size.people + 1):
                yield (first_wall + n - 1, f"~person{n}", f"Person {n}", "wall", "open", n, "", "", "", "[]",
                       1, 0, "", 0, 0, 0, 0, None, "mentions", self.start)  # fmt: skip

        _copy("spaces_space", columns, rows())
        members = {(n % self.size.people + 1, n + 1): "host" for n in range(self.size.spaces)}
        for person in range(1, self.size.people + 1):
            for _ in range(self.chance.randint(3, 9)):
                members.setdefault((person, self.spaces.draw(self.chance) + 1), "member")
        for person, space in members:
            self.inside.setdefault(space, []).append(person)
        columns = ["space_id", "person_id", "standing", "level", "rules_version", "note", "since"]
        _copy(
            "spaces_membership",
            columns,
            ((space, person, standing, "", 1, "", self.start) for (person, space), standing in members.items()),
        )

    def _topics(self) -> None:
        names = list(dict.fromkeys(self.texts.tags))
        names += [f"{a}-{b}" for a, b in islice(permutations(names, 2), max(0, self.size.topics - len(names)))]
        slugs = {slugify(name)[:60]: name[:60] for name in names[: self.size.topics]}
        rows = ((n, slug, name, "", 0, 0) for n, (slug, name) in enumerate(slugs.items(), 1))
        _copy("content_topic", ["id", "slug", "name", "about", "item_count", "follower_count"], rows)
        self.topics = Zipf(len(slugs))

    def _items(self) -> None:
        """Write items in the order of time, each with its activity; replies go to something lately alive.

        Their shape is drawn first and kept small, 60 bytes an item; their words are drawn as they are written.
        """
        self.items = list(self._shapes())
        self._count_replies()
        self.helped = self._draw_helped()
        columns = [
            *("id", "kind", "space_id", "audience", "author_id", "parent_id", "root_id", "state", "title", "source"),
            *("safe_html", "excerpt", "renderer", "is_imported", "made_at", "published_at", "active_at", "revision"),
            *("version", "helped_count", "comment_count", "answer_count", "share_count", "rating_count", "reactions"),
            *("topic_ids", "card"),
        ]
        _copy("content_item", columns, map(self._row, self.items))
        _copy("questions_question", ["item_id"], ((i.id,) for i in self.items if i.kind == "question"))
        _copy("activity_activity", ACTIVITY, map(self._made, self.items))

    def _at(self, item: Shape) -> datetime:
        return self.start + timedelta(days=DAYS) / self.size.items * item.id

    def _made(self, item: Shape) -> tuple[Any, ...]:
        detail = json.dumps({"mentions": [], "kind": item.kind, "revision": 1})
        return (*self._uuid(), item.author, MADE[item.kind], item.id, item.space, self._at(item), detail, False)

    def _uuid(self) -> tuple[uuid.UUID]:
        return (uuid.UUID(int=self.chance.getrandbits(128)),)

    def _shapes(self) -> Iterator[Shape]:
        tops: deque[Shape] = deque(maxlen=400)
        answers: deque[Shape] = deque(maxlen=400)
        names, weights = zip(*KINDS, strict=True)
        for n in range(1, self.size.items + 1):
            kind = self.chance.choices(names, weights)[0] if n > 20 else "question"
            parent = self._replied_to(kind, tops, answers)
            space = parent.space if parent else self.spaces.draw(self.chance) + 1
            insiders = self.inside.get(space) or [1]
            author = insiders[self.authors.draw(self.chance) % len(insiders)]
            item = Shape(
                n, kind, space, author, parent.id if parent else None, parent.root or parent.id if parent else None
            )
            yield item
            if parent is None:
                tops.append(item)
            elif kind == "answer":
                answers.append(item)

    def _replied_to(self, kind: str, tops: deque[Shape], answers: deque[Shape]) -> Shape | None:
        if kind == "answer":
            return self._late([top for top in tops if top.kind == "question"])
        if kind == "comment":
            return self._late(answers if answers and self.chance.random() < 0.5 else tops)
        return None

    def _late(self, among: Sequence[Shape]) -> Shape:
        """Return one of the latest, the very last most likely."""
        return among[-1 - min(len(among) - 1, int(self.chance.expovariate(0.02)))]

    def _count_replies(self) -> None:
        for item in self.items:
            if item.parent:
                self.items[item.parent - 1].replies[item.kind == "answer"] += 1

    def _row(self, item: Shape) -> list[Any]:
        is_top = item.parent is None
        title = self.texts.title(self.chance) if item.kind in {"question", "article"} else ""
        most = {"article": 12, "answer": 4, "question": 4, "post": 1}.get(item.kind, 1)
        comment = self.chance.choice(self.texts.comments) if item.kind == "comment" else ""
        source = comment or self.texts.body(self.chance, most)
        safe = "".join(f"<p>{p.replace('&', '&amp;').replace('<', '&lt;')}</p>" for p in source.split("\n\n"))
        topics = list({self.topics.draw(self.chance) + 1 for _ in range(self.chance.randint(1, 3))}) if is_top else []
        audience = item.space if item.space - 1 in self.closed else 0
        card = json.dumps({"solved": False}) if item.kind == "question" else "{}"
        where = [item.id, item.kind, item.space, audience, item.author, item.parent, item.root]
        words = [1, title, source, safe, excerpt(source), 1, False, *[self._at(item)] * 3, 1]
        helped = self.helped_counts[item.id]
        comments, answers = item.replies
        return [*where, *words, 1 + (helped > 0), helped, comments, answers, 0, 0, "{}", topics, card]

    def _draw_helped(self) -> set[tuple[int, int]]:
        """Draw who was helped by what: one mark for two items, the late ones most."""
        count, helped = len(self.items), set()
        for _ in range(count // 2):
            item = self.items[-1 - min(count - 1, int(self.chance.expovariate(4 / count)))]
            helped.add((item.id, self.authors.draw(self.chance) + 1))
        self.helped_counts = Counter(item for item, _person in helped)
        return helped

    def _marks(self) -> None:
        """Write Helped and follows."""
        _copy("social_helped", ["item_id", "person_id", "at"], ((i, p, self.now) for i, p in self.helped))
        followed = ["level", "at", "follower_id"]
        follows = {(p, self.authors.draw(self.chance) + 1) for p in range(1, self.size.people + 1) for _ in range(3)}
        _copy("social_follow", [*followed, "person_id"], (("all", self.start, a, b) for a, b in follows if a != b))
        tops = {(p, self.topics.draw(self.chance) + 1) for p in range(1, self.size.people + 1) for _ in range(4)}
        _copy("social_follow", [*followed, "topic_id"], (("mentions", self.start, a, b) for a, b in tops))
        acts = ((*self._uuid(), p, "helped", i, self.items[i - 1].space, self.now, "{}", False) for i, p in self.helped)
        _copy("activity_activity", ACTIVITY, acts)
        with connection.cursor() as cursor:
            cursor.execute("""update spaces_space s set item_count = n, question_count = q
                from (select space_id, count(*) n,
                count(*) filter (where kind = 'question') q from content_item where parent_id is null group by 1) c
                where c.space_id = s.id""")
            cursor.execute("""update spaces_space s set member_count = n from (select space_id, count(*) n
                from spaces_membership group by 1) c where c.space_id = s.id""")
