"""Getting into a space and out of it, and looking after it."""

from datetime import timedelta
from html import unescape

import pytest
from django.utils import timezone

from watercooler.spine.content.models import Highlight, Item
from watercooler.spine.people.models import Person
from watercooler.spine.spaces import acts
from watercooler.spine.spaces.models import Access, Membership, Space, Standing

pytestmark = pytest.mark.django_db
HX = {"HX-Request": "true"}


def text(response):
    return unescape(response.content.decode())


def test_joining_an_open_space_accepts_its_rules_and_leaving_can_be_undone(company, sign_in):
    browser = sign_in(company.fatima)
    form = text(browser.get("/spaces/heat-pump-engineers/joined"))
    assert "Ask early." in form
    assert "Accept and join" in form
    assert browser.post("/spaces/heat-pump-engineers/joined")["Location"] == "/spaces/heat-pump-engineers/"
    mine = Membership.objects.get(space=company.heat, person=company.fatima)
    assert mine.rules_version == company.heat.rules_version
    page = text(browser.get("/spaces/heat-pump-engineers/"))
    assert "You joined Heat Pump Engineers" in page
    browser.post("/spaces/heat-pump-engineers/joined/undo")
    assert not Membership.objects.filter(space=company.heat, person=company.fatima).exists()
    assert "/spaces/heat-pump-engineers/joined/again" in text(browser.get("/spaces/heat-pump-engineers/"))
    browser.post("/spaces/heat-pump-engineers/joined/again")
    assert Membership.objects.get(space=company.heat, person=company.fatima).standing == Standing.MEMBER


def test_leaving_a_secret_space_can_be_undone_and_only_by_who_left(company, sign_in):
    acts.invite(company.viewer("ruth"), company.council, [company.priya])
    acts.join(company.viewer("priya"), company.council)
    assert sign_in(company.priya).post("/spaces/works-council/joined/undo")["Location"] == "/spaces"
    assert sign_in(company.priya).get("/spaces/works-council/").status_code == 404
    assert sign_in(company.noah).post("/spaces/works-council/joined/again").status_code == 404
    sign_in(company.priya).post("/spaces/works-council/joined/again")
    assert sign_in(company.priya).get("/spaces/works-council/").status_code == 200


def test_who_was_sent_out_cannot_undo_their_way_back(company, sign_in):
    acts.change_standing(company.viewer("hassan"), company.heat, company.noah, None)
    Space.objects.filter(pk=company.heat.pk).update(access=Access.CLOSED)
    assert sign_in(company.noah).post("/spaces/heat-pump-engineers/joined/again").status_code == 404


def test_the_owner_cannot_leave(company, sign_in):
    answer = sign_in(company.hassan).post("/spaces/heat-pump-engineers/joined/undo")
    assert answer.status_code == 403
    assert "Name another owner first" in text(answer)


def test_asking_to_join_reaches_the_hosts_and_is_answered(company, sign_in):
    sign_in(company.priya).post("/spaces/medicines/joined", {"note": "I cover nights in Bradford."})
    assert "take it back" in text(sign_in(company.priya).get("/spaces/medicines/"))
    hosts = text(sign_in(company.fatima).get("/spaces/medicines/members"))
    assert "I cover nights in Bradford." in hosts
    assert sign_in(company.noah).post("/spaces/medicines/requests/priya/yes").status_code == 403
    sign_in(company.fatima).post("/spaces/medicines/requests/priya/yes")
    assert company.medicines.pk in company.viewer("priya").space_ids
    sign_in(company.noah).post("/spaces/medicines/joined")
    sign_in(company.fatima).post("/spaces/medicines/requests/noah/no")
    assert not Membership.objects.filter(space=company.medicines, person=company.noah).exists()


def test_hosts_invite_whom_they_find(company, sign_in):
    browser = sign_in(company.fatima)
    found = text(browser.get("/spaces/medicines/invitations?q=tomas", headers=HX))
    assert "Tomasz" in found
    assert "<html" not in found
    again = text(browser.get("/spaces/medicines/invitations?q=noah&person=tomasz", headers=HX))
    assert 'value="tomasz" checked' in again
    assert browser.post("/spaces/medicines/invitations", {"note": "Hello"}).status_code == 422
    browser.post("/spaces/medicines/invitations", {"person": ["tomasz", "noah"], "note": "For the night rota"})
    invited = Membership.objects.filter(space=company.medicines, standing=Standing.INVITED)
    assert set(invited.values_list("person__handle", flat=True)) == {"tomasz", "noah"}
    assert sign_in(company.priya).get("/spaces/medicines/invitations").status_code == 403
    sign_in(company.noah).post("/spaces/medicines/joined/undo")
    assert not Membership.objects.filter(space=company.medicines, person=company.noah).exists()


