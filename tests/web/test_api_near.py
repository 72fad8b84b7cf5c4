"""Who knows, what is like it, how much one hears, first steps: what stands beside things, for programs."""

from __future__ import annotations

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from tests.doors import commits, fresh
from tests.pictures import picture
from tests.programs import Program, of, refused
from watercooler.kinds.questions.acts import accept
from watercooler.projections.experts.models import Findable, HiddenTopic
from watercooler.spine.activity.worker import follow
from watercooler.spine.content.models import Link, Topic
from watercooler.spine.people.models import Invitation, Person
from watercooler.spine.social import acts
from watercooler.spine.social.models import Follow
from watercooler.spine.spaces.acts import join

__all__ = ["commits", "fresh"]
pytestmark = pytest.mark.django_db


def known(company):
    """Let Tomasz be known for defrosting: an accepted answer that helped."""
    question = company.question("Why does the coil freeze up at night?", topics=["Defrost"])
    answer = company.answer(question, "The defrost sensor sits loose on the coil.", by="tomasz")
    accept(company.viewer("noah"), question, answer)
    acts.helped(company.viewer("noah"), answer)
    while follow():
        pass
    return question


def test_somebody_is_named_with_the_evidence_the_asker_may_read(company):
    question = known(company)
    found = of(Program(company, "priya", "read").get("/who-knows?q=defrost+sensor+on+the+coil"))
    assert [one["handle"] for one in found["people"]] == ["tomasz"]
    assert found["people"][0]["evidence"][0]["is_accepted"]
    assert found["people"][0]["reason"]
    beside = of(Program(company, "priya").get(f"/items/{question.pk}/who-may-know"))
    assert [one["handle"] for one in beside["people"]] == ["tomasz"]
    assert of(Program(company, "priya").get("/people/tomasz"))["known_for"][0]["slug"] == "defrost"


def test_evidence_of_a_secret_space_names_nobody(company):
    company.question("Who leaves with the redundancy plan?", by="ruth", space=company.council)
    words = "Everybody in the redundancy plan."
    company.article(title="The redundancy plan", source=words, by="ruth", space=company.council)
    while follow():
        pass
    assert of(Program(company, "ines").get("/who-knows?q=redundancy+plan"))["people"] == []


def test_guests_are_told_nobody(company, sign_in):
    known(company)
    client = sign_in(company.sam)
    refused(client.get("/api/v1/who-knows?q=defrost"), 404)
    assert of(client.get("/api/v1/people/tomasz"))["known_for"] == []


def test_one_hides_a_topic_and_opts_out(company):
    known(company)
    tomasz, priya = Program(company, "tomasz"), Program(company, "priya")
    assert of(tomasz.get("/me/known-for"))["topics"][0]["slug"] == "defrost"
    of(tomasz.put("/me/known-for/defrost/hidden"), 204)
    own = of(tomasz.get("/me/known-for"))
    assert (own["topics"], own["hidden"]) == ([], [{"slug": "defrost", "name": "Defrost"}])
    assert of(priya.get("/people/tomasz"))["known_for"] == []
    of(tomasz.delete("/me/known-for/defrost/hidden"), 204)
    refused(tomasz.delete("/me/known-for/defrost/hidden"), 404)
    refused(priya.put("/me/known-for/defrost/hidden"), 404)
    assert not HiddenTopic.objects.exists()
    out = of(tomasz.patch("/me/known-for", {"is_out": True}))
    assert (out["is_out"], out["takes_nudges"]) == (True, True)
    assert Findable.objects.get(person=company.tomasz).is_out
    assert of(priya.get("/who-knows?q=defrost+sensor+on+the+coil"))["people"] == []


def test_what_belongs_to_a_question_is_shown_as_far_as_one_may_read_it(company):
    question, same = known(company), company.question("Coil frozen again?", topics=["Defrost"])
    secret = company.question("Coil of the council?", by="ruth", space=company.council, topics=["Defrost"])
    for other in (same, secret):
        Link.objects.create(item=other.item, other=question.item, kind="duplicate", at=timezone.now())
    found = of(Program(company, "priya").get(f"/items/{question.pk}/related"))
    assert [(one["item"], one["is_same"]) for one in found["linked"]] == [(same.pk, True)]
    assert [one["item"] for one in found["questions"]] == [same.pk]
    assert (found["reach"]["helped"], found["reach"]["passed_on"]) == (1, 0)
    near = of(Program(company, "priya").get("/items/similar?title=Why+does+the+coil+freeze+up"))
    assert question.pk in [one["item"] for one in near["similar"]]
    refused(Program(company, "priya").get(f"/items/{secret.pk}/related"), 404)


def test_a_text_is_shown_as_it_will_look_and_cleaned(company):
    shown = of(Program(company, "priya").post("/preview", {"source": "**Hot** <script>alert(1)</script>"}))
    assert "<strong>Hot</strong>" in shown["html"]
    assert "<script" not in shown["html"]
    refused(Program(company, "priya").post("/preview", {"source": "x" * 100_001}), 422, "source")


