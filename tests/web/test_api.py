"""The API: the same reads and acts as the pages, for programs."""

from __future__ import annotations

import json

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from tests.programs import Program, of, refused
from watercooler.spine.activity.models import Activity
from watercooler.spine.activity.worker import follow
from watercooler.spine.content.models import Item
from watercooler.spine.content.visibility import State
from watercooler.spine.people.models import Person
from watercooler.spine.spaces.acts import change_space, make_space
from watercooler.spine.spaces.models import Access, Space

pytestmark = pytest.mark.django_db
QUESTION = {"kind": "question", "space": "heat-pump-engineers", "title": "Why?", "source": "It *stops*."}


@pytest.fixture
def noah(company):
    return Program(company, "noah")


@pytest.fixture
def priya(company):
    return Program(company, "priya")


def follow_all():
    while follow():
        pass


def test_every_kind_is_made_read_and_listed(company, noah):
    asked = of(noah.post("/items", {**QUESTION, "topics": ["Defrost"]}), 201)
    assert asked["html"] == "<p>It <em>stops</em>.</p>\n"
    assert asked["author"]["name"] == "Noah Whitfield"
    assert asked["topics"] == [{"slug": "defrost", "name": "Defrost"}]
    assert asked["details"] == {"solved": False}
    answered = of(noah.post("/items", {"kind": "answer", "parent": asked["id"], "source": "Ice."}), 201)
    said = of(noah.post("/items", {"kind": "comment", "parent": answered["id"], "source": "Yes."}), 201)
    post = of(noah.post("/items", {"kind": "post", "space": "~noah", "source": "On my wall."}), 201)
    article = {"kind": "article", "space": "heat-pump-engineers", "title": "Frost", "source": "Wait."}
    written = of(noah.post("/items", article), 201)
    assert [item["id"] for item in of(noah.get("/items"))["items"]] == [written["id"], post["id"], asked["id"]]
    assert [item["id"] for item in of(noah.get("/items?kind=question"))["items"]] == [asked["id"]]
    assert [item["id"] for item in of(noah.get("/items?topic=defrost"))["items"]] == [asked["id"]]
    assert [item["id"] for item in of(noah.get("/items?space=~noah"))["items"]] == [post["id"]]
    by_noah = of(noah.get("/items?author=noah&kind=answer&kind=comment"))["items"]
    assert [item["id"] for item in by_noah] == [said["id"], answered["id"]]
    assert [item["id"] for item in of(noah.get(f"/items/{asked['id']}/replies"))["items"]] == [answered["id"]]
    assert of(noah.get(f"/items/{said['id']}"))["thread"] == asked["id"]
    assert Activity.objects.filter(actor=company.noah, verb="asked").count() == 1
    assert refused(noah.get("/items?kind=answer"), 422, "kind")


def test_a_draft_waits_for_its_author_until_it_is_published(company, noah, priya):
    article = {"kind": "article", "space": "heat-pump-engineers", "title": "Frost", "source": "Wait.", "way": "draft"}
    draft = of(noah.post("/items", article), 201)
    assert draft["state"] == "draft"
    assert [item["id"] for item in of(noah.get("/me/items"))["items"]] == [draft["id"]]
    assert refused(priya.get(f"/items/{draft['id']}"), 404)
    path = f"/items/{draft['id']}"
    assert refused(noah.put(f"{path}/schedule", {"publish_at": "2030-01-14T09:00:00"}), 422, "publish_at")
    scheduled = of(noah.put(f"{path}/schedule", {"publish_at": "2030-01-14T09:00:00+01:00"}))
    assert (scheduled["state"], scheduled["publish_at"]) == ("scheduled", "2030-01-14T08:00:00Z")
    assert of(noah.put(f"{path}/published"))["state"] == "live"
    assert of(priya.get(path))["title"] == "Frost"
    later = {**article, "way": "later", "publish_at": "2030-01-14T09:00:00Z"}
    assert of(noah.post("/items", later), 201)["publish_at"] == "2030-01-14T09:00:00Z"
    assert refused(noah.post("/items", {**later, "publish_at": "2020-01-14T09:00:00Z"}), 422, "publish_at")
    assert refused(noah.post("/items", {**article, "way": "never"}), 422, "way")