def test_changed_rules_are_put_to_everybody_again(company, sign_in):
    settings = {"name": "Heat Pump Engineers", "objective": "Fewer return visits.", "hue": company.heat.hue}
    sign_in(company.hassan).post("/spaces/heat-pump-engineers/settings", {**settings, "rules": "Ask early.\nBe kind."})
    page = text(sign_in(company.noah).get("/spaces/heat-pump-engineers/"))
    assert "The ground rules have changed" in page
    assert "Be kind." in page
    sign_in(company.noah).post("/spaces/heat-pump-engineers/rules")
    assert "The ground rules have changed" not in text(sign_in(company.noah).get("/spaces/heat-pump-engineers/"))


def test_the_level_of_a_space_is_kept(company, sign_in):
    sign_in(company.noah).post("/spaces/heat-pump-engineers/level/muted")
    assert Membership.objects.get(space=company.heat, person=company.noah).level == "muted"
    assert sign_in(company.noah).post("/spaces/heat-pump-engineers/level/loud").status_code == 404


def test_members_lists_hosts_first_and_finds_by_name(company, sign_in):
    page = text(sign_in(company.noah).get("/spaces/heat-pump-engineers/members"))
    assert page.index("Hassan El-Amin</a>") < page.index("Noah Whitfield</a>")
    assert "Send out" not in page
    found = text(sign_in(company.noah).get("/spaces/heat-pump-engineers/members?q=elen", headers=HX))
    assert "Elena" in found
    assert "Hassan" not in found


def test_members_page_on_and_on_without_loss(company, sign_in):
    now = timezone.now()
    people = Person.objects.bulk_create([Person(handle=f"p{n}", name=f"Person {n}", joined_at=now) for n in range(95)])
    Membership.objects.bulk_create([Membership(space=company.heat, person=person, since=now) for person in people])
    browser, address, seen = sign_in(company.noah), "/spaces/heat-pump-engineers/members", []
    while address:
        page = text(browser.get(address, headers=HX))
        seen += [part.split('"')[0] for part in page.split('class="name" href="/people/')[1:]]
        address = page.split('rel="next"')[0].rsplit('href="', 1)[1].split('"')[0] if 'rel="next"' in page else ""
    assert len(seen) == len(set(seen)) == 95 + 6


def test_hosts_change_standing_and_members_may_not(company, sign_in):
    assert sign_in(company.noah).post("/spaces/heat-pump-engineers/members/priya/out").status_code == 403
    sign_in(company.tomasz).post("/spaces/heat-pump-engineers/members/priya/host")
    assert Membership.objects.get(space=company.heat, person=company.priya).standing == Standing.HOST
    sign_in(company.tomasz).post("/spaces/heat-pump-engineers/members/priya/out")
    assert not Membership.objects.filter(space=company.heat, person=company.priya).exists()


def test_settings_are_for_hosts_and_keep_what_was_typed(company, sign_in):
    assert sign_in(company.noah).get("/spaces/heat-pump-engineers/settings").status_code == 403
    browser = sign_in(company.tomasz)
    answer = browser.post(
        "/spaces/heat-pump-engineers/settings", {"name": "Heat", "objective": "", "hue": 30, "tagline": "Kept words"}
    )
    assert answer.status_code == 422
    assert "Kept words" in text(answer)
    rules = "\n".join(f"Rule {n}." for n in range(13))
    answer = browser.post(
        "/spaces/heat-pump-engineers/settings", {"name": "Heat", "objective": "Better.", "hue": 30, "rules": rules}
    )
    assert "Twelve rules are more than anybody reads." in text(answer)
    browser.post("/spaces/heat-pump-engineers/settings", {"name": "Heat", "objective": "Better.", "hue": 30})
    company.heat.refresh_from_db()
    assert (company.heat.name, company.heat.hue) == ("Heat", 30)


