"""Spaces: finding one, opening one, getting in and out, and looking after it."""

from datetime import timedelta
from html import unescape

import pytest
from django.utils import timezone

from tests.db.test_feed import follow
from watercooler.kinds.questions.acts import accept
from watercooler.places.space.starters import STARTERS
from watercooler.projections.feed.reads import PAGE
from watercooler.spine.content.acts import highlight
from watercooler.spine.content.models import Highlight, Item
from watercooler.spine.people.models import Person
from watercooler.spine.spaces import acts
from watercooler.spine.spaces.models import Access, Membership, Space, Standing

pytestmark = pytest.mark.django_db

HX = {"HX-Request": "true"}


def text(response):
    return unescape(response.content.decode())


# Who sees what


def test_strangers_are_shown_the_door_everywhere(company, client):
    for path in ("", "/heat-pump-engineers/", "/new", "/nothing-like-this/", "/heat-pump-engineers/settings"):
        assert client.get(f"/spaces{path}")["Location"].startswith("/sign-in?next=")


@pytest.mark.parametrize("tab", ["", "questions", "articles", "members", "about", "joined", "invitations", "settings"])
def test_a_secret_space_does_not_exist_for_outsiders(company, sign_in, tab):
    for name in ("priya", "ines", "sam"):
        assert sign_in(company.people[name]).get(f"/spaces/works-council/{tab}").status_code == 404
    assert sign_in(company.priya).post("/spaces/works-council/joined").status_code == 404
    assert sign_in(company.ruth).get(f"/spaces/works-council/{tab}").status_code == 200


def test_an_invited_person_finds_the_secret_space_with_who_invited_them(
    company, sign_in, django_capture_on_commit_callbacks
):
    acts.invite(company.viewer("ruth"), company.council, [company.priya])
    company.post("Draft agenda", by="ruth", space=company.council)
    page = text(sign_in(company.priya).get("/spaces/works-council/"))
    assert "Ruth Adeyemi invited you here" in page
    assert "Draft agenda" not in page
    with django_capture_on_commit_callbacks(execute=True):
        sign_in(company.priya).post("/spaces/works-council/joined")
    assert "Draft agenda" in text(sign_in(company.priya).get("/spaces/works-council/"))


def test_a_closed_space_shows_its_purpose_and_hosts_and_nothing_else(company, sign_in):
    article = company.article("Double signatures", by="fatima", space=company.medicines)
    highlight(company.viewer("fatima"), article, note="Read it first.")
    page = text(sign_in(company.priya).get("/spaces/medicines/"))
    assert "No missed doses." in page
    assert "Ask to join" in page
    assert "Fatima" in page
    assert "Double signatures" not in page
    assert "Read it first." not in page
    assert sign_in(company.priya).get("/spaces/medicines/members").status_code == 404
    assert "Double signatures" not in text(sign_in(company.priya).get("/spaces/medicines/articles"))


def test_a_guest_sees_only_what_they_joined(company, sign_in):
    browser = sign_in(company.sam)
    assert browser.get("/spaces/heat-pump-engineers/").status_code == 200
    assert browser.get("/spaces/medicines/").status_code == 404
    directory = text(browser.get("/spaces"))
    assert "Heat Pump Engineers" in directory
    assert "Medicines" not in directory
    assert browser.get("/spaces/new").status_code == 403
    assert browser.get("/spaces/heat-pump-engineers/invitations").status_code == 404
    assert browser.post("/spaces/heat-pump-engineers/invitations", {"person": "ruth"}).status_code == 403


# A space's page


def test_a_space_takes_two_queries_for_two_cards_and_for_fifty(company, sign_in, count_queries):
    browser = sign_in(company.noah)
    for number in range(50):
        company.question(f"Question {number}?", at=timezone.now() - timedelta(hours=number), by="priya")
        if number == 1:
            browser.get("/spaces/heat-pump-engineers/")
            with count_queries() as few:
                page = browser.get("/spaces/heat-pump-engineers/")
            assert page.content.count(b'class="post"') == 2
    follow()
    browser.get("/spaces/heat-pump-engineers/")
    for tab in ("", "questions", "questions?state=unanswered", "articles"):
        with count_queries() as many:
            browser.get(f"/spaces/heat-pump-engineers/{tab}")
        assert len(many) == len(few) == 2
    assert "100% of questions" not in text(browser.get("/spaces/heat-pump-engineers/"))


def test_a_visit_takes_the_dot_off_once(company, sign_in, count_queries):
    company.post()
    browser = sign_in(company.noah)
    with count_queries() as first:
        page = browser.get("/spaces/heat-pump-engineers/")
    assert len([q for q in first if q.startswith("UPDATE")]) == 1
    with count_queries() as second:
        browser.get("/spaces/heat-pump-engineers/")
    assert not [q for q in second if q.startswith("UPDATE")]
    assert 'class="sp-link unread"' not in text(page)


