"""Every social verb as people meet it: done, undone, twice, on one's own, unseen, with script, without, as a guest."""

from html import unescape
from urllib.parse import urlsplit

import pytest

from watercooler.kinds.questions import acts as questions
from watercooler.spine.activity.models import Activity
from watercooler.spine.content.models import Item, Topic
from watercooler.spine.social import acts as social
from watercooler.spine.social.models import Flag, Follow, Helped, Rating, Reaction, Recommendation, Saved
from watercooler.spine.spaces.acts import leave
from watercooler.spine.spaces.viewer import kept

pytestmark = pytest.mark.django_db
SCRIPT = {"HX-Request": "true"}


def seen(response):
    """Return the page as a browser reads it, with its escapes resolved."""
    return unescape(response.content.decode())


def standing(model):
    return model.objects.count()


MARKS = {
    "helped": (Helped, "helped", "helped/undo"),
    "saved": (Saved, "saved", "saved/undo"),
    "followed": (Follow, "followed", "followed/undo"),
    "muted": (Follow, "muted", "muted/undo"),
    "heart": (Reaction, "reactions/heart", "reactions/heart/undo"),
    "flag": (Flag, "flag", "flag/undo"),
    "rate": (Rating, "rate", "rate/undo"),
}
TYPED = {"flag": {"reason": "outdated"}, "rate": {"useful": "yes"}}
EACH = pytest.mark.parametrize("name", MARKS)


def press(client, item, name, undo=False, **more):
    _model, do, back = MARKS[name]
    return client.post(f"/items/{item.pk}/{back if undo else do}", {} if undo else TYPED.get(name, {}), **more)


@EACH
def test_a_verb_is_done_once_however_often_it_is_pressed_and_can_be_undone(company, sign_in, name):
    model = MARKS[name][0]
    post, client = company.post(), sign_in(company.noah)
    for _time in range(2):
        assert press(client, post, name).status_code == 302
        assert standing(model) == 1
    for _time in range(2):
        assert press(client, post, name, undo=True).status_code == 302
        assert standing(model) == 0
    acts = Activity.objects.filter(item=post, actor=company.noah)
    if name in {"helped", "saved", "followed", "heart", "flag"}:
        assert acts.count() == 2
        assert acts.exclude(undoes=None).count() == 1


@EACH
def test_without_script_one_is_back_on_the_page_with_a_toast(company, sign_in, name):
    post, client = company.post(), sign_in(company.noah)
    came = f"http://testserver/spaces/{company.heat.slug}/?kind=post"
    response = press(client, post, name, headers={"Referer": came})
    assert response.url == f"/spaces/{company.heat.slug}/?kind=post#item-{post.pk}"
    page = seen(client.get(post.url))
    assert "data-toast" in page
    assert f'action="/items/{post.pk}/{MARKS[name][2]}"' in page


@EACH
def test_a_referer_elsewhere_is_not_followed(company, sign_in, name):
    post = company.post()
    response = press(sign_in(company.noah), post, name, headers={"Referer": "https://evil.example/x"})
    assert urlsplit(response.url).netloc == ""
    assert response.url == post.url


@EACH
def test_a_script_gets_the_changed_part_only(company, sign_in, name):
    question = company.question()
    answer, client = company.answer(question), sign_in(company.priya)
    response = press(client, answer, name, headers=SCRIPT)
    part = seen(response)
    assert response.status_code == 200
    assert "<html" not in part
    assert f'id="bar-{answer.pk}"' in part
    assert f'id="vote-{answer.pk}"' in part
    assert ("data-toast" in part) == (name not in {"helped", "heart"})
    undone = seen(press(client, answer, name, undo=True, headers=SCRIPT))
    assert f'id="bar-{answer.pk}"' in undone


@EACH
def test_what_cannot_be_read_cannot_be_acted_on(company, sign_in, name):
    hidden = company.post(space=company.medicines, by="fatima")
    for headers in ({}, SCRIPT):
        assert press(sign_in(company.noah), hidden, name, headers=headers).status_code == 404
        assert press(sign_in(company.noah), hidden, name, undo=True, headers=headers).status_code == 404
    assert standing(MARKS[name][0]) == 0


