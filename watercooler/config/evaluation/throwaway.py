"""A database that exists for one evaluation: the product's own tables and queries, filled with plain records."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from watercooler.config.evaluation.organisation import Answer, Organisation, Question, Touch, moment
from watercooler.foundation.base.viewer import EVERYONE, Role, Viewer

AT_ONCE = 1000


@contextmanager
def throwaway() -> Iterator[None]:
    """Have an empty database with the product's tables as the default one; it is thrown away at the end.

    One at a time, and one after another: what the process keeps of a database is forgotten on the way in and out.
    """
    import django

    django.setup()
    from django.core.management import call_command
    from django.db import connections

    from watercooler.foundation.database import embedded

    with tempfile.TemporaryDirectory(prefix="watercooler-evaluate-", ignore_cleanup_errors=True) as name:
        folder = Path(name)
        folder.chmod(0o755)  # a server started by root runs its database as another account
        server = embedded.start(folder, embedded.FAST)
        kept = dict(connections["default"].settings_dict)
        try:
            _point_at(server.url)
            call_command("migrate", verbosity=0, interactive=False)
            yield
        finally:
            _point_at(None, kept)
            server.stop()
            embedded.remove(folder)


def _point_at(url: str | None, otherwise: dict[str, Any] | None = None) -> None:
    """Let the framework use this database, or the one described by `otherwise`."""
    from django.db import connections

    from watercooler.config.settings import database
    from watercooler.projections.search import statistics
    from watercooler.spine.spaces.viewer import kept

    connections["default"].close()
    connections["default"].settings_dict.update(database(url) if url else otherwise or {})
    statistics.forget()
    kept.clear()


@dataclass
class Loaded:
    """Numbers of what was loaded: people, topics, spaces and questions by their names in the records."""

    people: dict[str, int]
    topics: dict[str, int]
    spaces: dict[str, int]
    questions: dict[str, int]

    def __post_init__(self) -> None:
        self.names = {number: name for name, number in self.people.items()}
        self.asked = {number: name for name, number in self.questions.items()}

    def viewer(self, author: str) -> Viewer:
        """Return somebody who reads all open spaces."""
        return Viewer(person_id=self.people.get(author, 0), role=Role.MEMBER, audiences=(EVERYONE,))

    def about(self, question: Question, *, topics: bool = True, space: bool = True, body: bool = True) -> Any:
        """Return what a question asks, by its words and, as wanted, its topics and its space."""
        from watercooler.projections.experts.asking import Asked

        ids = tuple(self.topics[topic.casefold()] for topic in question.topics) if topics else ()
        within = self.spaces[question.space] if space else 0
        return Asked(question.title, question.html if body else "", ids, within)


def load(organisation: Organisation) -> Loaded:
    """Write people, spaces, topics, questions and answers in bulk, and the entries of who knows. 2,000 a second."""
    from watercooler.spine.content.models import Topic
    from watercooler.spine.people.models import Person
    from watercooler.spine.spaces.models import Space

    at = moment(0)
    touched = {touch.person for question in organisation.questions for touch in question.touches}
    names = ["", *sorted(touched | organisation.first_day.keys())]
    people = [
        Person(handle=f"p{number}", name=f"Person {number}", joined_at=at, role=Role.MEMBER)
        for number, _name in enumerate(names)
    ]
    Person.objects.bulk_create(people, AT_ONCE)
    titles = sorted({question.space for question in organisation.questions})
    spaces = [
        Space(slug=f"s{n}", name=title[:80], owner=people[0], made_at=at, purpose="space")
        for n, title in enumerate(titles)
    ]
    Space.objects.bulk_create(spaces)
    words = sorted({topic.casefold() for question in organisation.questions for topic in question.topics})
    topics = [Topic(slug=f"t{number}", name=word[:60]) for number, word in enumerate(words)]
    Topic.objects.bulk_create(topics, AT_ONCE)
    loaded = Loaded(
        people=dict(zip(names, (person.pk for person in people), strict=True)),
        topics=dict(zip(words, (topic.pk for topic in topics), strict=True)),
        spaces=dict(zip(titles, (space.pk for space in spaces), strict=True)),
        questions={},
    )
    _items(organisation, loaded)
    return loaded


ITEM = """
insert into content_item (id, kind, space_id, audience, author_id, parent_id, root_id, state, title, source, safe_html,
    excerpt, renderer, is_imported, made_at, published_at, active_at, revision, version, helped_count, comment_count,
    answer_count, share_count, rating_count, reactions, topic_ids, card)
values (%s, %s, %s, 0, %s, %s, %s, 1, %s, '', %s, '', 0, true, %s, %s, %s, 1, 1, %s, 0, 0, 0, 0, '{}', %s, '{}')
"""


def _items(organisation: Organisation, loaded: Loaded) -> None:
    """Write the rows as they are: these are no acts of people, and nobody ever reads them as pages."""
    from django.db import connection

    from watercooler.projections.experts.entries import refresh

    with connection.cursor() as cursor:
        cursor.execute("select coalesce(max(id), 0) from content_item")
        rows = list(_rows(organisation, loaded, int(cursor.fetchone()[0])))
        cursor.executemany(ITEM, rows)
        for start in range(0, len(rows), AT_ONCE):
            refresh(row[0] for row in rows[start : start + AT_ONCE])
        cursor.execute("select gin_clean_pending_list('expert_keys')")
        cursor.execute("analyze experts_entry, experts_stem, content_item, people_person")
    loaded.__post_init__()


def _rows(organisation: Organisation, loaded: Loaded, last: int) -> Iterator[tuple[Any, ...]]:
    """Yield each question or post, and then what was said to it that may be evidence, numbered on from `last`."""
    for question in organisation.questions:
        last += 1
        root = loaded.questions[question.id] = last
        space = loaded.spaces[question.space]
        topics = [loaded.topics[topic.casefold()] for topic in dict.fromkeys(question.topics)]
        kind, below = ("question", "answer") if question.is_question else ("post", "comment")
        author = loaded.people[question.author]
        yield _row(root, kind, space, author, None, question, question.title[:200], topics)
        said: list[tuple[str, Answer | Touch, str]] = [(below, answer, answer.author) for answer in question.answers]
        said += [
            ("comment", touch, touch.person) for touch in question.touches if touch.html and not question.is_question
        ]
        for each, what, who in said:
            if who:
                last += 1
                yield _row(last, each, space, loaded.people[who], root, what, "", [])


def _row(
    number: int, kind: str, space: int, author: int, root: int | None, said: Any, title: str, topics: list[int]
) -> tuple[Any, ...]:
    at, html = moment(said.day), said.html.replace("\x00", "")
    return (number, kind, space, author, root, root, title, html, at, at, at, max(said.score, 0), topics)
