"""Looking after people and the organisation: who may, what is refused, and what follows from a change."""

from __future__ import annotations

import html
import io
import re
from datetime import timedelta

import pytest
from allauth.usersessions.models import UserSession
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone
from PIL import Image

from tests.company import PASSWORD
from watercooler.foundation.base.text import day
from watercooler.foundation.base.viewer import Role
from watercooler.places.person import directory
from watercooler.spine.activity.models import Activity
from watercooler.spine.activity.worker import follow
from watercooler.spine.people.models import Invitation, Organisation, Person
from watercooler.spine.people.reads import forget_organisation
from watercooler.spine.spaces.models import Membership, Space
from watercooler.spine.spaces.viewer import kept

pytestmark = pytest.mark.django_db

PAGES = ["/studio/people", "/studio/people/new", "/studio/people/noah", "/studio/people/noah/invitation"]
PAGES += ["/studio/people/noah/same", "/studio/settings"]
POSTS = ["/studio/people/new", "/studio/people/noah", "/studio/people/noah/invitation", "/studio/people/noah/left"]
POSTS += ["/studio/people/noah/same", "/studio/people/noah/back", "/studio/people/noah/signed-out", "/studio/settings"]


@pytest.fixture(autouse=True)
def fresh():
    cache.clear()
    kept.clear()
    forget_organisation()
    directory.forget_facets()
    yield
    forget_organisation()
    directory.forget_facets()


ENTRY = {"name": "Ada Lind", "handle": "ada", "email": "Ada@Fernway.example", "job": "Baker", "site": "Leeds depot"}
ENTRY |= {"unit": "Fernway Bakery", "manager": "@hassan", "role": "20", "sponsor": "", "ends_on": ""}


def change(client, handle, **fields):
    person = Person.objects.get(handle=handle)
    entry = {"name": person.name, "email": person.email, "job": person.job, "role": person.role}
    entry |= {"manager": person.manager.handle if person.manager else ""}
    return client.post(f"/studio/people/{handle}", {**entry, **fields})


@pytest.mark.parametrize("path", PAGES)
def test_administrators_find_their_pages(company, sign_in, path):
    assert sign_in(company.ines).get(path).status_code == 200


@pytest.mark.parametrize("who", ["priya", "elena", "hassan", "sam"])
@pytest.mark.parametrize("path", PAGES)
def test_for_others_these_pages_do_not_exist(company, sign_in, who, path):
    assert sign_in(getattr(company, who)).get(path).status_code == 404


@pytest.mark.parametrize("who", ["priya", "elena", "sam"])
@pytest.mark.parametrize("path", POSTS)
def test_others_change_nothing(company, sign_in, who, path):
    client = sign_in(getattr(company, who))
    before = list(Person.objects.values().order_by("pk"))
    acts = Activity.objects.count()
    assert client.post(path, ENTRY).status_code in {404, 405}
    assert list(Person.objects.values().order_by("pk")) == before
    assert Activity.objects.count() == acts
    assert not Invitation.objects.exists()


@pytest.mark.parametrize("path", PAGES)
def test_strangers_are_shown_the_door(company, client, path):
    assert client.get(path)["Location"].startswith("/sign-in?next=")


def test_a_person_is_added_with_wall_and_record(company, sign_in):
    answer = sign_in(company.ines).post("/studio/people/new", ENTRY)
    assert answer["Location"] == "/studio/people/ada/invitation"
    ada = Person.objects.get(handle="ada")
    assert (ada.email, ada.job, ada.manager, ada.unit.name) == (
        "ada@fernway.example",
        "Baker",
        company.hassan,
        "Fernway Bakery",
    )
    assert Space.objects.filter(owner=ada, purpose="wall").count() == 1
    assert Activity.objects.filter(verb="added_person", person=ada, actor=company.ines).count() == 1
    assert not ada.has_usable_password()