@EACH
def test_a_guest_acts_in_their_own_space_and_nowhere_else(company, sign_in, name):
    client = sign_in(company.sam)
    assert press(client, company.post(), name).status_code == 302
    assert standing(MARKS[name][0]) == 1
    elsewhere = company.post(space=company.ruth.owned_spaces.get(purpose="wall"), by="ruth")
    assert press(client, elsewhere, name).status_code == 404


@EACH
def test_strangers_are_sent_to_sign_in(company, client, name):
    assert press(client, company.post(), name).url.startswith("/sign-in")
    assert standing(MARKS[name][0]) == 0


@EACH
def test_a_link_alone_changes_nothing(company, sign_in, name):
    post, client = company.post(), sign_in(company.noah)
    assert client.get(f"/items/{post.pk}/{MARKS[name][1]}").status_code in {200, 405}
    assert client.get(f"/items/{post.pk}/{MARKS[name][2]}").status_code == 405
    assert standing(MARKS[name][0]) == 0


OWN = [("helped", 403), ("rate", 403), ("saved", 302), ("followed", 302), ("heart", 302)]


@pytest.mark.parametrize(("name", "status"), OWN)
def test_on_ones_own_thing(company, sign_in, name, status):
    assert press(sign_in(company.priya), company.post(), name).status_code == status


def test_helped_shows_the_count_with_and_without_oneself(company, sign_in):
    post = company.post()
    client = sign_in(company.noah)
    social.helped(company.viewer("tomasz"), post)
    part = seen(press(client, post, "helped", headers=SCRIPT))
    assert "Helped you and 1 other" in part
    assert 'data-label-off="Helped 1"' in part
    assert f'formaction="/items/{post.pk}/helped/undo"' in part
    undone = seen(press(client, post, "helped", undo=True, headers=SCRIPT))
    assert ">Helped 1<" in undone


def test_whom_it_helped_is_a_list_of_people_in_pages(company, sign_in, monkeypatch):
    post, client = company.post(), sign_in(company.noah)
    for name in ("noah", "tomasz", "elena"):
        social.helped(company.viewer(name), post)
    monkeypatch.setattr("watercooler.spine.social.reads.SHOWN", 2)
    page = seen(client.get(f"/items/{post.pk}/helped"))
    assert "Helped 3 people" in page
    assert "Elena Marchetti" in page
    assert "Noah Whitfield</a>" not in page
    more = page.split('rel="next"')[0].rsplit('href="', 1)[1].split('"')[0]
    assert "Noah Whitfield</a>" in seen(client.get(more))


def test_reactions_are_chosen_from_a_page_too_and_unknown_ones_are_not_there(company, sign_in):
    post, client = company.post(), sign_in(company.noah)
    page = seen(client.get(f"/items/{post.pk}/react"))
    assert 'value="clap"' in page
    client.post(f"/items/{post.pk}/react", {"reaction": "clap"})
    assert Item.objects.get(pk=post.pk).reactions == {"clap": 1}
    assert client.post(f"/items/{post.pk}/reactions/sneer").status_code == 404
    assert client.post(f"/items/{post.pk}/react", {"reaction": "sneer"}).status_code == 422
    assert "/reactions/clap/undo" in seen(client.get(f"/items/{post.pk}/react"))


# ---- rating


def test_a_rating_says_what_is_wrong_and_can_be_changed(company, sign_in):
    post, client = company.post(), sign_in(company.noah)
    address = f"/items/{post.pk}/rate"
    empty = client.post(address, {})
    assert empty.status_code == 422
    assert "Answer at least one of the three." in seen(empty)
    unsaid = client.post(address, {"correct": "no"})
    assert unsaid.status_code == 422
    assert "Say what is wrong" in seen(unsaid)
    assert client.post(address, {"correct": "no", "reason": "It is 35 minutes."}).status_code == 302
    rating = Rating.objects.get()
    assert (rating.useful, rating.correct, rating.applied) == (None, False, None)
    page = seen(client.get(address))
    assert "It is 35 minutes." in page
    assert "Change my rating" in page
    client.post(address, {"useful": "yes", "correct": "yes", "applied": "no"})
    rating = Rating.objects.get()
    assert (rating.useful, rating.correct, rating.applied) == (True, True, False)
    assert Item.objects.get(pk=post.pk).rating_count == 1