def test_more_cards_come_in_place(company, sign_in):
    for number in range(PAGE + 2):
        company.post(f"Report {number}", at=timezone.now() - timedelta(hours=number))
    browser = sign_in(company.noah)
    page = text(browser.get("/spaces/heat-pump-engineers/"))
    more = page.split('rel="next"')[0].rsplit('href="', 1)[1].split('"')[0]
    part = browser.get(more, headers=HX)
    assert part.content.count(b'class="post"') == 2
    assert b"<html" not in part.content


def test_questions_are_found_by_what_became_of_them(company, sign_in):
    solved, answered, waiting = (company.question(f"{word}?") for word in ("Solved", "Answered", "Waiting"))
    accept(company.viewer("noah"), solved, company.answer(solved))
    company.answer(answered)
    follow()
    browser = sign_in(company.noah)

    def found(state):
        page = text(browser.get(f"/spaces/heat-pump-engineers/questions?state={state}"))
        return {word for word in ("Solved", "Answered", "Waiting") if f"{word}?</a></h3>" in page}

    assert found("all") == {"Solved", "Answered", "Waiting"}
    assert found("solved") == {"Solved"}
    assert found("open") == {"Answered", "Waiting"}
    assert found("unanswered") == {"Waiting"}
    assert waiting.pk


def test_the_head_says_how_many_questions_were_answered(company, sign_in):
    for number in range(8):
        question = company.question(f"Question {number}?")
        if number < 6:
            company.answer(question)
    follow()
    assert "75% of questions answered" in text(sign_in(company.noah).get("/spaces/heat-pump-engineers/"))


# Getting in and out


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
    assert sign_in(company.priya).get("/spaces/medicines/invitations").status_code == 404
    sign_in(company.noah).post("/spaces/medicines/joined/undo")
    assert not Membership.objects.filter(space=company.medicines, person=company.noah).exists()


def test_changed_rules_are_put_to_everybody_again(company, sign_in):
    settings = {"name": "Heat Pump Engineers", "objective": "Fewer return visits.", "hue": company.heat.hue}
    sign_in(company.hassan).post("/spaces/heat-pump-engineers/settings", {**settings, "rules": "Ask early.\nBe kind."})
    page = text(sign_in(company.noah).get("/spaces/heat-pump-engineers/"))
    assert "The house rules have changed" in page
    assert "Be kind." in page
    sign_in(company.noah).post("/spaces/heat-pump-engineers/rules")
    assert "The house rules have changed" not in text(sign_in(company.noah).get("/spaces/heat-pump-engineers/"))


def test_the_level_of_a_space_is_kept(company, sign_in):
    sign_in(company.noah).post("/spaces/heat-pump-engineers/level/muted")
    assert Membership.objects.get(space=company.heat, person=company.noah).level == "muted"
    assert sign_in(company.noah).post("/spaces/heat-pump-engineers/level/loud").status_code == 404


# Looking after


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
    assert sign_in(company.hassan).post("/spaces/heat-pump-engineers/owner", {"owner": "noah"}).status_code == 404
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


def test_a_highlight_stands_on_top_with_its_reason_until_its_last_day(company, sign_in):
    post = company.article("Reading superheat")
    browser = sign_in(company.tomasz)
    assert "Put at the top" in text(browser.get("/spaces/heat-pump-engineers/"))
    today = timezone.localdate()
    browser.post(f"/items/{post.pk}/highlighted", {"note": "Before you ring anybody.", "ends_on": today.isoformat()})
    assert "Before you ring anybody." in text(sign_in(company.noah).get("/spaces/heat-pump-engineers/"))
    Highlight.objects.update(ends_on=today - timedelta(days=1))
    assert "Before you ring anybody." not in text(sign_in(company.noah).get("/spaces/heat-pump-engineers/"))
    assert sign_in(company.priya).post(f"/items/{post.pk}/highlighted", {"note": "x"}).status_code == 403
    sign_in(company.tomasz).post(f"/items/{post.pk}/highlighted/undo")
    assert not Highlight.objects.exists()
    secret = company.post("Draft agenda", by="ruth", space=company.council)
    assert sign_in(company.tomasz).get(f"/items/{secret.pk}/highlighted").status_code == 404


# Opening


@pytest.mark.parametrize("start", STARTERS, ids=lambda start: start.name)
def test_no_space_opens_empty(company, sign_in, start):
    browser = sign_in(company.priya)
    form = {"template": start.name, "name": "Underfloor heating", "objective": "Fewer leaks.", "access": "open"}
    assert browser.post("/spaces/new", form)["Location"] == "/spaces/underfloor-heating/"
    space = Space.objects.get(slug="underfloor-heating")
    assert space.owner_id == company.priya.pk
    assert space.rules == [str(rule) for rule in start.rules]
    items = Item.objects.filter(space=space)
    assert items.count() == len(start.first) >= 2
    assert set(items.values_list("author_id", flat=True)) == {company.priya.pk}
    page = text(browser.get("/spaces/underfloor-heating/"))
    assert 'class="post"' in page
    assert 'class="pin"' in page