def test_closing_a_space_takes_its_items_with_it(company, sign_in):
    post = company.post()
    sign_in(company.tomasz).post("/spaces/heat-pump-engineers/access", {"access": "closed"})
    assert Item.objects.get(pk=post.pk).audience == company.heat.pk
    assert "First frost" not in text(sign_in(company.fatima).get("/spaces/heat-pump-engineers/"))
    assert sign_in(company.tomasz).post("/spaces/heat-pump-engineers/access", {"access": "ajar"}).status_code == 422


def test_a_space_is_handed_on_to_a_host(company, sign_in):
    assert sign_in(company.tomasz).post("/spaces/heat-pump-engineers/owner", {"owner": "tomasz"}).status_code == 403
    assert sign_in(company.hassan).post("/spaces/heat-pump-engineers/owner", {"owner": "noah"}).status_code == 422
    sign_in(company.hassan).post("/spaces/heat-pump-engineers/owner", {"owner": "tomasz"})
    company.heat.refresh_from_db()
    assert company.heat.owner_id == company.tomasz.pk


def test_an_archived_space_leaves_the_directory_and_can_be_opened_again(company, sign_in):
    company.post()
    sign_in(company.hassan).post("/spaces/heat-pump-engineers/archived")
    assert "Heat Pump Engineers</a></h3>" not in text(sign_in(company.noah).get("/spaces"))
    page = text(sign_in(company.noah).get("/spaces/heat-pump-engineers/"))
    assert "First frost" in page
    assert 'class="composer"' not in page
    sign_in(company.hassan).post("/spaces/heat-pump-engineers/archived/undo")
    assert "Heat Pump Engineers</a></h3>" in text(sign_in(company.noah).get("/spaces"))


def test_nobody_is_asked_to_accept_the_rules_of_an_archived_space(company, sign_in):
    settings = {"name": "Heat Pump Engineers", "objective": "Fewer return visits.", "hue": company.heat.hue}
    sign_in(company.hassan).post("/spaces/heat-pump-engineers/settings", {**settings, "rules": "Be kind."})
    assert "The ground rules have changed" in text(sign_in(company.noah).get("/spaces/heat-pump-engineers/"))
    sign_in(company.hassan).post("/spaces/heat-pump-engineers/archived")
    assert "The ground rules have changed" not in text(sign_in(company.noah).get("/spaces/heat-pump-engineers/"))


def test_a_highlight_stands_on_top_with_its_reason_until_its_last_day(company, sign_in):
    post = company.article("Reading superheat")
    browser = sign_in(company.tomasz)
    assert "Put at the top" in text(browser.get("/spaces/heat-pump-engineers/"))
    today = timezone.localdate()
    browser.post(f"/items/{post.pk}/highlighted", {"note": "Before you ring anybody.", "ends_on": today.isoformat()})
    assert "Before you ring anybody." in text(sign_in(company.noah).get("/spaces/heat-pump-engineers/"))
    sign_in(company.tomasz)
    gone = browser.post(f"/items/{post.pk}/highlighted", {"ends_on": (today - timedelta(days=1)).isoformat()})
    assert gone.status_code == 422
    assert "That day is over. Choose today or a later one." in text(gone)
    Highlight.objects.update(ends_on=today - timedelta(days=1))
    assert "Before you ring anybody." not in text(sign_in(company.noah).get("/spaces/heat-pump-engineers/"))
    assert sign_in(company.priya).post(f"/items/{post.pk}/highlighted", {"note": "x"}).status_code == 403
    sign_in(company.tomasz).post(f"/items/{post.pk}/highlighted/undo")
    assert not Highlight.objects.exists()
    secret = company.post("Draft agenda", by="ruth", space=company.council)
    assert sign_in(company.tomasz).get(f"/items/{secret.pk}/highlighted").status_code == 404


def test_a_rule_that_is_too_long_is_refused_not_cut(company, sign_in):
    settings = {"name": "Heat Pump Engineers", "objective": "Fewer return visits.", "hue": company.heat.hue}
    answer = sign_in(company.hassan).post("/spaces/heat-pump-engineers/settings", {**settings, "rules": "Be! " * 90})
    assert answer.status_code == 422
    assert "A rule has at most 300 characters." in text(answer)
