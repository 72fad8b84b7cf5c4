"""@names in texts: those of people are links, those of nobody plain words, wherever a text is kept or shown."""

from importlib import import_module

import pytest
from django.apps import apps

from tests.doors import commits, fresh
from tests.feeds import HEAT
from tests.programs import Program, of
from watercooler.spine.activity.worker import follow
from watercooler.spine.content.acts import edit, join_people, remove, restore
from watercooler.spine.content.models import Item
from watercooler.spine.conversations import acts as talk
from watercooler.spine.conversations.models import Message
from watercooler.spine.people.models import Person
from watercooler.spine.social.acts import comment
from watercooler.spine.spaces.newcomers import add_person

__all__ = ["commits", "fresh"]
pytestmark = pytest.mark.django_db
WORDS = "Ask @tomasz or @nobody.here, says @Hassan."
LINKED = '<a class="mention" href="/people/tomasz">@tomasz</a>'
SAID = f'Ask {LINKED} or @nobody.here, says <a class="mention" href="/people/hassan">@Hassan</a>.'


def html(item):
    return Item.objects.get(pk=item.pk).safe_html


def test_only_people_are_linked_wherever_something_is_written(company, sign_in):
    item, client = company.post(WORDS), sign_in(company.priya)
    assert SAID in html(item)
    assert SAID in client.post("/preview", {"text": WORDS}).text
    edit(company.viewer("priya"), item, title="", source=f"Now: {WORDS}", based_on=1)
    assert SAID in html(item)
    remove(company.viewer("priya"), item)
    restore(company.viewer("priya"), Item.objects.get(pk=item.pk))
    assert SAID in html(item)
    client.post("/inbox/messages/new", {"to": "noah", "source": WORDS})
    assert SAID in Message.objects.get().safe_html


def test_who_changes_their_name_or_leaves_stays_linked_and_has_a_page(company, sign_in):
    item = company.post(WORDS)
    Person.objects.filter(handle="tomasz").update(name="Tom Z", is_active=False)
    assert LINKED in html(item)
    assert sign_in(company.priya).get("/people/tomasz").status_code == 200


def test_old_texts_lose_their_links_to_nobody(company):
    item = company.post(WORDS)
    old = SAID.replace("@nobody.here", '<a class="mention" href="/people/nobody.here">@nobody.here</a>')
    Item.objects.filter(pk=item.pk).update(safe_html=f"<p>{old}</p>")
    import_module("watercooler.spine.content.migrations.0010_plain_names").unlink(apps, None)
    assert html(item) == f"<p>{SAID}</p>"


def test_a_name_leads_to_the_colleague_somebody_imported_became(company):
    otto = add_person(handle="otto", name="Otto", is_imported=True)
    item = company.post("Ask @otto.")
    join_people(company.viewer("ines"), otto, company.noah)
    assert 'href="/people/noah">@otto</a>' in html(item)


GUESTS = "@noah knows, and so does @fatima."
AS_SAM = '<a class="mention" href="/people/noah">@noah</a> knows, and so does @fatima.'


def test_a_guests_programs_link_only_people_they_may_know(company, sign_in):
    """As pages do: what is kept links both, and a name without a page is plain for a guest."""
    item = company.post(GUESTS)
    follow()
    comment(company.viewer("priya"), item, GUESTS)
    group = talk.begin(company.viewer("noah"), company.sam)
    talk.send(company.viewer("noah"), group, GUESTS)
    sam, api = sign_in(company.sam), "/api/v1"
    assert "/people/fatima" in of(Program(company, "noah", "read").get(f"/items/{item.pk}"))["html"]
    for path, name in (
        (f"/items/{item.pk}", ""),
        (f"/items/{item.pk}/replies", "items"),
        (f"/conversations/{group.pk}/messages", "messages"),
        ("/messages?q=knows", "messages"),
    ):
        found = of(sam.get(api + path))
        assert AS_SAM in (found[name][0] if name else found)["html"], path
        assert "/people/fatima" not in str(found), path
    assert AS_SAM in of(sam.post(f"{api}/preview", {"source": GUESTS}, "application/json"))["html"]
    atom = sign_in(company.sam).get(HEAT).text
    assert "/people/noah" in atom
    assert "/people/fatima" not in atom