def test_a_draft_is_thrown_away_and_comes_back(noah):
    article = {"kind": "article", "space": "~noah", "title": "Frost", "source": "Wait.", "way": "draft"}
    draft = of(noah.post("/items", article), 201)
    of(noah.delete(f"/items/{draft['id']}"), 204)
    assert refused(noah.get(f"/items/{draft['id']}"), 404)
    assert of(noah.put(f"/items/{draft['id']}/restored"))["state"] == "draft"


def test_a_change_says_what_it_began_from(company, noah, priya):
    item = company.post("First.", by="noah")
    path = f"/items/{item.pk}"
    read = noah.get(path)
    assert refused(noah.patch(path, {"source": "Second."}), 428)
    changed = of(noah.patch(path, {"source": "Second."}, **{"If-Match": read["ETag"]}))
    assert (changed["source"], changed["revision"]) == ("Second.", 2)
    assert refused(noah.patch(path, {"source": "Third."}, **{"If-Match": read["ETag"]}), 412)
    assert refused(noah.patch(path, {"source": "Third.", "based_on": 1}), 409)
    assert of(noah.patch(path, {"topics": ["Frost"], "based_on": 2}))["topics"][0]["slug"] == "frost"
    assert refused(priya.patch(path, {"source": "Mine.", "based_on": 2}), 403)
    revisions = of(noah.get(f"{path}/revisions"))["revisions"]
    assert [(one["number"], one["source"]) for one in revisions] == [(1, "First.")]
    assert of(noah.put(f"{path}/revisions/1/restored"))["source"] == "First."
    assert refused(noah.put(f"{path}/revisions/9/restored"), 404)


def test_what_is_taken_away_comes_back(company, noah, priya):
    item = company.post("Gone.", by="noah")
    assert refused(priya.delete(f"/items/{item.pk}"), 403)
    of(noah.delete(f"/items/{item.pk}"), 204)
    assert refused(noah.get(f"/items/{item.pk}"), 404)
    assert refused(priya.put(f"/items/{item.pk}/restored"), 404)
    assert of(noah.put(f"/items/{item.pk}/restored"))["source"] == "Gone."


def test_an_answer_solves_its_question(company, noah, priya):
    question = company.question()
    answer = company.answer(question)
    assert refused(priya.put(f"/items/{question.pk}/accepted", {"answer": answer.pk}), 403)
    solved = of(noah.put(f"/items/{question.pk}/accepted", {"answer": answer.pk}))
    assert solved["details"]["accepted"]["handle"] == "tomasz"
    assert of(noah.delete(f"/items/{question.pk}/accepted"))["details"] == {"solved": False}
    assert refused(noah.put(f"/items/{company.post().pk}/accepted", {"answer": answer.pk}), 404)


def test_marks_are_put_and_taken_back(company, priya):
    item = company.post(by="noah")
    path = f"/items/{item.pk}"
    for mark in ("helped", "saved", "followed", "reactions/heart"):
        of(priya.put(f"{path}/{mark}"), 204)
        of(priya.put(f"{path}/{mark}"), 204)
    shown = of(priya.get(path))
    assert shown["mine"] == {"helped": True, "saved": True, "following": True, "reactions": ["heart"]}
    assert (shown["helped_count"], shown["reactions"]) == (1, {"heart": 1})
    assert of(priya.get(f"{path}/helped"))["people"][0]["handle"] == "priya"
    of(priya.put(f"{path}/rating", {"useful": True}), 204)
    assert refused(priya.put(f"{path}/rating", {"correct": False}), 422, "reason")
    of(priya.put(f"{path}/flag", {"reason": "unsafe"}), 204)
    of(priya.put(f"{path}/seen", {}), 204)
    for mark in ("helped", "saved", "followed", "muted", "reactions/heart", "rating", "flag"):
        of(priya.delete(f"{path}/{mark}"), 204)
    assert of(priya.get(path))["mine"] == {"helped": False, "saved": False, "following": False, "reactions": []}
    assert refused(priya.put(f"{path}/reactions/frown"), 404)
    assert refused(priya.put(f"/items/{company.post(by='priya').pk}/helped"), 403)


