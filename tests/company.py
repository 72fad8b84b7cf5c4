"""The invented organisation that tests talk about: a few people of Fernway, by name, and three spaces."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.core.cache import cache
from django.db import connection
from django.utils import timezone

from tests.kept import Rows, counts, keep, spread
from watercooler.doors.api.limits import windows
from watercooler.foundation.base.viewer import Role, Viewer
from watercooler.kinds.articles.acts import write
from watercooler.kinds.posts.acts import post
from watercooler.kinds.questions.acts import answer, ask
from watercooler.kinds.questions.models import Question
from watercooler.projections.search import vain
from watercooler.spine.content.models import Item
from watercooler.spine.people.models import Organisation, Person, Site, Unit
from watercooler.spine.spaces.acts import change_standing, invite, join, make_space
from watercooler.spine.spaces.models import Access, Purpose, Space, Standing
from watercooler.spine.spaces.newcomers import add_person
from watercooler.spine.spaces.viewer import build, kept

PASSWORD = "warm-radiators-42"
# Argon2 of PASSWORD would cost 50 ms a person; tests sign in by session, and one test sets a real one.

CAST: dict[str, tuple[str, str, Role]] = {
    "ruth": ("Ruth Adeyemi", "Chief executive", Role.MEMBER),
    "priya": ("Priya Raman", "Heat pump engineer", Role.MEMBER),
    "tomasz": ("Tomasz Zieliński", "Senior heat pump engineer", Role.MEMBER),
    "noah": ("Noah Whitfield", "Apprentice engineer", Role.MEMBER),
    "hassan": ("Hassan El-Amin", "Technical lead", Role.MEMBER),
    "fatima": ("Fatima Zahra Benali", "Dementia care lead", Role.MEMBER),
    "elena": ("Elena Marchetti", "Learning lead", Role.LEAD),
    "ines": ("Inés Quiroga", "Systems", Role.ADMINISTRATOR),
    "sam": ("Sam Okafor", "Trainer at Kestrel", Role.GUEST),
}
MANAGERS = {
    "tomasz": "hassan",
    "priya": "tomasz",
    "noah": "tomasz",
    "hassan": "ruth",
    "fatima": "ruth",
    "elena": "ruth",
    "ines": "ruth",
}


@dataclass
class Company:
    """The cast as rows; `viewer("priya")` is what they may see now. heat is open, medicines closed, council secret."""

    people: dict[str, Person]
    heat: Space
    medicines: Space
    council: Space

    def __getattr__(self, name: str) -> Person:
        try:
            return self.__dict__["people"][name]
        except KeyError:
            raise AttributeError(name) from None

    def viewer(self, name: str) -> Viewer:
        return build(self.people[name].pk)

    def question(
        self, title: str = "Why does it lock out on cold mornings?", by: str = "noah", **more: Any
    ) -> Question:
        source = more.pop("source", "Three call-outs since Monday, all fine by ten.")
        item = ask(self.viewer(by), more.pop("space", self.heat), title, source, **more)
        return Question.objects.select_related("item__space", "item__author").get(pk=item.pk)

    def answer(
        self, question: Question, source: str = "Look at the coil first.", by: str = "tomasz", **more: Any
    ) -> Item:
        return answer(self.viewer(by), question, source, **more)

    def post(self, source: str = "First frost in Leeds this morning.", by: str = "priya", **more: Any) -> Item:
        return post(self.viewer(by), more.pop("space", self.heat), source, **more)

    def article(self, title: str = "Reading superheat", by: str = "tomasz", **more: Any) -> Item:
        return write(
            self.viewer(by), more.pop("space", self.heat), title, more.pop("source", "Wait twenty minutes."), **more
        )


def found() -> Company:
    """Return the company: built by the product's own acts the first time, put back row by row from then on.

    Everything is as old as if it were built now. Cost: four statements; the first time about 120.
    """
    _forget_others()
    rows = _rows.get(connection.settings_dict["NAME"])
    if rows is not None and rows.put():
        return _read()
    if rows is None:
        spread()
    before = counts()
    company = build_anew(timezone.now())
    if made := keep(before, timezone.now()):
        _rows[connection.settings_dict["NAME"]] = made
    return company


def _forget_others() -> None:
    """Forget what this process keeps by the number of a person: the company before this one had the same."""
    kept.clear()
    windows.clear()
    cache.clear()
    vain._waiting.clear()


_rows: dict[str, Rows] = {}
"""What `found` built in each database of this process."""


def _read() -> Company:
    people = {person.handle: person for person in Person.objects.select_related("site", "unit")}
    by_id = {person.pk: person for person in people.values()}
    for person in people.values():
        person.manager, person.sponsor = by_id.get(person.manager_id), by_id.get(person.sponsor_id)
    spaces = {space.slug: space for space in Space.objects.filter(purpose=Purpose.SPACE)}
    named = (spaces[slug] for slug in ("heat-pump-engineers", "medicines", "works-council"))
    return Company({handle: people[handle] for handle in CAST}, *named)


def build_anew(now: datetime) -> Company:
    """Build the company through the product's own acts. Cost: about 120 statements."""
    Organisation.objects.get_or_create(id=1, defaults={"name": "Fernway"})
    leeds, _ = Site.objects.get_or_create(name="Leeds depot", defaults={"town": "Leeds"})
    heat_unit, _ = Unit.objects.get_or_create(name="Fernway Heat")
    people: dict[str, Person] = {}
    for handle, (name, job, role) in CAST.items():
        facts: dict[str, Any] = {"job": job, "role": role, "site": leeds, "unit": heat_unit, "welcomed_at": now}
        if role == Role.GUEST:
            facts |= {"sponsor": people["hassan"], "ends_on": now.date() + timedelta(days=90)}
        facts["email"] = f"{handle}@fernway.example"
        people[handle] = add_person(handle=handle, name=name, joined_at=now - timedelta(days=400), **facts)
    for handle, manager in MANAGERS.items():
        people[handle].manager = people[manager]
        people[handle].save(update_fields=["manager"])
    hassan, fatima, ruth = (build(people[n].pk) for n in ("hassan", "fatima", "ruth"))
    heat = make_space(
        hassan,
        name="Heat Pump Engineers",
        objective="Fewer return visits.",
        rules=["Ask early.", "Say what you tried."],
    )
    medicines = make_space(fatima, name="Medicines", objective="No missed doses.", access=Access.CLOSED)
    council = make_space(ruth, name="Works council", objective="Fair change.", access=Access.SECRET)
    for handle in ("priya", "tomasz", "noah", "elena"):
        join(build(people[handle].pk), heat)
    change_standing(build(people["hassan"].pk), heat, people["tomasz"], Standing.HOST)
    invite(build(people["hassan"].pk), heat, [people["sam"]])
    join(build(people["sam"].pk), heat)
    return Company(people, Space.objects.get(pk=heat.pk), medicines, council)