def test_a_refused_rating_tells_a_script_which_field(company, sign_in):
    post = company.post()
    refused = sign_in(company.noah).post(f"/items/{post.pk}/rate", {"correct": "no"}, headers=SCRIPT)
    assert refused.status_code == 422
    assert 'data-field="reason"' in seen(refused)
    assert "<html" not in seen(refused)


def test_ratings_are_read_by_the_author_and_the_hosts_and_nobody_else(company, sign_in):
    post = company.post()
    social.rate(company.viewer("noah"), post, useful=True, correct=False, reason="It is 35 minutes.")
    address = f"/items/{post.pk}/rate"
    for reader, sees in ((company.priya, True), (company.hassan, True), (company.elena, False), (company.sam, False)):
        page = seen(sign_in(reader).get(address))
        assert ("It is 35 minutes." in page) == sees, reader
        assert ("Noah Whitfield" in page) == sees, reader


# ---- recommending


def test_recommending_to_a_person_by_name_or_handle(company, sign_in):
    post, client = company.post(), sign_in(company.priya)
    address = f"/items/{post.pk}/recommend"
    for typed, receiver in (
        ("noah whitfield", "noah"),
        ("@Elena", "elena"),
        ("Tomasz Zieliński (@tomasz)", "tomasz"),
        ("Fatima", "fatima"),
    ):
        response = client.post(address, {"to": typed, "note": "You asked on Tuesday."})
        assert response.status_code == 302, typed
        assert Recommendation.objects.latest("pk").to_person == getattr(company, receiver)
    client.post(address, {"to": "@noah", "note": "Again."})
    assert standing(Recommendation) == 4
    assert Item.objects.get(pk=post.pk).share_count == 4


def test_the_sender_sees_what_became_of_it(company, sign_in):
    post, client = company.post(), sign_in(company.priya)
    address = f"/items/{post.pk}/recommend"
    social.recommend(company.viewer("priya"), post, company.noah, "You asked on Tuesday.")
    assert "Not opened yet" in seen(client.get(address))
    social.opened(company.viewer("noah"), post)
    page = seen(client.get(address))
    assert "Opened" in page
    assert "You asked on Tuesday." in page
    social.helped(company.viewer("noah"), post)
    assert "It helped" in seen(client.get(address))
    assert "It helped" not in seen(sign_in(company.elena).get(address))


def test_a_recommendation_is_taken_back_by_its_sender_alone(company, sign_in):
    post = company.post()
    made = social.recommend(company.viewer("priya"), post, company.noah)
    undo = f"/items/{post.pk}/recommend/{made.pk}/undo"
    assert sign_in(company.elena).post(undo).status_code == 404
    client = sign_in(company.priya)
    for _time in range(2):
        assert client.post(undo).status_code == 302
    made.refresh_from_db()
    assert made.taken_back_at is not None
    assert Item.objects.get(pk=post.pk).share_count == 0


def test_recommending_to_a_space_one_is_in(company, sign_in):
    post, client = company.post(space=company.noah.owned_spaces.get(purpose="wall"), by="noah"), sign_in(company.noah)
    assert client.post(f"/items/{post.pk}/recommend", {"to": "heat pump engineers"}).status_code == 302
    assert Recommendation.objects.get().to_space == company.heat
    page = seen(client.get(f"/items/{post.pk}/recommend"))
    assert "Heat Pump Engineers" in page


