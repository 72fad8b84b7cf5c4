"""Pages that hand out what is there: one's own words, a space, everything; and nobody else's file."""

from __future__ import annotations

import io
import zipfile
from datetime import timedelta
from html import unescape

import pytest
from django.utils import timezone

from tests.company import PASSWORD
from tests.doors import enter, fresh, give_password
from watercooler.doors.exporting import kept
from watercooler.doors.exporting.models import Export, Scope
from watercooler.spine.activity.models import Activity

__all__ = ["fresh"]
pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def media(tmp_path, settings):
    settings.MEDIA_ROOT = tmp_path / "files"


def shown(answer) -> str:
    return unescape(answer.content.decode())


def _written(person, scope=Scope.OWN, space=None) -> Export:
    export = Export.objects.create(
        person=person, scope=scope, space=space, asked_at=timezone.now(), ends_at=timezone.now() + timedelta(days=7)
    )
    kept.write_out(export.pk)
    export.refresh_from_db()
    return export


def test_everybody_finds_their_export_in_their_settings(sign_in, company):
    browser = sign_in(company.noah)
    assert "/me/export" in shown(browser.get("/me/settings"))
    assert browser.get("/me/export").status_code == 200
    answer = browser.post("/me/export")
    assert (answer.status_code, answer["Location"]) == (302, "/me/export")
    page = shown(browser.get("/me/export"))
    assert "putting it together" in page
    assert "hx-trigger" in page
    assert Activity.objects.get(verb="exported").actor == company.noah


def test_what_is_ready_can_be_downloaded_and_thrown_away(sign_in, company):
    company.post("Only mine.", by="noah")
    export = _written(company.noah)
    browser = sign_in(company.noah)
    assert export.url in shown(browser.get("/me/export"))
    answer = browser.get(export.url)
    data = b"".join(answer.streaming_content)
    assert "attachment" in answer["Content-Disposition"]
    assert "watercooler-noah-" in answer["Content-Disposition"]
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        assert b"Only mine." in archive.read("tables/content.Item.jsonl")
    assert browser.post(f"{export.url}/thrown-away").status_code == 302
    assert browser.get(export.url).status_code == 404
    assert not kept.path_of(export.stored).exists()


@pytest.mark.parametrize(("who", "page"), [("noah", "/me/export"), ("ines", "/studio/export")])
def test_all_of_it_is_for_who_confirmed_lately_who_they_are(client, company, who, page):
    """A browser left open is enough to read with, and not to take everything along."""
    person = give_password(getattr(company, who))
    export = _written(person, Scope.OWN if who == "noah" else Scope.EVERYTHING)
    enter(client, who)
    assert client.get(page).status_code == 200
    asked = client.post(page)
    assert asked["Location"].startswith("/me/security/confirm?next=")
    assert client.get(export.url)["Location"].startswith("/me/security/confirm?next=")
    assert Export.objects.count() == 1
    client.get(export.url)
    client.post(f"/me/security/confirm?next={export.url}", {"password": PASSWORD})
    assert client.get(export.url).status_code == 200
    assert client.post(page)["Location"] == page
    assert Export.objects.count() == 2
    session = client.session
    for record in session["account_authentication_methods"]:
        record["at"] -= 16 * 60
    session.save()
    assert client.get(export.url)["Location"].startswith("/me/security/confirm"), "a quarter of an hour, no longer"


def test_what_was_asked_for_goes_on_after_confirming(client, company):
    give_password(company.noah)
    enter(client, "noah")
    asked = client.post("/me/export")
    assert client.post(asked["Location"], {"password": PASSWORD})["Location"] == "/me/export"
    assert Export.objects.get().scope == Scope.OWN


def test_a_space_is_exported_without_confirming(client, company):
    give_password(company.hassan)
    enter(client, "hassan")
    assert client.post(f"{company.heat.url}export")["Location"] == f"{company.heat.url}export"


@pytest.mark.parametrize("who", ["priya", "ines", "sam"])
def test_nobody_else_gets_the_file(sign_in, company, who):
    export = _written(company.noah)
    browser = sign_in(getattr(company, who))
    assert browser.get(export.url).status_code == 404
    assert browser.post(f"{export.url}/thrown-away").status_code == 404


def test_an_ended_export_is_gone(sign_in, company):
    export = _written(company.noah)
    Export.objects.update(ends_at=timezone.now() - timedelta(seconds=1))
    browser = sign_in(company.noah)
    assert browser.get(export.url).status_code == 404
    assert export.url not in shown(browser.get("/me/export"))


def test_hosts_export_their_space_and_others_find_no_page(sign_in, company):
    browser = sign_in(company.hassan)
    assert f"{company.heat.url}export" in shown(browser.get(f"{company.heat.url}settings"))
    assert browser.get(f"{company.heat.url}export").status_code == 200
    assert browser.post(f"{company.heat.url}export").status_code == 302
    for who in ("noah", "ines", "sam"):
        assert sign_in(getattr(company, who)).get(f"{company.heat.url}export").status_code == 404
        assert sign_in(getattr(company, who)).post(f"{company.heat.url}export").status_code == 404


def test_who_is_no_host_any_more_gets_no_file(sign_in, company):
    export = _written(company.fatima, Scope.SPACE, company.medicines)
    browser = sign_in(company.fatima)
    assert browser.get(export.url).status_code == 200
    company.medicines.memberships.filter(person=company.fatima).delete()
    from watercooler.spine.spaces.viewer import kept

    kept.clear()
    assert browser.get(export.url).status_code == 404


def test_administrators_alone_export_everything(sign_in, company):
    browser = sign_in(company.ines)
    assert "/studio/export" in shown(browser.get("/studio/settings"))
    assert browser.get("/studio/export").status_code == 200
    assert browser.post("/studio/export").status_code == 302
    for who in ("elena", "hassan", "sam"):
        assert sign_in(getattr(company, who)).get("/studio/export").status_code == 404


def test_the_list_comes_alone_to_a_page_that_waits(sign_in, company):
    browser = sign_in(company.noah)
    browser.post("/me/export")
    part = browser.get("/me/export?part=list", headers={"HX-Request": "true"}).content.decode()
    assert part.lstrip().startswith('<div id="exports"')
    assert browser.get("/me/export?part=list").status_code == 302


def test_an_imported_person_stays_out_until_invited(client, company, mailoutbox):
    from watercooler.spine.people.acts import invite

    person = company.noah
    person.is_imported = True
    person.last_login = None
    person.set_password("warm-radiators-42")
    person.save()
    said = {"login": "noah", "password": "warm-radiators-42"}
    client.post("/sign-in", said)
    assert client.get("/home").status_code == 302
    invite(company.viewer("ines"), person)
    client.post("/sign-in", said)
    assert client.get("/home").status_code in (200, 302)
    assert "_auth_user_id" in client.session