def test_something_is_handed_on_and_taken_back(company, priya):
    item = company.post(by="noah")
    path = f"/items/{item.pk}/recommendations"
    made = of(priya.post(path, {"person": "hassan", "note": "For Tuesday."}), 201)
    assert made["person"]["name"] == "Hassan El-Amin"
    assert [one["id"] for one in of(priya.get(path))["recommendations"]] == [made["id"]]
    of(priya.delete(f"{path}/{made['id']}"), 204)
    assert of(priya.get(path))["recommendations"] == []
    assert refused(priya.post(path, {"person": "nobody"}), 422, "person")
    assert refused(priya.post(path, {}), 422, "person")


def test_people_are_found_shown_and_followed(company, priya):
    assert [one["handle"] for one in of(priya.get("/people?q=hasan"))["people"]] == ["hassan"]
    shown = of(priya.get("/people/noah"))
    assert (shown["manager"]["handle"], shown["role"], shown["is_followed"]) == ("tomasz", "member", False)
    of(priya.put("/people/noah/followed"), 204)
    assert of(priya.get("/people/noah"))["is_followed"]
    assert [one["name"] for one in of(priya.get("/me/following"))["followed"]] == ["Noah Whitfield"]
    of(priya.delete("/people/noah/followed"), 204)
    assert refused(priya.get("/people/no-such"), 404)


def test_one_writes_of_oneself_what_is_ones_own(company, priya):
    me = of(priya.patch("/me", {"about": "I thaw things.", "offers": ["Defrost"]}))
    assert (me["about"], me["offers"], me["email"]) == ("I thaw things.", ["Defrost"], "priya@fernway.example")
    assert me["token"] == "A test"
    assert refused(priya.patch("/me", {"name": "Queen"}), 422, "name")
    assert refused(priya.patch("/me", {"pronouns": "x" * 41}), 422, "pronouns")


def test_spaces_are_opened_joined_and_looked_after(company, noah, priya):
    new = {"name": "Frost", "objective": "Fewer of them.", "access": "closed", "rules": ["Be warm."]}
    made = of(priya.post("/spaces", new), 201)
    assert (made["slug"], made["standing"], made["rules"]) == ("frost", "host", ["Be warm."])
    assert of(noah.put("/spaces/frost/membership", {"note": "Please."})) == {"standing": "requested"}
    assert refused(noah.get("/spaces/frost/members"), 404)
    assert [one["note"] for one in of(priya.get("/spaces/frost/requests"))["members"]] == ["Please."]
    of(priya.put("/spaces/frost/requests/noah"), 204)
    assert {one["handle"] for one in of(noah.get("/spaces/frost/members"))["members"]} == {"priya", "noah"}
    assert refused(noah.patch("/spaces/frost", {"tagline": "Mine"}), 403)
    assert of(priya.patch("/spaces/frost", {"rules": ["Be warmer."]}))["rules_version"] == 2
    assert of(noah.get("/spaces/frost"))["must_accept"]
    assert refused(noah.put("/spaces/frost/rules", {"version": 1}), 409)
    assert not of(noah.put("/spaces/frost/rules", {"version": 2}))["must_accept"]
    of(priya.put("/spaces/frost/members/noah", {"standing": "host"}), 204)
    of(noah.put("/spaces/frost/level", {"level": "all"}), 204)
    assert of(priya.put("/spaces/frost/owner", {"owner": "noah"}))["standing"] == "host"
    of(priya.delete("/spaces/frost/membership"), 204)
    assert of(noah.put("/spaces/frost/access", {"access": "open"}))["access"] == "open"
    assert of(noah.post("/spaces/frost/invitations", {"people": ["priya"]})) == {"invited": 1}
    assert of(noah.put("/spaces/frost/archived"))["is_archived"]
    assert refused(noah.post("/spaces", {"name": "Ice", "objective": ""}), 422, "objective")
    assert refused(noah.post("/spaces", {**new, "parent": "works-council"}), 422, "parent")