@pytest.mark.parametrize("typed", ["", "Nobody At All", "@nobody", "@noah", "Medicines"])
def test_who_is_meant_must_be_clear_and_able_to_open_it(company, sign_in, typed):
    hidden = company.post(space=company.council, by="ruth")
    client = sign_in(company.ruth)
    refused = client.post(f"/items/{hidden.pk}/recommend", {"to": typed, "note": "Keep these words."})
    assert refused.status_code == 422
    page = seen(refused)
    assert 'aria-invalid="true"' in page
    assert "Keep these words." in page
    assert standing(Recommendation) == 0


def test_a_name_that_means_several_people_asks_which(company, sign_in):
    refused = sign_in(company.ruth).post(f"/items/{company.post().pk}/recommend", {"to": "a"})
    assert refused.status_code == 422
    assert "More than one:" in seen(refused)


def test_the_offers_hold_only_people_who_could_open_it(company, sign_in):
    open_post, hidden = company.post(), company.post(space=company.medicines, by="fatima")
    client = sign_in(company.fatima)
    assert "@noah" in seen(client.get(f"/items/{open_post.pk}/recommend/offers?to=noa"))
    assert "@noah" in seen(client.get(f"/items/{open_post.pk}/recommend/offers?to=whit"))
    assert "<option" not in seen(client.get(f"/items/{hidden.pk}/recommend/offers?to=noa"))
    assert "<option" not in seen(client.get(f"/items/{open_post.pk}/recommend/offers?to="))
    assert sign_in(company.noah).get(f"/items/{hidden.pk}/recommend/offers?to=f").status_code == 404


def test_a_guest_is_offered_only_people_of_the_space(company, sign_in):
    post, client = company.post(), sign_in(company.sam)
    assert "@noah" in seen(client.get(f"/items/{post.pk}/recommend/offers?to=noah"))
    assert "@fatima" not in seen(client.get(f"/items/{post.pk}/recommend/offers?to=fatima"))
    assert client.post(f"/items/{post.pk}/recommend", {"to": "@fatima"}).status_code == 422


def test_the_form_can_begin_with_somebody(company, sign_in):
    page = seen(sign_in(company.priya).get(f"/items/{company.post().pk}/recommend?to=@hassan"))
    assert 'value="@hassan"' in page


# ---- flags


def test_flagging_shows_the_ground_rules_and_needs_a_reason(company, sign_in):
    post, client = company.post(), sign_in(company.noah)
    address = f"/items/{post.pk}/flag"
    assert "Say what you tried." in seen(client.get(address))
    for typed in ({}, {"reason": "ugly"}):
        refused = client.post(address, {**typed, "note": "The door number shows."})
        assert refused.status_code == 422
        assert "Choose a reason." in seen(refused)
        assert "The door number shows." in seen(refused)
    client.post(address, {"reason": "private", "note": "The door number shows."})
    flag = Flag.objects.get()
    assert (flag.reason, flag.note, flag.person) == ("private", "The door number shows.", company.noah)
    assert "You flagged this." in seen(client.get(address))
    assert "You flagged this." not in seen(sign_in(company.elena).get(address))


# ---- topics on things


def test_topics_are_added_and_taken_off_with_and_without_script(company, sign_in):
    post, client = company.post(), sign_in(company.noah)
    response = client.post(f"/items/{post.pk}/tags", {"topic": "Trace heater"})
    assert response.url == f"/items/{post.pk}/tags"
    page = seen(client.get(response.url))
    assert "Added Trace heater." in page
    assert "added by Noah Whitfield" in page
    part = seen(client.post(f"/items/{post.pk}/tags/trace-heater/undo", headers=SCRIPT))
    assert f'id="topics-{post.pk}"' in part
    assert f'id="tagging-{post.pk}"' in part
    assert "Trace heater</a>" not in part
    again = seen(client.post(f"/items/{post.pk}/tags", {"topic": "#trace heater"}, headers=SCRIPT))
    assert "Trace heater</a>" in again
    assert Topic.objects.count() == 1


def test_an_empty_topic_and_a_ninth_are_refused_beside_the_field(company, sign_in):
    post, client = company.post(topics=[f"t{n}" for n in range(8)]), sign_in(company.noah)
    for typed in ("", "!!!", "one more"):
        refused = client.post(f"/items/{post.pk}/tags", {"topic": typed})
        assert refused.status_code == 422, typed
        assert 'aria-invalid="true"' in seen(refused)


