"""Of what somebody may not see, nothing goes out; and what was asked for comes, once, to whom it belongs."""

from __future__ import annotations

import json
import os
import zipfile
from datetime import timedelta

import pytest
from allauth.usersessions.models import UserSession
from django.apps import apps
from django.conf import settings
from django.db import OperationalError
from django.utils import timezone

from tests.exports import a_life, media, out, rows, words
from watercooler.doors.api.acts import make_token
from watercooler.doors.exporting import acts, kept, scopes
from watercooler.doors.exporting.jobs import write_export
from watercooler.doors.exporting.models import Export, Scope
from watercooler.doors.exporting.own import own
from watercooler.foundation.base.errors import NotAllowed
from watercooler.kinds.questions.acts import accept
from watercooler.kinds.questions.models import Question
from watercooler.places.mentoring import acts as mentoring
from watercooler.projections.experts.acts import choose, hide
from watercooler.spine.activity import worker
from watercooler.spine.content.models import Item, Topic
from watercooler.spine.people.models import Invitation, Person
from watercooler.spine.social import acts as acts_of_people
from watercooler.spine.spaces.models import Membership, Space

__all__ = ["media"]


def test_every_model_is_exported_or_has_a_reason_not_to_be():
    ours = {f"{m._meta.app_label}.{m.__name__}" for m in apps.get_models() if m.__module__.startswith("watercooler.")}
    assert ours == set(settings.EXPORTED) | set(settings.NOT_EXPORTED)
    assert not set(settings.EXPORTED) & set(settings.NOT_EXPORTED)


def test_no_secret_leaves(company, tmp_path):
    company.ines.set_password("warm-radiators-42")
    company.ines.save()
    Invitation.objects.create(
        token="very-secret-token",
        person=company.noah,
        invited_by=company.ines,
        made_at=timezone.now(),
        ends_at=timezone.now(),
    )
    held = words(out(tmp_path))
    assert "password" not in held
    assert "argon2" not in held
    assert "very-secret-token" not in held


def test_an_own_export_holds_what_one_wrote_and_nothing_one_may_not_see(company, tmp_path):
    a_life(company)
    path = out(tmp_path, own(company.viewer("priya")), Scope.OWN)
    held = words(path)
    assert "First frost." in held
    assert "Half a thought" in held, "Drafts are one's own."
    assert {row["author_id"] for row in rows(path, "content.Item")} == {company.priya.pk}
    assert [row["handle"] for row in rows(path, "people.Person")] == ["priya"]
    for hidden in ("Pay talks", "Insulin", "Works council", "typing", "Cold.", "noah@fernway"):
        assert hidden not in held
    assert "texts/" in "".join(zipfile.ZipFile(path).namelist())


def texts(tmp_path, company, name):
    """Return all of somebody's own texts as they are read without any program."""
    with zipfile.ZipFile(out(tmp_path, own(company.viewer(name)), Scope.OWN)) as archive:
        return "".join(archive.read(name).decode() for name in archive.namelist() if name.startswith("texts/"))


def test_an_own_reply_names_what_it_is_below_while_one_may_read_that(company, tmp_path):
    inside = Membership.objects.create(space=company.council, person=company.priya, since=timezone.now())
    question = company.question("Why does it hum?", space=company.council, by="ruth")
    company.answer(question, "Bleed the pump.", by="priya")
    assert "In reply to: Why does it hum?\n\nBleed the pump." in texts(tmp_path, company, "priya")
    inside.delete()
    alone = texts(tmp_path, company, "priya")
    assert "Bleed the pump." in alone
    assert "hum" not in alone


def test_an_asker_s_export_has_no_words_of_the_answerer(company, tmp_path):
    question = company.question()
    accept(company.viewer("noah"), question, company.answer(question, "Somebody else's wisdom."))
    assert "wisdom" not in words(out(tmp_path, own(company.viewer("noah")), Scope.OWN))


def test_an_asker_s_export_does_not_tell_what_was_answered(company, tmp_path):
    priya = company.viewer("priya")
    acts_of_people.connect(priya, company.noah, "Hello.")
    introduced = acts_of_people.introduce(priya, company.noah, company.hassan, "Meet.")
    acts_of_people.connect(company.viewer("ruth"), company.priya, "From Ruth.")
    before = words(out(tmp_path, own(priya), Scope.OWN))
    acts_of_people.decline_connection(company.viewer("noah"), company.priya)
    acts_of_people.decline_introduction(company.viewer("noah"), introduced)
    path = out(tmp_path, own(priya), Scope.OWN)
    assert "Hello." in before
    assert "From Ruth." not in before, "A request of somebody else is theirs until it is answered."
    for table in ("social.Connection", "social.Introduction"):
        (row,) = rows(path, table)
        assert not {"state", "declined_at", "one_answer", "other_answer"} & row.keys()
    assert "declined" not in lines_of_tables(path), "Columns are named in the manifest, rows tell."