def test_a_space_needs_a_purpose_and_the_form_keeps_what_was_typed(company, sign_in):
    answer = sign_in(company.priya).post("/spaces/new", {"template": "nothing", "name": "Vans", "access": "open"})
    assert answer.status_code == 422
    assert 'value="Vans"' in text(answer)
    assert not Space.objects.filter(name="Vans").exists()


def test_nearly_the_same_name_is_pointed_out_and_still_allowed(company, sign_in):
    browser = sign_in(company.priya)
    typing = text(browser.get("/spaces/new/similar?name=heat pump enginers", headers=HX))
    assert "Heat Pump Engineers" in typing
    assert "Works council" not in text(browser.get("/spaces/new/similar?name=works councils", headers=HX))
    form = {"template": "nothing", "name": "Heat pump engineer", "objective": "Better.", "access": "open"}
    answer = browser.post("/spaces/new", form)
    assert answer.status_code == 422
    assert "There is something like this already" in text(answer)
    assert browser.post("/spaces/new", {**form, "anyway": "yes"}).status_code == 302
    browser.post("/spaces/new", {**form, "anyway": "yes"})
    assert Space.objects.filter(name="Heat pump engineer").count() == 1


def test_a_space_can_be_opened_for_somebody_else_inside_another(company, sign_in):
    browser = sign_in(company.priya)
    form = {"template": "project", "name": "Winter trial", "objective": "Fewer lockouts.", "access": "closed"}
    wrong = browser.post("/spaces/new", {**form, "owner": "nobody"})
    assert "We know no colleague called “nobody”" in text(wrong)
    browser.post("/spaces/new", {**form, "owner": "@tomasz", "parent": company.heat.pk})
    space = Space.objects.get(slug="winter-trial")
    assert (space.owner_id, space.parent_id, space.access) == (company.tomasz.pk, company.heat.pk, "closed")
    assert "Winter trial" in text(sign_in(company.noah).get("/spaces/heat-pump-engineers/about"))
    elsewhere = {**form, "name": "Other trial", "parent": company.council.pk}
    assert sign_in(company.priya).post("/spaces/new", elsewhere).status_code == 422


# The directory


def test_the_directory_is_searched_with_a_typing_error_and_narrowed(company, sign_in):
    browser = sign_in(company.priya)
    assert "Medicines</a></h3>" in text(browser.get("/spaces?q=medecines"))
    assert "Heat Pump" not in text(browser.get("/spaces?q=medecines", headers=HX))
    assert "Works council" not in text(browser.get("/spaces?q=council"))
    joined = text(browser.get("/spaces?mine=joined", headers=HX))
    assert "Heat Pump Engineers" in joined
    assert "Medicines" not in joined
    closed = text(browser.get("/spaces?access=closed&size=small", headers=HX))
    assert "Medicines" in closed
    assert "Heat Pump" not in closed
    assert "No space like that" in text(browser.get("/spaces?q=zzzzz&alive=week"))
    assert browser.get("/spaces?access=ajar&q=%25_%5C%00").status_code == 200


def test_spaces_of_close_colleagues_are_suggested(company, sign_in):
    page = text(sign_in(company.ines).get("/spaces"))
    assert "Your colleagues are here" in page
    assert page.index("5 colleagues near you") < page.index("All spaces</h2>")
    near = page[: page.index("All spaces</h2>")]
    assert "Works council" not in near


def test_five_thousand_spaces_cost_the_same_queries_and_all_are_reached(company, sign_in, count_queries):
    now = timezone.now()
    Space.objects.bulk_create(
        [
            Space(
                slug=f"space-{n}",
                name=f"Space number {n}",
                owner=company.ruth,
                made_at=now - timedelta(minutes=n),
                last_item_at=now - timedelta(minutes=n * 7 % 5000) if n % 3 else None,
            )
            for n in range(5000)
        ]
    )
    browser = sign_in(company.noah)
    browser.get("/spaces")
    with count_queries() as queries:
        page = browser.get("/spaces")
    assert len(queries) == 3
    assert page.content.count(b'class="card sp-card"') <= 24 + 4
    with count_queries() as queries:
        found = text(browser.get("/spaces?q=medecines"))
    assert len(queries) == 2
    assert "Medicines" in found
    address, seen = "/spaces", []
    for _ in range(5):
        part = text(browser.get(address, headers=HX))
        seen += [one.split('"')[0] for one in part.split('<h3 class="grow"><a href="/spaces/')[1:]]
        address = part.split('rel="next"')[0].rsplit('href="', 1)[1].split('"')[0]
    assert len(seen) == len(set(seen)) == 120