def test_who_may_take_a_topic_off(company, sign_in):
    post = company.post(topics=["Frost"])
    undo = f"/items/{post.pk}/tags/frost/undo"
    assert sign_in(company.noah).post(undo).status_code == 403
    assert "Take off Frost" not in seen(sign_in(company.noah).get(f"/items/{post.pk}/tags"))
    assert "Take off Frost" in seen(sign_in(company.hassan).get(f"/items/{post.pk}/tags"))
    assert sign_in(company.hassan).post(undo).status_code == 302
    assert Item.objects.get(pk=post.pk).topic_ids == []
    assert sign_in(company.hassan).post(undo).status_code == 404


def test_topics_of_things_one_cannot_read_are_not_offered(company, sign_in):
    company.post(space=company.council, by="ruth", topics=["Strike pay"])
    post = company.post(topics=["Stray voltage"])
    offers = seen(sign_in(company.noah).get(f"/items/{post.pk}/tags/offers?topic=str"))
    assert "Stray voltage" in offers
    assert "Strike pay" not in offers
    hidden = company.post(space=company.council, by="ruth")
    for address in ("tags", "tags/offers?topic=s"):
        assert sign_in(company.noah).get(f"/items/{hidden.pk}/{address}").status_code == 404
    assert sign_in(company.noah).post(f"/items/{hidden.pk}/tags", {"topic": "x"}).status_code == 404


# ---- following people, spaces, topics


@pytest.mark.parametrize("what", ["people/noah", "topics/frost", "spaces/heat"])
@pytest.mark.parametrize("verb", ["followed", "muted"])
def test_people_topics_and_spaces_are_followed_and_muted(company, sign_in, what, verb):
    company.post(topics=["Frost"])
    what = what.replace("heat", company.heat.slug)
    client = sign_in(company.priya)
    for _time in range(2):
        response = client.post(f"/{what}/{verb}", headers={"Referer": "http://testserver/home"})
        assert response.url == "/home"
        assert standing(Follow) == 1
    part = client.post(f"/{what}/{verb}/undo", headers=SCRIPT)
    assert "data-toast" in seen(part)
    assert f"/{what}/{verb}" in seen(part)
    assert standing(Follow) == 0
    assert client.post(f"/{what}/{verb}/undo").status_code == 302


def test_one_does_not_follow_oneself(company, sign_in):
    assert sign_in(company.priya).post("/people/priya/followed").status_code == 403


def test_what_one_may_not_know_of_is_not_there_to_follow(company, sign_in):
    company.post(space=company.council, by="ruth", topics=["Strike pay"])
    join_none = sign_in(company.priya)
    paths = [
        "/people/nobody",
        "/topics/nothing",
        "/spaces/nowhere",
        f"/spaces/{company.council.slug}",
        f"/spaces/{company.medicines.slug}",
        "/topics/strike-pay",
    ]
    for path in paths:
        assert join_none.post(f"{path}/followed").status_code == 404, path
    assert sign_in(company.ruth).post("/topics/strike-pay/followed").status_code == 302


def test_a_guest_follows_only_people_of_their_spaces(company, sign_in):
    client = sign_in(company.sam)
    assert client.post("/people/noah/followed").status_code == 302
    assert client.post("/people/fatima/followed").status_code == 404


def test_muting_an_item_ends_following_it(company, sign_in):
    post, client = company.post(), sign_in(company.noah)
    press(client, post, "followed")
    press(client, post, "muted")
    assert Follow.objects.get().level == "muted"
    press(client, post, "followed")
    assert Follow.objects.get().level == "all"


# ---- comments


def test_commenting_without_script_leads_to_the_comment_with_undo(company, sign_in):
    question, client = company.question(), sign_in(company.priya)
    response = client.post(f"/items/{question.pk}/comments", {"source": "Which model?"})
    made = Item.objects.get(kind="comment")
    assert response.url == f"{question.item.url}?at={made.pk}#item-{made.pk}"
    page = seen(client.get(response.url))
    assert "Which model?" in page
    assert f'action="/items/{made.pk}/remove"' in page