def test_an_own_export_holds_how_one_chose_to_be_found(company, tmp_path):
    company.question(topics=["Defrost"])
    topic = Topic.objects.get(slug="defrost")
    choose(company.viewer("priya"), is_out=True, takes_nudges=False)
    hide(company.viewer("priya"), topic)
    choose(company.viewer("noah"), is_out=True, takes_nudges=False)
    path = out(tmp_path, own(company.viewer("priya")), Scope.OWN)
    assert [row["person_id"] for row in rows(path, "experts.Findable")] == [company.priya.pk]
    assert [row["topic_id"] for row in rows(path, "experts.HiddenTopic")] == [topic.pk]
    assert [row["slug"] for row in rows(path, "content.Topic")] == ["defrost"]


def test_an_own_export_holds_one_s_side_of_a_mentoring(company, tmp_path):
    priya, hassan = company.viewer("priya"), company.viewer("hassan")
    mentoring.offer(hassan, helps_with=["Pumps"], rhythm="monthly", places=2)
    pair = mentoring.ask(priya, company.hassan, "Would you?")
    mentoring.accept(hassan, pair, "Gladly, on Fridays.")
    mentoring.propose(priya, pair, goals=["Lead a job"], rhythm="weekly", minutes=30, months=3)
    path = out(tmp_path, own(priya), Scope.OWN)
    (row,) = rows(path, "mentoring.Mentoring")
    assert row["mentor_id"] == company.hassan.pk
    assert "Lead a job" in words(path)
    assert "on Fridays" not in words(path)
    assert "Lead a job" not in words(out(tmp_path, own(company.viewer("noah")), Scope.OWN))


def test_a_space_s_export_holds_what_its_people_read(company, tmp_path):
    a_life(company)
    path = out(tmp_path, scopes.of_space(company.viewer("hassan"), company.heat), Scope.SPACE)
    held = words(path)
    for read in ("First frost.", "Look at the coil", "Cold.", "Wait *ten*", "Wait twenty"):
        assert read in held
    for hidden in ("Half a thought", "Never mind", "Pay talks", "Insulin", "typing", "@fernway", "Hm."):
        assert hidden not in held
    assert not rows(path, "social.Helped")


def test_only_who_may_gets_an_export(company):
    assert scopes.may_export(company.viewer("noah"), Scope.OWN)
    assert scopes.may_export(company.viewer("sam"), Scope.OWN)
    assert scopes.may_export(company.viewer("hassan"), Scope.SPACE, company.heat)
    assert scopes.may_export(company.viewer("ines"), Scope.EVERYTHING)
    wall = Space.objects.get(owner=company.noah, purpose="wall")
    for handle, scope, space in (
        ("noah", Scope.SPACE, company.heat),
        ("ines", Scope.SPACE, company.heat),
        ("noah", Scope.SPACE, wall),
        ("elena", Scope.EVERYTHING, None),
        ("hassan", Scope.EVERYTHING, None),
    ):
        with pytest.raises(NotAllowed):
            acts.ask(company.viewer(handle), scope, space)


def test_asking_twice_is_asking_once_and_a_job_writes_it(company):
    first = acts.ask(company.viewer("noah"), Scope.OWN)
    assert acts.ask(company.viewer("noah"), Scope.OWN).pk == first.pk
    kept.write_out(first.pk)
    first.refresh_from_db()
    assert first.ready_at
    assert kept.path_of(first.stored).stat().st_mode & 0o777 == 0o600
    assert acts.ask(company.viewer("noah"), Scope.OWN).pk != first.pk


def test_who_lost_the_right_gets_nothing(company):
    made = acts.ask(company.viewer("ines"), Scope.EVERYTHING)
    Person.objects.filter(pk=company.ines.pk).update(role=20)
    kept.write_out(made.pk)
    made.refresh_from_db()
    assert made.failed_at
    assert not made.stored


def test_ended_exports_go_with_their_file(company):
    made = acts.ask(company.viewer("noah"), Scope.OWN)
    kept.write_out(made.pk)
    made.refresh_from_db()
    Export.objects.update(ends_at=timezone.now() - timedelta(minutes=1))
    assert kept.sweep() == 1
    assert not kept.path_of(made.stored).exists()


def test_what_a_killed_worker_left_half_written_goes_too(company):
    made = acts.ask(company.viewer("noah"), Scope.OWN)
    kept.write_out(made.pk)
    made.refresh_from_db()
    whole = kept.path_of(made.stored)
    strays = [whole.with_name(name) for name in ("half.zip.part", "whole.zip")]
    fresh = whole.with_name("being-written.zip.part")
    for path in (*strays, fresh):
        path.write_bytes(b"PK")
    long_ago = (timezone.now() - timedelta(days=2)).timestamp()
    for path in (*strays, whole):
        os.utime(path, (long_ago, long_ago))
    kept.sweep()
    assert whole.exists()
    assert fresh.exists()
    assert not any(path.exists() for path in strays)
    fresh.unlink()


def test_an_export_waits_for_a_database_that_went_away_and_gives_up_for_other_reasons(company, monkeypatch):
    for error, gives_up in ((OperationalError("away"), False), (OSError(28, "No space left on device"), True)):
        made = acts.ask(company.viewer("noah"), Scope.OWN)
        monkeypatch.setattr(kept, "write_out", lambda export_id, error=error: raise_(error))
        with pytest.raises(type(error)):
            write_export(made.pk)
        made.refresh_from_db()
        assert bool(made.failed_at) == gives_up


