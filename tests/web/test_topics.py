"""Topic pages: what is about something, who helped with it, and leading two words together."""

from html import unescape

import pytest

from watercooler.kinds.questions import acts as questions
from watercooler.spine.content.models import Item, Topic
from watercooler.spine.social import acts as social
from watercooler.spine.social.models import Follow

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _quick_writers(settings):
    settings.WRITE_LIMIT_PER_MINUTE = 1000


def text(response):
    assert response.status_code == 200, response.status_code
    return unescape(response.content.decode())


def test_a_topic_shows_its_things_newest_first_in_pages(company, sign_in):
    made = [company.post(f"Frost, day {n}.", topics=["Frost"]) for n in range(25)]
    client = sign_in(company.noah)
    page = text(client.get("/topics/frost"))
    assert page.index(f'id="item-{made[24].pk}"') < page.index(f'id="item-{made[23].pk}"')
    more = page.split('rel="next"')[0].rsplit('href="', 1)[1].split('"')[0]
    further = text(client.get(more))
    shown = [one.pk for one in made if f'id="item-{one.pk}"' in page]
    rest = [one.pk for one in made if f'id="item-{one.pk}"' in further]
    assert len(shown) == 20
    assert sorted(shown + rest) == [one.pk for one in made]
    assert text(client.get("/topics/frost?before=nonsense_1"))


@pytest.mark.parametrize("things", [2, 20])
def test_a_topic_costs_the_same_however_much_there_is(company, sign_in, count_queries, things):
    for n in range(things):
        company.post(f"Frost, day {n}.", topics=["Frost"])
    client = sign_in(company.noah)
    client.get("/topics/frost")
    with count_queries() as queries:
        client.get("/topics/frost")
    assert len(queries) == 7, queries


def test_people_who_helped_most_with_it_come_first(company, sign_in):
    question = company.question(topics=["Defrost"])
    good, other = company.answer(question, by="hassan"), company.answer(question, "Hm.", by="priya")
    for name in ("noah", "elena"):
        social.helped(company.viewer(name), good)
    social.helped(company.viewer("noah"), other)
    questions.accept(company.viewer("noah"), question, good)
    rail = text(sign_in(company.tomasz).get("/topics/defrost")).split('class="rail"')[1]
    assert rail.index("Hassan El-Amin") < rail.index("Priya Raman")
    assert "1 accepted answer" in rail
    assert "Noah" not in rail


def test_what_one_cannot_read_is_neither_listed_nor_counted(company, sign_in):
    company.post(topics=["Doses"])
    hidden = company.post("Mr Ives had two.", topics=["Doses"], space=company.medicines, by="fatima")
    social.helped(company.viewer("fatima"), company.post(topics=["Doses"]))
    page = text(sign_in(company.noah).get("/topics/doses"))
    assert "Mr Ives" not in page
    assert "Fatima" not in page
    assert f'id="item-{hidden.pk}"' in text(sign_in(company.fatima).get("/topics/doses"))


def test_a_topic_only_of_closed_spaces_is_not_there_for_others(company, sign_in):
    company.post(topics=["Strike pay"], space=company.council, by="ruth")
    assert sign_in(company.noah).get("/topics/strike-pay").status_code == 404
    assert sign_in(company.ruth).get("/topics/strike-pay").status_code == 200
    assert sign_in(company.noah).get("/topics/nothing").status_code == 404


def test_a_topic_that_waits_for_its_first_thing_offers_to_ask(company, sign_in):
    Topic.objects.create(slug="solar", name="Solar")
    assert "Ask about it" in text(sign_in(company.noah).get("/topics/solar"))


def test_following_from_its_page(company, sign_in):
    company.post(topics=["Frost"])
    client = sign_in(company.noah)
    assert 'formaction="/topics/frost/followed"' in text(client.get("/topics/frost"))
    client.post("/topics/frost/followed")
    page = text(client.get("/topics/frost"))
    assert 'formaction="/topics/frost/followed/undo"' in page
    assert Topic.objects.get().follower_count == 1


def test_a_host_merges_two_words_and_the_old_one_leads_to_the_new(company, sign_in):
    post = company.post(topics=["Ice"])
    company.post(topics=["Frost"])
    client = sign_in(company.tomasz)
    response = client.post("/topics/ice/merge", {"into": "Frost"})
    assert response.url == "/topics/frost"
    page = text(client.get("/topics/frost"))
    assert "Also called Ice" in page
    assert f'id="item-{post.pk}"' in page
    moved = client.get("/topics/ice")
    assert (moved.status_code, moved.url) == (301, "/topics/frost")
    assert Item.objects.get(pk=post.pk).topic_ids == [Topic.objects.get(slug="frost").pk]


def test_who_follows_a_merged_topic_follows_the_word_that_stays(company, sign_in):
    company.post("It is white again.", topics=["Ice"])
    company.post("And again.", topics=["Frost"])
    ice, frost = Topic.objects.get(slug="ice"), Topic.objects.get(slug="frost")
    social.follow(company.viewer("noah"), ice, level="all")
    social.follow(company.viewer("priya"), ice)
    social.follow(company.viewer("priya"), frost, level="all")
    social.mute(company.viewer("elena"), ice)
    sign_in(company.hassan).post("/topics/ice/merge", {"into": "Frost"})
    said = Follow.objects.values_list("follower__handle", "topic__slug", "level")
    assert set(said) == {("noah", "frost", "all"), ("priya", "frost", "all"), ("elena", "frost", "muted")}
    assert Topic.objects.get(slug="frost").follower_count == 2
    assert Topic.objects.get(slug="ice").follower_count == 0
    sign_in(company.noah).post("/topics/ice/followed/undo")
    assert not Follow.objects.filter(follower=company.noah).exists()


def test_members_do_not_merge_and_nonsense_is_refused_beside_the_field(company, sign_in):
    company.post(topics=["Ice"])
    assert sign_in(company.noah).get("/topics/ice/merge").status_code == 403
    assert sign_in(company.noah).post("/topics/ice/merge", {"into": "ice"}).status_code == 403
    assert "Merge into another topic" not in text(sign_in(company.noah).get("/topics/ice"))
    client = sign_in(company.elena)
    assert "Merge into another topic" in text(client.get("/topics/ice"))
    for typed in ("", "nowhere", "ice"):
        refused = client.post("/topics/ice/merge", {"into": typed})
        assert refused.status_code == 422
        assert 'aria-invalid="true"' in refused.content.decode()


def test_a_guest_sees_of_a_topic_what_is_in_their_space(company, sign_in):
    company.post("In heat.", topics=["Frost"])
    company.post("On the wall.", topics=["Frost"], space=company.ruth.owned_spaces.get(purpose="wall"), by="ruth")
    page = text(sign_in(company.sam).get("/topics/frost"))
    assert "In heat." in page
    assert "On the wall." not in page