def test_commenting_by_script_returns_the_comments_of_that_item(company, sign_in):
    question, client = company.question(), sign_in(company.priya)
    answer = company.answer(question)
    part = seen(client.post(f"/items/{answer.pk}/comments", {"source": "Thank you."}, headers=SCRIPT))
    assert f'id="comments-{answer.pk}"' in part
    assert "Thank you." in part
    assert "<html" not in part


@pytest.mark.parametrize("make", ["post", "article"])
def test_a_whole_comment_form_gets_the_talk_and_itself_empty_again(company, sign_in, make):
    item, client = getattr(company, make)(), sign_in(company.noah)
    part = seen(client.post(f"/items/{item.pk}/comments", {"source": "Same here.", "whole": "1"}, headers=SCRIPT))
    assert 'id="replies"' in part
    assert 'id="reply"' in part
    assert "Same here." in part
    assert "1 comment" in part


def test_a_comment_on_a_comment_stands_beside_it(company, sign_in):
    post, client = company.post(), sign_in(company.noah)
    first = social.comment(company.viewer("tomasz"), post, "Same in Glasgow.")
    client.post(f"/items/{first.pk}/comments", {"source": "How cold?"})
    assert Item.objects.get(source="How cold?").parent_id == post.pk
    assert Item.objects.get(pk=post.pk).comment_count == 2


def test_a_comment_sent_twice_is_kept_once_and_an_empty_one_not_at_all(company, sign_in):
    post, client = company.post(), sign_in(company.noah)
    for _time in range(2):
        client.post(f"/items/{post.pk}/comments", {"source": "Same here.", "key": "3" * 32})
    assert Item.objects.filter(kind="comment").count() == 1
    refused = client.post(f"/items/{post.pk}/comments", {"source": " "}, headers=SCRIPT)
    assert refused.status_code == 422
    assert 'data-field="source"' in seen(refused)
    assert client.post(f"/items/{post.pk}/comments", {"source": "x", "key": "nonsense"}).status_code == 302


def test_comments_on_what_cannot_be_read_are_not_taken(company, sign_in):
    hidden = company.post(space=company.medicines, by="fatima")
    client = sign_in(company.noah)
    assert client.post(f"/items/{hidden.pk}/comments", {"source": "Hello."}).status_code == 404
    assert client.get(f"/items/{hidden.pk}/comments", headers=SCRIPT).status_code == 404


def test_leaving_a_space_ends_what_one_can_do_there(company, sign_in):
    question = company.question()
    assert press(sign_in(company.sam), question.item, "saved").status_code == 302
    leave(company.viewer("sam"), company.heat)
    kept.clear()
    assert press(sign_in(company.sam), question.item, "helped").status_code == 404


def test_every_kind_takes_every_verb(company, sign_in):
    question = company.question()
    answer = company.answer(question)
    comment = social.comment(company.viewer("tomasz"), question.item, "Which model?")
    client = sign_in(company.elena)
    for item in (question.item, answer, comment, company.post(), company.article()):
        for name in MARKS:
            assert press(client, item, name).status_code == 302, (item.kind, name)
        assert client.post(f"/items/{item.pk}/recommend", {"to": "@ruth"}).status_code == 302
        assert client.post(f"/items/{item.pk}/tags", {"topic": "Frost"}).status_code == 302
        for page in ("helped", "react", "rate", "recommend", "flag", "tags"):
            assert client.get(f"/items/{item.pk}/{page}").status_code == 200, (item.kind, page)
            part = client.get(f"/items/{item.pk}/{page}", headers=SCRIPT)
            assert page == "helped" or "<html" not in seen(part)
    assert questions.may_accept(company.viewer("elena"), question) is False


def test_nobody_mutes_themselves(company, sign_in):
    assert sign_in(company.priya).post("/people/priya/muted").status_code == 403
    assert not Follow.objects.exists()