def test_ground_rules_that_changed_are_accepted_before_posting(company, priya):
    change_space(company.viewer("hassan"), company.heat, rules=["Ask early.", "Name the unit."])
    assert "ground rules" in refused(priya.post("/items", QUESTION), 422, "rules")
    of(priya.put("/spaces/heat-pump-engineers/rules", {"version": 2}))
    of(priya.post("/items", QUESTION), 201)


def test_what_one_may_not_see_is_not_there(company, priya):
    council = company.post("Nobody knows.", by="ruth", space=company.council)
    for path in (f"/items/{council.pk}", f"/items/{council.pk}/replies", "/spaces/works-council"):
        hidden = refused(priya.get(path), 404)
        assert hidden == refused(priya.get("/items/999999999999999999"), 404)
    assert refused(priya.get("/items?space=works-council"), 404)
    assert of(priya.get("/items?author=ruth"))["items"] == []
    assert refused(priya.post("/items", {**QUESTION, "space": "works-council"}), 422, "space")
    assert refused(priya.post("/items", {"kind": "comment", "parent": council.pk, "source": "Me."}), 404)


def test_the_feed_says_why(company, priya):
    company.question(by="noah", topics=["Defrost"])
    follow_all()
    feed = of(priya.get("/feed"))
    assert feed["items"][0]["reason"]
    for show in ("following", "help-out", "saved"):
        of(priya.get(f"/feed?show={show}"))
    assert of(priya.get("/library?kind=question"))["items"][0]["kind"] == "question"
    assert of(priya.get("/topics"))["topics"][0]["slug"] == "defrost"
    assert of(priya.get("/topics/defrost"))["name"] == "Defrost"


def test_two_words_for_one_thing_become_one(company, priya):
    company.post(topics=["Defrost"])
    company.post(topics=["Thaw"])
    assert refused(priya.put("/topics/thaw/merged", {"into": "defrost"}), 403)
    lead = Program(company, "elena")
    assert of(lead.put("/topics/thaw/merged", {"into": "defrost"})) == {"into": "defrost", "moved": 1}
    assert of(priya.get("/topics/thaw"))["slug"] == "defrost"


def test_the_inbox_is_read(company, noah):
    question = company.question(by="noah")
    company.answer(question, by="priya")
    follow_all()
    inbox = of(noah.get("/inbox"))
    line = inbox["lines"][0]
    assert line["sentence"] == "Priya Raman answered Why does it lock out on cold mornings?"
    assert (line["thread"], inbox["unread"]) == (question.pk, 1)
    of(noah.put(f"/inbox/{line['id']}/read"), 204)
    assert of(noah.get("/inbox?unread=true"))["lines"] == []
    of(noah.delete(f"/inbox/{line['id']}/read"), 204)
    before = of(noah.put("/inbox/read", {"up_to": line["position"]}))
    assert [one["id"] for one in before["before"]] == [line["id"]]
    assert of(noah.get("/inbox"))["unread"] == 0
    of(Program(company, "priya").put("/inbox/unread", before), 204)
    assert of(noah.get("/inbox"))["unread"] == 0, "nobody makes another’s lines unread"
    of(noah.put("/inbox/unread", before), 204)
    assert of(noah.get("/inbox"))["unread"] == 1
    for word in ("muted", "less"):
        of(noah.put(f"/inbox/{line['id']}/{word}"), 204)
        of(noah.delete(f"/inbox/{line['id']}/{word}"), 204)
    assert refused(Program(company, "priya").put(f"/inbox/{line['id']}/read"), 404)