def raise_(error: Exception) -> None:
    raise error


def person_models():
    """Return the labels of all models with a row of a person's, ours and the frameworks'."""
    for model in apps.get_models():
        columns = model._meta.concrete_fields
        if any(c.related_model is Person or c.attname in {"person_id", "actor_ids"} for c in columns):
            yield f"{model._meta.app_label}.{model.__name__}"


def test_whatever_points_at_a_person_is_in_their_own_export_or_has_a_reason_not_to_be(company):
    held = set(scopes.chosen(Scope.OWN, company.viewer("priya")).rows)
    assert not held & set(settings.NOT_ONES_OWN)
    assert set(person_models()) <= held | set(settings.NOT_ONES_OWN)


def test_the_guide_names_everything_in_an_own_export(company, tmp_path):
    a_life(company)
    path = out(tmp_path, scopes.chosen(Scope.OWN, company.viewer("priya")), Scope.OWN)
    with zipfile.ZipFile(path) as archive:
        guide = archive.read("READ-ME-FIRST.md").decode()
        tables = [name for name in archive.namelist() if name.startswith("tables/") and archive.read(name)]
    for name in [*tables, "inbox.jsonl", "account.json", "texts/"]:
        assert f"`{name}`" in guide
    assert "the introductions you made" in guide.partition("What is empty")[2], "What is empty is named, too."
    assert "ask whoever runs it" in guide


def test_an_own_export_holds_one_s_inbox_in_words_as_far_as_one_may_see(company, tmp_path):
    made = a_life(company)
    company.answer(Question.objects.get(pk=made["question"].pk), "Or the fan.", by="hassan")
    worker.follow()
    lines = jsonl(out(tmp_path, scopes.chosen(Scope.OWN, company.viewer("noah")), Scope.OWN), "inbox.jsonl")
    assert any("Hassan" in line["sentence"] and line["item_id"] for line in lines)
    assert all(line["at"] and line["why"] and "<" not in line["sentence"] for line in lines)
    Item.objects.filter(parent=made["question"]).update(audience=company.council.pk, space=company.council)
    after = jsonl(out(tmp_path, scopes.chosen(Scope.OWN, company.viewer("noah")), Scope.OWN), "inbox.jsonl")
    assert not any("Hassan" in line["sentence"] for line in after)


def test_an_own_export_holds_marks_flags_choices_and_what_came_of_them(company, tmp_path):
    made = a_life(company)
    priya = company.viewer("priya")
    acts_of_people.rate(priya, made["article"], correct=False, reason="Ten is too short.")
    acts_of_people.decide(company.viewer("tomasz"), made["post"], "helped", "Say which valve you mean.")
    path = out(tmp_path, scopes.chosen(Scope.OWN, priya), Scope.OWN)
    (flag,) = rows(path, "social.Flag")
    assert (flag["note"], flag["outcome"]) == ("Hm.", "helped")
    assert "decided_by_id" not in flag
    assert rows(path, "social.Rating")[0]["reason"] == "Ten is too short."
    assert "Say which valve" not in words(path), "What its author was told is not the flagger's."
    assert {row["item_id"] for row in rows(path, "social.Saved")} == {made["article"].pk}


def test_an_own_export_names_ways_in_without_the_secrets(company, tmp_path):
    ends_at = timezone.now() + timedelta(days=7)
    token, secret = make_token(company.viewer("ines"), name="Night report", scopes=["read"], ends_at=ends_at)
    UserSession.objects.create(user=company.ines, ip="10.1.2.3", session_key="sess-1234", user_agent="Firefox")
    path = out(tmp_path, scopes.chosen(Scope.OWN, company.viewer("ines")), Scope.OWN)
    with zipfile.ZipFile(path) as archive:
        account = json.loads(archive.read("account.json"))
        held = b"".join(archive.read(name) for name in archive.namelist()).decode()
    assert [one["name"] for one in account["access_tokens"]] == ["Night report"]
    assert account["sessions"][0]["ip"] == "10.1.2.3"
    assert account["directory"]["handle"] == "ines"
    assert {"given", "known_for"} == account["worked_out"].keys()
    assert account["worked_out"]["given"]["answers"] == 0, "she gave nothing, which is not nothing known"
    for hidden in (secret, token.digest, "sess-1234"):
        assert hidden not in held
    others = out(tmp_path, scopes.chosen(Scope.OWN, company.viewer("noah")), Scope.OWN)
    assert "Night report" not in words(others)
    assert "10.1.2.3" not in words(others)


def lines_of_tables(path):
    with zipfile.ZipFile(path) as archive:
        return "".join(archive.read(name).decode() for name in archive.namelist() if name.startswith("tables/"))


def jsonl(path, name):
    with zipfile.ZipFile(path) as archive:
        return [json.loads(line) for line in archive.read(name).decode().splitlines()]
