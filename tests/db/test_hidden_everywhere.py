"""Whoever may not see something finds every page as if it did not exist: order, counts, names, suggestions, feeds."""

from __future__ import annotations

import re

from django.db import connection, transaction
from django.test import Client
from hypothesis import Phase, given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from tests.company import found
from tests.db.test_search_hidden import AUTHORS, HIDDEN, WORDS
from tests.programs import Program
from watercooler.kinds.questions.acts import accept
from watercooler.projections.search import statistics
from watercooler.spine.activity.projections import rebuild, registered
from watercooler.spine.activity.worker import sequence
from watercooler.spine.content.acts import count_topics, remove
from watercooler.spine.social.acts import comment, helped
from watercooler.spine.spaces.viewer import kept

BY_SESSION = "allauth.account.auth_backends.AuthenticationBackend"
PLACES = ["heat", "heat", "medicines", "council", "removed"]
PAGES = [
    "/search?q={word}", "/search?q=is:open", "/search?q=kind:answer", "/search?q=from:ruth", "/search?q=topic:{word}",
    "/search/suggest?q={word}", "/complete?kind=topic&q={letter}", "/library", "/library?topic={word}", "/start",
    "/teams/skills?add={letter}", "/who-knows", "/who-knows?q={word}", "/who-knows/beside?q={word}",
    "/topics/{word}", "/spaces", "/suggestions", "/home",
    "/search/feed.atom?q={word}", "/search/feed.atom?q=is:open", "/topics/{word}/feed.atom", "/people/ruth/feed.atom",
    "/q/{question}", "/people/ruth", "/people/tomasz", "/people",
]  # fmt: skip
OPERATIONS = ["/search?q={word}", "/search?q=kind:question", "/search/suggest?q={letter}", "/topics?q={letter}",
              "/me/first-steps", "/who-knows?q={word}", "/suggestions", "/people/ruth", "/people"]  # fmt: skip
# Times of day, keys of forms, and how long a page took.
PASSING = re.compile(rb"[0-9a-f]{8}-[0-9a-f-]{27}|<updated>[^<]*</updated>|nonce-[^\"\']+")

things = st.lists(
    st.tuples(st.sampled_from(PLACES), st.sampled_from(WORDS), st.sampled_from(WORDS), st.booleans()),
    min_size=4, max_size=9,
)  # fmt: skip


class AsIfItDidNotExist(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.company = found()

    @settings(max_examples=2, phases=[Phase.generate])
    @given(things=things, word=st.sampled_from(WORDS))
    def test_on_every_page(self, things, word):
        company = self.company
        company.first = company.question("Frost on the valve?", topics=["frost"])
        for place, title, topic, is_solved in things:
            self._make(place, title, topic, is_solved)
        sequence()
        before = self._seen(word)
        with transaction.atomic():
            with connection.cursor() as cursor:
                cursor.execute(HIDDEN)
            after = self._seen(word)
            transaction.set_rollback(True)
        assert [asked for asked, shown in before.items() if shown != after[asked]] == []

    def _make(self, place, title, topic, is_solved):
        company, inside = self.company, "heat" if place == "removed" else place
        author = AUTHORS[inside]
        about = {"by": author, "space": getattr(company, inside)}
        question = company.question(f"{title} and {topic}?", source=f"It is {title}.", topics=[topic, title], **about)
        answer = company.answer(question, f"Look at the {topic}.", by=author)
        comment(company.viewer(author), question.item, f"{title} again.")
        if is_solved:
            accept(company.viewer(author), question, answer)
        if inside == "heat":
            helped(company.viewer("priya"), answer)
        if place == "removed":
            remove(company.viewer(author), question.item)

    def _seen(self, word):
        """Return everything that a member, a guest and a program of the member's are shown."""
        for projection in registered():
            rebuild(projection)
        with connection.cursor() as cursor:
            cursor.execute("delete from search_searchword; delete from search_searchtotal")
        statistics.count_words()
        count_topics()
        kept.clear()
        named = {"word": word, "letter": word[:1], "question": self.company.first.pk}
        shown = {}
        for person in ("noah", "sam"):
            client = Client()
            client.force_login(self.company.people[person], backend=BY_SESSION)
            for page in PAGES:
                answer = client.get(page.format(**named))
                shown[person, page] = answer.status_code, PASSING.sub(b"", answer.content)
        with transaction.atomic():
            program = Program(self.company, "noah")
            for path in OPERATIONS:
                answer = program.get(path.format(**named))
                shown["program", path] = answer.status_code, PASSING.sub(b"", answer.content)
            transaction.set_rollback(True)
        return shown