def test_who_waits_at_a_door_is_let_in(company, noah, priya):
    make_space(company.viewer("priya"), name="Tools", objective="Sharp.", access=Access.CLOSED)
    of(noah.put("/spaces/tools/membership", {}))
    waiting = of(priya.get("/inbox/requests"))["waiting"]
    assert [one["person"]["handle"] for one in waiting] == ["noah"]
    assert refused(noah.put(f"/inbox/requests/{waiting[0]['id']}", {"answer": "yes"}), 404)
    of(priya.put(f"/inbox/requests/{waiting[0]['id']}", {"answer": "yes"}), 204)
    assert of(noah.get("/spaces/tools"))["standing"] == "member"


def test_search_finds_and_suggests(company, priya):
    question = company.question("Compressor hums", source="All night long.")
    follow_all()
    found = of(priya.get("/search?q=compressor"))
    assert [hit["item"] for hit in found["hits"]] == [question.pk]
    assert "<mark>" in found["hits"][0]["title"]
    assert of(priya.get("/search?q=hassan"))["named"][0]["name"] == "Hassan El-Amin"
    assert of(priya.get("/search/suggest?q=compr"))["suggestions"][0]["what"] == "item"
    assert of(priya.get("/search?q="))["hits"] == []


def test_a_file_is_sent_described_put_on_an_item_and_read(company, priya):
    file = SimpleUploadedFile("note.txt", b"Bleed the loop first.")
    said = {"Authorization": f"Bearer {priya.secret}"}
    kept = of(priya.client.post("/api/v1/attachments", {"file": file, "alt": "A note"}, headers=said), 201)
    assert kept["name"] == "note.txt"
    noah = Program(company, "noah")
    assert refused(noah.get(f"/attachments/{kept['id']}"), 404)
    assert refused(noah.post("/items", {**QUESTION, "attachments": [kept["id"]]}), 422, "attachments")
    made = of(priya.post("/items", {**QUESTION, "attachments": [kept["id"]]}), 201)
    assert made["files"][0]["id"] == kept["id"]
    content = noah.get(f"/attachments/{kept['id']}/content")
    assert b"".join(content.streaming_content) == b"Bleed the loop first."
    assert refused(noah.patch(f"/attachments/{kept['id']}", {"alt": "Mine"}), 404)
    assert of(priya.patch(f"/attachments/{kept['id']}", {"alt": "Gauge"}))["alt"] == "Gauge"
    of(priya.delete(f"/attachments/{kept['id']}"), 204)
    assert refused(priya.client.post("/api/v1/attachments", {}, headers=said), 422, "file")


def test_the_care_desk_decides(company, noah, priya):
    item = company.post("Bridge the fuse.", by="noah")
    of(priya.put(f"/items/{item.pk}/flag", {"reason": "unsafe", "note": "Really."}), 204)
    assert refused(priya.get("/care"), 404)
    host = Program(company, "hassan")
    case = of(host.get("/care"))["cases"][0]
    assert (case["item"], case["reasons"], case["notes"]) == (item.pk, ["unsafe"], ["Really."])
    assert refused(host.put(f"/care/{item.pk}", {"outcome": "held"}), 422, "note")
    assert of(host.put(f"/care/{item.pk}", {"outcome": "held", "note": "Dangerous."})) == {"closed": 1}
    assert refused(priya.get(f"/items/{item.pk}"), 404)
    assert [one["id"] for one in of(noah.get("/me/items?state=held"))["items"]] == [item.pk]
    assert of(host.get("/care/log"))["decisions"][0]["outcome"] == "held"
    of(host.delete(f"/care/{item.pk}"), 204)
    of(priya.get(f"/items/{item.pk}"))