@pytest.mark.parametrize(
    ("field", "value", "sentence"),
    [
        ("handle", "Noah", "Somebody has this handle already."),
        ("handle", "a b", "Use a to z, 0 to 9, dot, dash."),
        ("email", "NOAH@fernway.example", "Somebody has this e-mail address already."),
        ("manager", "nobody", "There is nobody called “nobody”."),
        ("manager", "sam", "There is nobody called “sam”."),
        ("name", " \u200b ", "Everybody here has a name."),
        ("role", "10", "Every guest needs this."),
    ],
)
def test_a_bad_entry_is_refused_beside_its_field(company, sign_in, field, value, sentence):
    answer = sign_in(company.ines).post("/studio/people/new", {**ENTRY, field: value})
    assert answer.status_code == 422
    page = answer.content.decode()
    assert sentence in page
    assert "Baker" in page  # what was typed is still there
    assert not Person.objects.filter(handle="ada").exists()


def test_colleagues_are_named_in_forms_as_everywhere(company, sign_in):
    client = sign_in(company.ines)
    assert 'value="Hassan El-Amin (@hassan)"' in html.unescape(client.get("/studio/people/tomasz").text)
    assert 'hx-get="/colleagues/offers"' in client.get("/studio/people/new").text
    offered = html.unescape(client.get("/colleagues/offers?manager=whit").text)
    assert '<option value="Noah Whitfield (@noah)">' in offered
    assert "<option" not in client.get("/colleagues/offers?sponsor=okafor").text  # a guest
    for typed in ("Noah Whitfield (@noah)", "noah whit", "@noah", "noah"):
        change(client, "priya", manager="Hassan")
        assert change(client, "priya", manager=typed).status_code == 302
        assert Person.objects.get(handle="priya").manager == company.noah, typed
    assert "More than one" in html.unescape(change(client, "priya", manager="an").text)
    assert change(client, "priya", manager="").status_code == 302
    assert Person.objects.get(handle="priya").manager is None


def test_a_guest_has_a_sponsor_and_a_last_day(company, sign_in):
    day = (timezone.localdate() + timedelta(days=30)).isoformat()
    sign_in(company.ines).post("/studio/people/new", {**ENTRY, "role": "10", "sponsor": "hassan", "ends_on": day})
    ada = Person.objects.get(handle="ada")
    assert (ada.role, ada.sponsor, ada.ends_on.isoformat()) == (Role.GUEST, company.hassan, day)


def test_a_reporting_line_never_goes_round(company, sign_in):
    answer = change(sign_in(company.ines), "hassan", manager="noah")  # noah reports to tomasz, tomasz to hassan
    assert answer.status_code == 422
    assert "would report to themselves" in answer.content.decode()
    company.hassan.refresh_from_db()
    assert company.hassan.manager == company.ruth


def test_a_changed_name_stands_on_cards_and_wall(company, sign_in):
    before = company.noah.version
    assert change(sign_in(company.ines), "noah", name="Noah Field").status_code == 302
    company.noah.refresh_from_db()
    assert company.noah.version > before
    assert Space.objects.get(slug="~noah").name == "Noah Field"


def test_a_new_role_counts_at_once(company, sign_in, django_capture_on_commit_callbacks):
    noah = sign_in(company.noah, Client())
    assert noah.get("/studio/people").status_code == 404
    with django_capture_on_commit_callbacks(execute=True):
        change(sign_in(company.ines), "noah", role="40")
    assert noah.get("/studio/people").status_code == 200


def test_the_last_administrator_stays_one(company, sign_in):
    client = sign_in(company.ines)
    assert change(client, "ines", role="20").status_code == 422
    assert client.post("/studio/people/ines/left").status_code == 422
    company.ines.refresh_from_db()
    assert (company.ines.role, company.ines.is_active) == (Role.ADMINISTRATOR, True)


