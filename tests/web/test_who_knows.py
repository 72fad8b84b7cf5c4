"""The pages of who knows: asking, the profile's claims, one's own choices, and what stands beside the composer."""

from __future__ import annotations

import re
from datetime import timedelta
from html import unescape

import pytest
from django.utils import timezone

from watercooler.kinds.questions.acts import accept
from watercooler.projections.experts.models import Findable, Nudge
from watercooler.projections.notifications.models import Notification
from watercooler.spine.activity.worker import follow
from watercooler.spine.people.models import Person

pytestmark = pytest.mark.django_db


@pytest.fixture
def known(company):
    at = timezone.now() - timedelta(days=2)
    question = company.question("Why does the coil ice up?", source="Ice on the fins.", topics=["Defrost"], at=at)
    answer = company.answer(question, "The trace heater of the drain had failed.", at=at)
    accept(company.viewer("noah"), question, answer)
    company.article("Trace heaters", by="hassan", source="Every drain has a trace heater.", at=at)
    while follow():
        pass
    company.asked, company.best = question, answer
    return company


def test_the_page_names_people_with_reason_and_evidence(known, sign_in):
    page = sign_in(known.elena).get("/who-knows?q=trace+heater+drain").content.decode()
    assert "Tomasz Zieliński" in page
    assert "An answer of theirs to something like this was accepted." in page
    assert f"#item-{known.best.pk}" in page
    assert "Where the knowledge is" in page


def test_a_language_is_chosen_beside_them_and_taken_off(known, sign_in):
    Person.objects.filter(handle="tomasz").update(languages=["English", "Polish"])
    Person.objects.filter(handle="hassan").update(languages=["English"])
    client = sign_in(known.elena)
    page = unescape(client.get("/who-knows?q=trace+heater").content.decode())
    assert "language=English" not in page
    polish = re.search(r'href="(/who-knows\?[^"]*language=Polish)"', page)
    assert polish
    only = unescape(client.get(polish[1]).content.decode())
    assert ("Tomasz Zieliński" in only, "Hassan El-Amin" in only) == (True, False)
    assert 'href="/who-knows?q=trace+heater&show=near&language=Polish"' in only
    assert 'aria-label="Remove Polish"' in only


def test_the_empty_page_and_a_page_that_finds_nobody_lead_on(known, sign_in):
    client = sign_in(known.elena)
    assert "Who knows about" in client.get("/who-knows").content.decode()
    page = client.get("/who-knows?q=sourdough").content.decode()
    assert "Nobody here has written about this yet" in page
    assert "/compose?kind=question&amp;title=sourdough" in page


def test_a_guest_has_no_such_page(known, sign_in):
    client = sign_in(known.sam)
    assert client.get("/who-knows?q=heater").status_code == 404
    assert "Tomasz" not in client.get("/who-knows/beside?q=heater", headers={"HX-Request": "true"}).content.decode()


def test_beside_a_search_stand_three(known, sign_in):
    client = sign_in(known.elena)
    assert "/who-knows/beside?q=trace" in client.get("/search?q=trace").content.decode()
    part = client.get("/who-knows/beside?q=trace+heater", headers={"HX-Request": "true"}).content.decode()
    assert "People who know this" in part
    assert "Tomasz Zieliński" in part


def test_the_profile_lists_claims_with_evidence_within_two_queries(known, sign_in, count_queries):
    client = sign_in(known.elena)
    client.get("/people/tomasz")
    with count_queries() as queries:
        page = client.get("/people/tomasz").content.decode()
    assert len(queries) <= 2
    known_for = page[page.index('id="known-for"') : page.index("Wall</h2>")]
    assert "Defrost" in known_for
    assert "1 accepted answer" in known_for
    assert "Why does the coil ice up?" in known_for


def test_a_topic_is_hidden_and_shown_again(known, sign_in):
    client = sign_in(known.tomasz)
    assert "Defrost" in client.get("/me/known-for").content.decode()
    assert client.post("/me/known-for/defrost/hidden").status_code == 302
    assert "Defrost" not in _known_for(client.get("/people/tomasz").content.decode())
    assert client.post("/me/known-for/defrost/hidden/undo").status_code == 302
    assert "Defrost" in _known_for(client.get("/people/tomasz").content.decode())


def _known_for(page: str) -> str:
    return page[page.index('id="known-for"') : page.index("Wall</h2>")]


def test_one_chooses_not_to_be_found(known, sign_in):
    client = sign_in(known.tomasz)
    client.post("/me/known-for", {"is_out": "on"})
    choice = Findable.objects.get(person=known.tomasz)
    assert (choice.is_out, choice.takes_nudges) == (True, False)
    assert (
        "Tomasz" not in client.get("/who-knows?q=trace+heater").content.decode().split('id="wk"')[1].split("aside")[0]
    )
    page = client.get("/me/known-for").content.decode()
    assert "You are named nowhere" in page
    assert "Nothing yet" not in page, "Who answered is not told to answer something."


def test_beside_the_composer_stand_questions_pages_and_people(known, sign_in):
    client = sign_in(known.elena)
    typed = {
        "kind": "question",
        "title": "The trace heater reads 62 ohms",
        "source": "Ice on the coil",
        "space": "heat",
    }
    part = client.post("/compose/similar", typed).content.decode()
    assert "Why does the coil ice up?" in part
    assert "Written about this" in part
    assert "Trace heaters" in part
    assert "They may know, and hear of it when you post" in part
    assert "Tomasz Zieliński" in part
    nothing = client.post("/compose/similar", {**typed, "title": "The trace"}).content.decode()
    assert "Tomasz" not in nothing
    assert "Tomasz" not in client.post("/compose/similar", {**typed, "kind": "post"}).content.decode()


def test_suggesting_never_shows_what_one_may_not_read(known, sign_in):
    secret = known.question("The trace heater of the council", by="ruth", space=known.council)
    known.answer(secret, "The trace heater is a secret.", by="ruth")
    while follow():
        pass
    typed = {"kind": "question", "title": "The trace heater reads 62 ohms", "space": known.council.slug}
    part = sign_in(known.elena).post("/compose/similar", typed).content.decode()
    assert "council" not in part
    assert "Ruth" not in part


def test_the_thread_names_who_may_know(known, sign_in):
    new = known.question("The trace heater reads 62 ohms", by="elena")
    part = sign_in(known.noah).get(f"/items/{new.pk}/beside", headers={"HX-Request": "true"}).content.decode()
    assert "Tomasz Zieliński" in part
    assert "accepted" in part


def test_a_nudge_says_why_and_not_me_is_kept(known, sign_in):
    new = known.question("The trace heater reads 62 ohms", by="elena", source="The drain freezes.")
    while follow():
        pass
    client = sign_in(known.tomasz)
    page = client.get("/inbox").content.decode()
    assert "asks something you may know" in page
    assert "You wrote about the like once." in page
    assert "Not me" in page
    line = Notification.objects.get(person=known.tomasz, key=f"nudge:{new.pk}")
    client.post(f"/inbox/{line.pk}/less")
    assert Nudge.objects.get(item=new.item, person=known.tomasz).declined_at
    client.post(f"/inbox/{line.pk}/less/undo")
    assert not Nudge.objects.get(item=new.item, person=known.tomasz).declined_at


def test_a_nudge_by_one_word_claims_no_more(known, sign_in):
    known.question("Which kumquat valve fits the drain?", by="elena", source="Kumquats stick.")
    while follow():
        pass
    page = sign_in(known.tomasz).get("/inbox").content.decode()
    assert "asks something you may know" in page
    assert "You wrote something with a word of this." in page
