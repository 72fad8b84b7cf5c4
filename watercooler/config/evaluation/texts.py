"""Texts put into a throw-away database as items, for search to find."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime
from html import escape
from typing import TYPE_CHECKING, Any

from watercooler.config.evaluation.judged import Collection
from watercooler.config.evaluation.related import Community

if TYPE_CHECKING:
    from watercooler.foundation.base.viewer import Viewer

CHUNK = 500
LONGEST_TITLE = 200


class Loader:
    """Puts texts into the installation as one person's items in one open space, and remembers their ids by name."""

    def __init__(self) -> None:
        from watercooler.spine.people.models import Organisation
        from watercooler.spine.spaces.acts import make_space
        from watercooler.spine.spaces.newcomers import add_person
        from watercooler.spine.spaces.viewer import build

        Organisation.objects.get_or_create(id=1, defaults={"name": "Evaluation"})
        self._person = add_person(handle="reader", name="Reader", joined_at=datetime.now(UTC))
        self.viewer: Viewer = build(self._person.pk)
        self._space = make_space(self.viewer, name="Texts", objective="To be found.")
        self._topics: dict[str, int] = {}
        self._next = 1_000
        self.item_ids: dict[str, int] = {}

    def community(self, prefix: str, community: Community) -> None:
        """Load questions with answers and comments; a question's id is known by prefix and name."""
        made: list[Any] = []
        for question in community.questions.values():
            solved = any(answer.name == question.accepted for answer in question.answers)
            root = self._item(question.kind, question.title, question.html, at=question.at, score=question.score)
            root.topic_ids = [self._topic(name) for name in question.topics]
            root.card = {"solved": solved}
            posts = {question.name: root}
            made.append(root)
            for answer in question.answers:
                item = self._item("answer", "", answer.html, at=answer.at, score=answer.score, below=(root, root))
                posts[answer.name] = item
                made.append(item)
                if answer.name == question.accepted:
                    root.card["accepted"] = {"id": item.id}
            made += [
                self._item("comment", "", said.html, at=said.at, score=said.score, below=(posts[said.parent], root))
                for said in question.comments
                if said.parent in posts
            ]
            self.item_ids[prefix + question.name] = root.id
        self._keep(made)

    def collection(self, prefix: str, collection: Collection) -> None:
        """Load documents as articles."""
        made = []
        for name, document in collection.documents.items():
            is_short = len(document.title) <= LONGEST_TITLE
            text = document.text if is_short else f"{document.title}\n{document.text}"
            item = self._item("article", document.title if is_short else "", escape(text), at="2020-01-01")
            self.item_ids[prefix + name] = item.id
            made.append(item)
        self._keep(made)

    def _item(self, kind: str, title: str, html: str, *, at: str, score: int = 0, below: Any = None) -> Any:
        from watercooler.foundation.base.text import excerpt
        from watercooler.spine.content.models import Item

        when = datetime.fromisoformat(at).replace(tzinfo=UTC)
        self._next += 1
        parent, root = below or (None, None)
        html = html.replace("\x00", "")
        return Item(
            id=self._next, kind=kind, title=title[:LONGEST_TITLE], safe_html=html, source="", author=self._person,
            excerpt=excerpt(html)[:300], space=self._space, audience=self._space.audience, parent=parent, root=root,
            helped_count=max(score, 0), made_at=when, published_at=when, active_at=when, card={},
        )  # fmt: skip

    def _topic(self, name: str) -> int:
        from watercooler.spine.content.models import Topic

        if name not in self._topics:
            self._topics[name] = Topic.objects.get_or_create(slug=name[:60], defaults={"name": name[:60]})[0].pk
        return self._topics[name]

    def _keep(self, items: Iterable[Any]) -> None:
        from watercooler.projections.search.entries import write
        from watercooler.spine.content.models import Item

        made = list(items)
        for start in range(0, len(made), CHUNK):
            Item.objects.bulk_create(made[start : start + CHUNK])
        for start in range(0, len(made), CHUNK):
            write([item.pk for item in made[start : start + CHUNK]])

    def finish(self) -> None:
        """Count words, and tell the planner what is there."""
        from django.db import connection

        from watercooler.projections.search.statistics import count_words

        count_words()
        with connection.cursor() as cursor:
            cursor.execute("vacuum analyze")