def test_an_administrator_looks_after_the_directory(company, priya):
    ines = Program(company, "ines")
    for path in ("people", "people/noah", "organisation"):
        assert refused(priya.get(f"/administration/{path}"), 404)
    new = {"name": "Ada Brook", "handle": "ada", "email": "ada@fernway.example", "manager": "hassan"}
    made = of(ines.post("/administration/people", new), 201)
    assert (made["manager"], made["role"], made["has_been_here"]) == ("hassan", "member", False)
    assert refused(ines.post("/administration/people", new), 422, "handle")
    twice = {**new, "handle": "ada2", "email": "ADA@fernway.example"}
    assert refused(ines.post("/administration/people", twice), 422, "email")
    assert of(ines.patch("/administration/people/ada", {"job": "Plumber"}))["job"] == "Plumber"
    assert Person.objects.get(handle="ada").manager == company.hassan
    assert refused(ines.patch("/administration/people/ines", {"role": "member"}), 422, "role")
    assert "/invitation/" in of(ines.post("/administration/people/ada/invitation", None), 201)["link"]
    assert not of(ines.put("/administration/people/ada/left"))["is_active"]
    assert [one["handle"] for one in of(ines.get("/administration/people?which=left"))["people"]] == ["ada"]
    assert of(ines.delete("/administration/people/ada/left"))["is_active"]
    of(ines.put("/administration/people/ada/signed-out"), 204)
    assert of(ines.patch("/administration/organisation", {"name": "Fernway & Co"}))["name"] == "Fernway & Co"


def test_highlights_topics_and_moves(company, priya):
    item = company.post(by="priya")
    host = Program(company, "tomasz")
    of(host.put(f"/items/{item.pk}/highlighted", {"note": "Read this", "ends_on": "2030-01-01"}), 204)
    assert of(priya.get("/spaces/heat-pump-engineers"))["highlights"][0]["ends_on"] == "2030-01-01"
    of(host.delete(f"/items/{item.pk}/highlighted"), 204)
    assert [one["slug"] for one in of(priya.post(f"/items/{item.pk}/topics", {"topic": "Ice"}))["topics"]] == ["ice"]
    assert of(priya.put(f"/items/{item.pk}/topics", {"topics": ["Snow"]}))["topics"][0]["slug"] == "snow"
    assert of(priya.delete(f"/items/{item.pk}/topics/snow"))["topics"] == []
    assert of(priya.put(f"/items/{item.pk}/space", {"space": "~priya"}))["space"]["is_wall"]
    assert refused(priya.put(f"/items/{item.pk}/space", {"space": "works-council"}), 404)


def test_the_kinds_say_what_to_send(priya):
    kinds = {kind["name"]: kind for kind in of(priya.get("/kinds"))["kinds"]}
    assert set(kinds) >= {"question", "answer", "post", "article", "comment"}
    assert kinds["answer"]["parents"] == ["question"]
    assert "title" in kinds["question"]["send"]["required"]


def test_somebody_who_left_is_still_the_author_of_their_words(company, priya):
    item = company.post(by="noah")
    Person.objects.filter(pk=company.noah.pk).update(is_active=False)
    assert [one["id"] for one in of(priya.get("/items?author=noah"))["items"]] == [item.pk]


def test_a_guest_is_told_of_what_they_share(company):
    company.post(by="priya")
    wall = Space.objects.get(owner=company.priya, purpose="wall")
    company.post("On my wall.", by="priya", space=wall)
    sam = signed_in_program(company, "sam")
    assert len(sam("GET", "/items")["items"]) == 1
    assert {one["handle"] for one in sam("GET", "/people")["people"]} <= {
        "priya",
        "tomasz",
        "noah",
        "hassan",
        "elena",
        "sam",
    }
    assert sam("GET", "/people/noah")["manager"] is None


def signed_in_program(company, name):
    from django.test import Client

    client = Client()
    client.force_login(company.people[name], "allauth.account.auth_backends.AuthenticationBackend")

    def ask(method, path, body=None):
        sent = "" if body is None else json.dumps(body)
        return of(client.generic(method, f"/api/v1{path}", sent, "application/json"))

    return ask


def test_held_and_removed_items_are_no_ones_to_list(company, priya):
    item = company.post(by="noah")
    Item.objects.filter(pk=item.pk).update(state=State.HELD)
    assert of(priya.get("/items"))["items"] == []
