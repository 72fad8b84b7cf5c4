"""Builds an organisation of any size by resampling real text, with zipf-like authors, topics and spaces."""

from __future__ import annotations

import bisect
import json
import random
import uuid
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import accumulate
from typing import Any

from django.db import connection

from tests.bench.texts import Texts
from watercooler.foundation.base.text import excerpt, slugify

KINDS = [("question", 0.16), ("answer", 0.3), ("comment", 0.36), ("post", 0.13), ("article", 0.05)]
MADE = {"question": "asked", "answer": "answered", "comment": "commented", "post": "posted", "article": "wrote"}
DAYS = 900
SEED = 20261121


@dataclass(frozen=True)
class Size:
    """How large: people and spaces grow with the square root of items beyond the first 20,000."""

    items: int

    @property
    def people(self) -> int:
        return 5000

    @property
    def spaces(self) -> int:
        return 300

    @property
    def topics(self) -> int:
        return 800


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
        first = [
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
        ]
        last = [
            "Raman",
            "Okafor",
            "Zieliński",
            "Evans",
            "Mensah",
            "Silva",
            "Chen",
            "Rossi",
            "Khan",
            "Brown",
            "Sato",
            "Novák",
        ]
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
        names += [f"{a}-{b}" for a in names for b in names[:40] if a != b][: max(0, self.size.topics - len(names))]
        rows = ((n + 1, slugify(name)[:60], name[:60], "", 0, 0) for n, name in enumerate(names[: self.size.topics]))
        _copy("content_topic", ["id", "slug", "name", "about", "item_count", "follower_count"], rows)
        self.topics = Zipf(min(len(names), self.size.topics))

    def _items(self) -> None:
        """Write items in the order of time, each with its activity; replies go to something lately alive."""
        columns = [
            *("id", "kind", "space_id", "audience", "author_id", "parent_id", "root_id", "state", "title", "source"),
            *("safe_html", "excerpt", "renderer", "is_imported", "made_at", "published_at", "active_at", "revision"),
            *("version", "helped_count", "comment_count", "answer_count", "share_count", "rating_count", "reactions"),
            *("topic_ids", "card"),
        ]
        rows = list(self._item_rows())
        replies: dict[int, list[int]] = {}
        for row in rows:
            if row[5] is not None:
                replies.setdefault(row[5], [0, 0])[row[1] == "answer"] += 1
        for row in rows:
            row[20], row[21] = replies.get(row[0], (0, 0))
        _copy("content_item", columns, rows)
        _copy("questions_question", ["item_id"], ((r[0],) for r in rows if r[1] == "question"))
        made = ((uuid.UUID(int=self.chance.getrandbits(128)), r[4], MADE[r[1]], r[0], r[2], r[14],
                 json.dumps({"mentions": [], "kind": r[1], "revision": 1}), False) for r in rows)  # fmt: skip
        _copy(
            "activity_activity",
            ["uuid", "actor_id", "verb", "item_id", "space_id", "at", "detail", "is_imported"],
            made,
        )
        self.items = [(r[0], r[2], r[1]) for r in rows]

    def _item_rows(self) -> Iterator[list[Any]]:
        tops: list[tuple[int, str, int]] = []  # id, kind, space
        answers: list[tuple[int, int, int]] = []  # id, root, space
        step = timedelta(days=DAYS) / self.size.items
        names, weights = zip(*KINDS, strict=True)
        for n in range(1, self.size.items + 1):
            at = self.start + step * n
            kind = self.chance.choices(names, weights)[0] if len(tops) > 20 else "question"
            parent = root = None
            if kind == "answer":
                recent = [t for t in tops[-400:] if t[1] == "question"]
                root, _kind, space = recent[min(len(recent) - 1, int(self.chance.expovariate(0.02)))]
                parent = root
            elif kind == "comment":
                parent, root, space = self._commented(tops, answers)
            else:
                space = self.spaces.draw(self.chance) + 1
            audience = space if space - 1 in self.closed else 0
            yield self._row(n, kind, space, audience, parent, root, at)
            if root is None:
                tops.append((n, kind, space))
            elif kind == "answer":
                answers.append((n, root, space))

    def _commented(self, tops: list[Any], answers: list[Any]) -> tuple[int, int, int]:
        if answers and self.chance.random() < 0.5:
            parent, root, space = answers[-1 - min(len(answers) - 1, int(self.chance.expovariate(0.02)))]
            return parent, root, space
        top = tops[-1 - min(len(tops) - 1, int(self.chance.expovariate(0.02)))]
        return top[0], top[0], top[2]

    def _row(self, n: int, kind: str, space: int, audience: int, parent: Any, root: Any, at: datetime) -> list[Any]:
        title = self.texts.title(self.chance) if kind in {"question", "article"} else ""
        most = {"article": 12, "answer": 4, "question": 4, "post": 1}.get(kind, 1)
        source = self.chance.choice(self.texts.comments) if kind == "comment" else self.texts.body(self.chance, most)
        safe = "".join(f"<p>{p.replace('&', '&amp;').replace('<', '&lt;')}</p>" for p in source.split("\n\n"))
        insiders = self.inside.get(space) or [1]
        author = insiders[self.authors.draw(self.chance) % len(insiders)]
        topics = (
            list({self.topics.draw(self.chance) + 1 for _ in range(self.chance.randint(1, 3))}) if root is None else []
        )
        card = json.dumps({"solved": False}) if kind == "question" else "{}"
        words = [1, title, source, safe, excerpt(source), 1, False, at, at, at, 1]
        return [n, kind, space, audience, author, parent, root, *words,
                1, 0, 0, 0, 0, 0, "{}", topics, card]  # fmt: skip

    def _marks(self) -> None:
        """Helped, saved and follows: about one mark for two items."""
        helped: set[tuple[int, int]] = set()
        for _ in range(self.size.items // 2):
            item = self.items[-1 - min(len(self.items) - 1, int(self.chance.expovariate(4 / len(self.items))))]
            helped.add((item[0], self.authors.draw(self.chance) + 1))
        _copy("social_helped", ["item_id", "person_id", "at"], ((i, p, self.now) for i, p in helped))
        followed = ["level", "at", "follower_id"]
        follows = {(p, self.authors.draw(self.chance) + 1) for p in range(1, self.size.people + 1) for _ in range(3)}
        _copy("social_follow", [*followed, "person_id"], (("all", self.start, a, b) for a, b in follows if a != b))
        tops = {(p, self.topics.draw(self.chance) + 1) for p in range(1, self.size.people + 1) for _ in range(4)}
        _copy("social_follow", [*followed, "topic_id"], (("mentions", self.start, a, b) for a, b in tops))
        spaces = {item[0]: item[1] for item in self.items}
        rows = (
            (uuid.UUID(int=self.chance.getrandbits(128)), p, "helped", i, spaces[i], self.now, "{}", False)
            for i, p in helped
        )
        _copy(
            "activity_activity",
            ["uuid", "actor_id", "verb", "item_id", "space_id", "at", "detail", "is_imported"],
            rows,
        )
        with connection.cursor() as cursor:
            cursor.execute("""update content_item i set helped_count = n, version = 2 from
                (select item_id, count(*) n from social_helped group by item_id) h where h.item_id = i.id""")
            cursor.execute("""update spaces_space s set item_count = n, question_count = q
                from (select space_id, count(*) n,
                count(*) filter (where kind = 'question') q from content_item where parent_id is null group by 1) c
                where c.space_id = s.id""")
            cursor.execute("""update spaces_space s set member_count = n from (select space_id, count(*) n
                from spaces_membership group by 1) c where c.space_id = s.id""")