def test_one_says_how_much_one_hears_of_what_one_follows(company):
    priya = Program(company, "priya")
    of(priya.put("/people/noah/followed"), 204)
    topic = Topic.objects.create(slug="frost", name="Frost")
    acts.mute(company.viewer("priya"), topic)
    levels = of(priya.get("/me/levels"))
    assert [(one["name"], one["level"]) for one in levels["follows"]] == [("Noah Whitfield", "all")]
    assert [one["name"] for one in levels["muted"]] == ["#Frost"]
    assert "heat-pump-engineers" in [one["space"]["slug"] for one in levels["spaces"]]
    row = levels["follows"][0]["id"]
    of(priya.put(f"/me/follows/{row}/level", {"level": "mentions"}), 204)
    assert Follow.objects.get(pk=row).level == "mentions"
    refused(Program(company, "tomasz").put(f"/me/follows/{row}/level", {"level": "all"}), 404)
    refused(priya.put(f"/me/follows/{row}/level", {"level": "muted"}), 422, "level")


def test_somebody_new_is_led_through_the_first_steps(company):
    Person.objects.filter(pk=company.priya.pk).update(welcomed_at=None)
    priya = Program(company, "priya")
    steps = of(priya.get("/me/first-steps"))
    assert not steps["are_done"]
    assert steps["people"]
    of(priya.put("/me/first-steps/done"), 204)
    assert of(priya.get("/me/first-steps"))["are_done"]


def test_ratings_are_for_those_concerned(company):
    post = company.post(by="noah")
    priya = Program(company, "priya")
    assert of(priya.get(f"/items/{post.pk}/rating")) == {"mine": None, "all": None}
    of(priya.put(f"/items/{post.pk}/rating", {"useful": True, "reason": "Warm"}), 204)
    assert of(priya.get(f"/items/{post.pk}/rating"))["mine"]["reason"] == "Warm"
    for name in ("noah", "tomasz"):
        shown = of(Program(company, name).get(f"/items/{post.pk}/rating"))["all"]
        assert (shown["useful"], shown["given"][0]["handle"]) == ({"yes": 1, "no": 0}, "priya")
    assert of(Program(company, "ines").get(f"/items/{post.pk}/rating"))["all"] is None


def test_one_sees_ones_own_open_flag_and_no_other(company):
    post = company.post(by="noah")
    of(Program(company, "priya").put(f"/items/{post.pk}/flag", {"reason": "unsafe", "note": "Hot"}), 204)
    assert of(Program(company, "priya").get(f"/items/{post.pk}/flag"))["note"] == "Hot"
    refused(Program(company, "noah").get(f"/items/{post.pk}/flag"), 404)


def test_one_comes_back_to_a_space_left_a_moment_ago(company):
    join(company.viewer("priya"), company.heat)
    priya = Program(company, "priya")
    of(priya.delete("/spaces/heat-pump-engineers/membership"), 204)
    assert of(priya.put("/spaces/heat-pump-engineers/membership/restored"))["standing"] == "member"
    refused(priya.put("/spaces/heat-pump-engineers/membership/restored"), 404)


def test_a_photo_is_sent_to_whoever_may_know_its_person(company, sign_in, tmp_path, settings):
    settings.MEDIA_ROOT = tmp_path
    noah = Program(company, "noah")
    said = {"Authorization": f"Bearer {noah.secret}"}
    upload = SimpleUploadedFile("me.png", picture("PNG", (600, 600)), "image/png")
    of(noah.client.post("/api/v1/me/photo", {"photo": upload}, headers=said))
    answer = Program(company, "priya", "read").get("/people/noah/photo")
    assert answer["Content-Type"] == "image/webp"
    assert b"".join(answer.streaming_content)[8:12] == b"WEBP"
    refused(sign_in(company.sam).get("/api/v1/people/fatima/photo"), 404)
    Person.objects.filter(pk=company.noah.pk).update(photo="/portraits/../../etc/passwd")
    refused(Program(company, "priya").get("/people/noah/photo"), 404)


def test_an_administrator_sets_the_logo_and_mails_an_invitation(company, mailoutbox, tmp_path, settings):
    settings.MEDIA_ROOT = tmp_path
    ines = Program(company, "ines", "administer")
    said = {"Authorization": f"Bearer {ines.secret}"}

    def send(content):
        upload = SimpleUploadedFile("logo.png", content, "image/png")
        return ines.client.post("/api/v1/administration/organisation/logo", {"logo": upload}, headers=said)

    assert "/logos/" in of(send(picture("PNG", (300, 300))))["logo"]
    refused(send(b"<svg onload=alert(1)>"), 422, "logo")
    assert of(ines.delete("/administration/organisation/logo"))["logo"] == ""
    path = "/administration/people/noah/invitation"
    refused(ines.get(path), 404)
    assert not of(ines.post(path, None), 201)["was_mailed"]
    made = of(ines.post(path, {"by_mail": True}), 201)
    assert made["was_mailed"]
    assert made["link"] in mailoutbox[-1].body
    assert of(ines.get(path))["link"] == made["link"]
    assert Invitation.objects.filter(person=company.noah, used_at=None).count() >= 1
    assert of(ines.get("/administration/people/hassan"))["owns"][0]["slug"] == "heat-pump-engineers"


def test_one_chooses_a_language_that_there_is(company):
    priya = Program(company, "priya")
    assert of(priya.patch("/me", {"language": "de"}))["language"] == "de"
    refused(priya.patch("/me", {"language": "tlh"}), 422, "language")


def test_the_directory_says_by_what_it_can_be_narrowed(company, sign_in):
    facets = of(Program(company, "priya").get("/directory/facets"))
    narrowed = [one for one in facets["facets"] if one["facet"] in ("site", "unit") and one["people"]]
    assert narrowed
    for one in narrowed:
        assert of(Program(company, "priya").get(f"/people?{one['facet']}={one['value']}"))["people"]
    refused(sign_in(company.sam).get("/api/v1/directory/facets"), 404)