def test_who_leaves_is_out_at_once_and_what_they_wrote_stays(company, client, django_capture_on_commit_callbacks):
    company.post(by="noah", source="Frost on the coil.")
    company.noah.set_password(PASSWORD)
    company.noah.save()
    noah = Client()
    noah.post("/sign-in", {"login": "noah", "password": PASSWORD})
    assert noah.get("/people").status_code == 200
    assert UserSession.objects.filter(user=company.noah).count() == 1
    client.force_login(company.ines, backend="allauth.account.auth_backends.AuthenticationBackend")
    with django_capture_on_commit_callbacks(execute=True):
        client.post("/studio/people/noah/left")
    assert noah.get("/people").status_code == 302
    assert not UserSession.objects.filter(user=company.noah).exists()
    assert "Has left" in client.get("/people/noah").content.decode()
    assert company.noah.items.count() == 1
    assert noah.post("/sign-in", {"login": "noah", "password": PASSWORD})["Location"] == "/sign-in/closed"
    client.post("/studio/people/noah/back")
    assert noah.post("/sign-in", {"login": "noah", "password": PASSWORD})["Location"] == "/home"


def test_signing_somebody_out_everywhere(company, client, django_capture_on_commit_callbacks):
    company.noah.set_password(PASSWORD)
    company.noah.save()
    noah = Client()
    noah.post("/sign-in", {"login": "noah", "password": PASSWORD})
    assert noah.get("/people").status_code == 200
    client.force_login(company.ines, backend="allauth.account.auth_backends.AuthenticationBackend")
    with django_capture_on_commit_callbacks(execute=True):
        client.post("/studio/people/noah/signed-out")
    assert noah.get("/people").status_code == 302


def test_an_invitation_has_link_code_and_mail(company, sign_in, mailoutbox):
    client = sign_in(company.ines)
    client.post("/studio/people/noah/invitation", {"mail": "1"})
    made = Invitation.objects.get()
    page = html.unescape(client.get("/studio/people/noah/invitation").content.decode())
    assert f"/invitation/{made.token}" in page
    assert "data:image/svg+xml;base64," in page
    (sent,) = mailoutbox
    assert sent.to == ["noah@fernway.example"]
    assert f"/invitation/{made.token}" in sent.body
    assert f"/invitation/{made.token}" in html.unescape(sent.alternatives[0][0])
    assert f"until {day(made.ends_at)}." in sent.body


def test_a_new_link_ends_the_old_one(company, sign_in):
    client = sign_in(company.ines)
    client.post("/studio/people/noah/invitation")
    old = Invitation.objects.get().token
    client.post("/studio/people/noah/invitation")
    assert Client().get(f"/invitation/{old}").status_code == 410


def picture(kind="PNG", size=(300, 200)):
    data = io.BytesIO()
    Image.new("RGB", size, "teal").save(data, kind)
    return SimpleUploadedFile("logo.png", data.getvalue(), content_type="image/png")


def test_name_and_logo_of_the_organisation(company, sign_in, django_capture_on_commit_callbacks):
    client = sign_in(company.ines)
    with django_capture_on_commit_callbacks(execute=True):
        assert client.post("/studio/settings", {"name": "Kestrel", "logo": picture()}).status_code == 302
    house = Organisation.objects.get()
    assert house.name == "Kestrel"
    door = Client()
    assert "Kestrel" in door.get("/sign-in").content.decode()
    answer = door.get(house.logo)
    assert answer["Content-Type"] == "image/webp"
    assert "immutable" in answer["Cache-Control"]


def test_a_logo_that_is_no_picture(company, sign_in):
    upload = SimpleUploadedFile("logo.png", b"<svg onload=alert(1)>", content_type="image/png")
    answer = sign_in(company.ines).post("/studio/settings", {"name": "Kestrel", "logo": upload})
    assert answer.status_code == 422
    assert Organisation.objects.get().name == "Fernway"


@pytest.mark.parametrize("name", ["..%2f..%2fsecret_key", "x.webp", "0" * 32 + ".svg"])
def test_only_logos_are_served(company, client, name):
    assert client.get(f"/logos/{name}").status_code == 404


def test_people_are_found_by_name_handle_address_and_job(company, sign_in):
    client = sign_in(company.ines)
    for words in ("whitfield", "noah", "noah@fernway", "apprentice"):
        assert "Noah Whitfield" in client.get("/studio/people", {"q": words}).content.decode()
    assert "Sam Okafor" in client.get("/studio/people", {"which": "guests"}).content.decode()
    assert "Noah Whitfield" not in client.get("/studio/people", {"which": "guests"}).content.decode()


