"""Articles before they are published: drafts, hours to come, and the job that keeps them."""

from datetime import timedelta
from html import unescape

import pytest
from django.utils import timezone

from watercooler.foundation.base.errors import NotAllowed
from watercooler.kinds.articles import acts
from watercooler.kinds.articles import jobs as article_jobs
from watercooler.spine.activity.models import Activity
from watercooler.spine.content import jobs
from watercooler.spine.content.models import Item
from watercooler.spine.content.visibility import State

pytestmark = pytest.mark.django_db
SOON = "2100-01-14T09:00"


@pytest.fixture
def draft(company):
    return company.article("Reading superheat", is_draft=True)


def test_only_the_author_finds_their_drafts(company, sign_in, draft):
    page = sign_in(company.tomasz).get("/me/drafts").content.decode()
    assert "Reading superheat" in page
    assert "Reading superheat" not in sign_in(company.hassan).get("/me/drafts").content.decode()
    for path in ("published", "scheduled", "thrown-away", "back"):
        assert sign_in(company.hassan).post(f"/me/drafts/{draft.pk}/{path}").status_code == 404
    assert sign_in(company.hassan).get(f"/items/{draft.pk}/edit").status_code == 404


def test_a_draft_is_gone_on_with_and_published(company, sign_in, draft):
    client = sign_in(company.tomasz)
    fields = {"title": "Superheat", "source": "Wait. Then read.", "based_on": 1, "topics": "Gauges"}
    assert client.post(f"/items/{draft.pk}/edit", fields)["Location"] == f"/items/{draft.pk}/edit"
    answer = client.post(f"/me/drafts/{draft.pk}/published")
    draft.refresh_from_db()
    assert draft.is_live
    assert answer["Location"] == draft.url
    assert draft.edited_at is None
    assert Activity.objects.filter(verb="wrote").count() == 1
    assert client.post(f"/me/drafts/{draft.pk}/published").status_code == 404


def test_an_article_without_text_is_not_published(company, sign_in):
    empty = company.article("Later", source="", is_draft=True)
    client = sign_in(company.tomasz)
    assert client.post(f"/me/drafts/{empty.pk}/published").status_code == 422
    refused = client.post(f"/me/drafts/{empty.pk}/scheduled", {"publish_at": SOON, "way": "later"})
    assert refused.status_code == 422
    assert "Write something first." in refused.content.decode()


def test_an_hour_is_set_in_the_writers_zone_changed_and_taken_away(company, sign_in, draft):
    client, address = sign_in(company.tomasz), f"/me/drafts/{draft.pk}/scheduled"
    client.post(address, {"publish_at": SOON, "zone": "America/New_York", "way": "later"})
    draft.refresh_from_db()
    assert draft.state == State.SCHEDULED
    assert draft.publish_at.isoformat() == "2100-01-14T14:00:00+00:00"
    page = unescape(client.get("/me/drafts").content.decode())
    assert 'value="2100-01-14T14:00"' in page  # Leeds, in winter
    moment = '<time datetime="2100-01-14T14:00:00+00:00" data-hour>'
    assert f"appears {moment}14 Jan 2100, 14:00 (Europe/London)</time>" in page
    assert moment in client.get(draft.url).content.decode()
    client.post(address, {"publish_at": SOON, "zone": "Mars/Olympus", "way": "later"})
    draft.refresh_from_db()
    assert draft.publish_at.isoformat() == "2100-01-14T09:00:00+00:00"
    client.post(address, {"publish_at": SOON, "way": "draft"})
    draft.refresh_from_db()
    assert (draft.state, draft.publish_at) == (State.DRAFT, None)


@pytest.mark.parametrize("publish_at", ["", "2020-01-01T09:00", "soon", "2100-13-40T99:00"])
def test_a_wrong_hour_is_said_beside_its_draft(company, sign_in, draft, publish_at):
    fields = {"publish_at": publish_at, "way": "later"}
    answer = sign_in(company.tomasz).post(f"/me/drafts/{draft.pk}/scheduled", fields)
    assert answer.status_code == 422
    assert f'id="at-{draft.pk}_error"' in answer.content.decode()
    draft.refresh_from_db()
    assert draft.state == State.DRAFT


def test_the_job_publishes_what_is_due_and_only_that(company, draft):
    now = timezone.now()
    other = company.article("Later", publish_at=now + timedelta(hours=2))
    acts.schedule(company.viewer("tomasz"), draft, now + timedelta(hours=1))
    Item.objects.filter(pk=draft.pk).update(publish_at=now - timedelta(seconds=5))
    jobs.publish_due()
    jobs.publish_due()
    draft.refresh_from_db()
    other.refresh_from_db()
    assert (draft.state, other.state) == (State.LIVE, State.SCHEDULED)
    assert Activity.objects.filter(verb="wrote").count() == 1


def test_a_draft_thrown_away_comes_back_as_a_draft(company, sign_in, draft):
    client = sign_in(company.tomasz)
    client.post(f"/me/drafts/{draft.pk}/thrown-away")
    assert "Reading superheat" not in client.get("/compose").content.decode()
    assert client.get(f"/items/{draft.pk}/edit").status_code == 404
    assert client.post(f"/items/{draft.pk}/restore").status_code == 404
    client.post(f"/me/drafts/{draft.pk}/back")
    draft.refresh_from_db()
    assert (draft.state, draft.source) == (State.DRAFT, "Wait twenty minutes.")


def test_a_published_article_cannot_be_thrown_away_as_a_draft(company):
    article = company.article()
    assert not acts.throw_away(company.viewer("tomasz"), article)
    assert Item.objects.get(pk=article.pk).is_live


def test_the_text_of_what_was_thrown_away_goes_after_thirty_days(company, draft):
    acts.throw_away(company.viewer("tomasz"), draft)
    article_jobs.empty_thrown_away()
    assert Item.objects.get(pk=draft.pk).source
    Item.objects.filter(pk=draft.pk).update(removed_at=timezone.now() - timedelta(days=31))
    article_jobs.empty_thrown_away()
    assert not Item.objects.get(pk=draft.pk).source


def test_topics_of_a_draft_are_changed_without_anybody_hearing(company, sign_in, draft):
    client = sign_in(company.tomasz)
    for topics in ("Gauges, Cold", "Gauges"):
        client.post(
            f"/items/{draft.pk}/edit", {"title": "x", "source": "y", "based_on": draft.revision, "topics": topics}
        )
        draft.refresh_from_db()
    assert len(draft.topic_ids) == 1
    assert not Activity.objects.filter(item=draft).exists()


def test_what_a_guest_may_not_publish_they_do_not_schedule_or_draft_either(company, sign_in):
    for is_draft, publish_at in ((True, None), (False, timezone.now() + timedelta(days=1))):
        with pytest.raises(NotAllowed):
            acts.write(
                company.viewer("sam"), company.heat, "From outside", "Text", is_draft=is_draft, publish_at=publish_at
            )
    kept = company.article(by="noah", is_draft=True)
    Item.objects.filter(pk=kept.pk).update(author=company.sam)  # from when they were a member
    with pytest.raises(NotAllowed):
        acts.schedule(company.viewer("sam"), Item.objects.get(pk=kept.pk), timezone.now() + timedelta(days=1))