def test_the_spaces_of_somebody_who_left_are_handed_on(company, sign_in):
    """Also where they were the only host, and so nobody but an administrator or learning lead can."""
    owner, space = company.heat.owner, company.heat
    hand_on = f"/spaces/{space.slug}/owner"
    heir = "fatima"
    assert sign_in(company.ines, Client()).post(hand_on, {"owner": heir}).status_code == 403, "there is an owner"
    Membership.objects.filter(space=space, standing="host").exclude(person=owner).update(standing="member")
    ines = sign_in(company.ines, Client())
    ines.post(f"/studio/people/{owner.handle}/left")
    page = html.unescape(ines.get(f"/studio/people/{owner.handle}").content.decode())
    assert f'action="{hand_on}"' in page
    assert sign_in(company.noah, Client()).post(hand_on, {"owner": heir}).status_code == 403
    assert ines.post(hand_on, {"owner": "sam"}).status_code == 422, "a guest looks after nothing"
    assert ines.post(hand_on, {"owner": heir}).status_code == 302
    space.refresh_from_db()
    assert space.owner == company.fatima
    assert hand_on not in html.unescape(ines.get(f"/studio/people/{owner.handle}").content.decode())


def test_a_secret_space_whose_host_left_is_handed_on_unseen(company, sign_in):
    """By an administrator, to somebody in it and not to themselves; everybody in it is told."""
    owner, space = company.ruth, company.council
    hand_on = f"/spaces/{space.slug}/owner"
    for person in (company.noah, company.priya):
        Membership.objects.create(space=space, person=person, since=timezone.now())
    company.post("The pay round.", by="ruth", space=space)
    ines = sign_in(company.ines, Client())
    before = html.unescape(ines.get("/studio/people/ruth").content.decode())
    assert space.name not in before, "it is looked after, and nobody else's business"
    assert ines.post(hand_on, {"owner": "noah"}).status_code == 404
    ines.post("/studio/people/ruth/left")
    page = html.unescape(ines.get("/studio/people/ruth").content.decode())
    assert f'action="{hand_on}"' in page
    assert set(re.findall(r'<option value="(\w+)">', page)) >= {"noah", "priya"}
    for nobody in ("ines", "fatima"):
        assert ines.post(hand_on, {"owner": nobody}).status_code == 422
    assert sign_in(company.elena, Client()).post(hand_on, {"owner": "noah"}).status_code == 404
    answer = ines.post(hand_on, {"owner": "noah"})
    assert answer["Location"] == "/studio/people/ruth"
    assert ines.get(f"/spaces/{space.slug}/").status_code == 404, "handing it on opens nothing"
    assert Activity.objects.get(verb="handed_on").actor == company.ines
    while follow():
        pass
    about = html.unescape(sign_in(company.priya, Client()).get(f"/spaces/{space.slug}/about").content.decode())
    assert f"{company.ines.name} handed it on to {company.noah.name}" in about
    inbox = html.unescape(sign_in(company.priya, Client()).get("/inbox").content.decode())
    assert "named somebody new to look after" in inbox
    assert owner.pk != type(space).objects.get(pk=space.pk).owner_id


def test_a_program_hands_on_a_secret_space_as_the_page_does(company, sign_in):
    space = company.council
    Membership.objects.create(space=space, person=company.noah, since=timezone.now())
    ines = sign_in(company.ines, Client())
    hand_on = f"/api/v1/administration/people/ruth/spaces/{space.slug}/owner"

    def named(handle):
        return ines.put(hand_on, {"owner": handle}, content_type="application/json").status_code

    assert named("noah") == 404, "its owner is here"
    ines.post("/studio/people/ruth/left")
    assert named("ines") == 422
    assert named("noah") == 204
    assert ines.get(f"/api/v1/spaces/{space.slug}").status_code == 404
    assert Space.objects.get(pk=space.pk).owner == company.noah
