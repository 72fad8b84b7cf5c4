"""Every social verb as people meet it: done, undone, twice, on one's own, unseen, with script, without, as a guest."""

import re
from html import unescape
from urllib.parse import urlsplit

import pytest

from watercooler.kinds.questions import acts as questions
from watercooler.spine.activity.models import Activity
from watercooler.spine.content.models import Item
from watercooler.spine.social import acts as social
from watercooler.spine.social.models import Flag, Follow, Helped, Rating, Reaction, Saved
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


def test_a_menu_says_what_its_next_press_does(company, sign_in):
    post, client = company.post(), sign_in(company.noah)
    remark = social.comment(company.viewer("priya"), post, "Take the ladder.")
    assert "data-muted" not in seen(client.get("/spaces/heat-pump-engineers/"))
    for verb, item, off, on in (
        ("muted", post, "Mute", "Unmute"),
        ("helped", remark, "It helped me", "Take back “Helped”"),
        ("saved", remark, "Save", "Take off my saved things"),
    ):
        for said, then, is_on in ((off, verb, "false"), (on, f"{verb}/undo", "true")):
            button = re.findall(
                rf'<button[^>]*formaction="/items/{item.pk}/{then}"[^>]*>.*?</button>', seen(client.get(post.url))
            )
            assert any(f">{said}<" in each and f'aria-pressed="{is_on}"' in each for each in button), (said, button)
            client.post(f"/items/{item.pk}/{then}")
        client.post(f"/items/{item.pk}/{verb}")
    assert "data-muted" in seen(client.get("/spaces/heat-pump-engineers/"))


def undo_in(response):
    return re.findall(r'formaction="([^"]+)"|action="([^"]+)"', seen(response).split("data-toast")[1])[0]


def test_taking_a_mute_back_follows_again(company, sign_in):
    post, client = company.post(), sign_in(company.noah)
    press(client, post, "followed")
    client.post("".join(undo_in(client.post(f"/items/{post.pk}/muted", headers=SCRIPT))))
    assert Follow.objects.get().level == "all"


@pytest.mark.parametrize("level", ["all", "mentions"])
def test_taking_a_mute_back_keeps_the_level_there_was(company, sign_in, level):
    social.follow(company.viewer("noah"), company.heat, level=level)
    client = sign_in(company.noah)
    muted = client.post(f"/spaces/{company.heat.slug}/muted", headers=SCRIPT)
    assert Follow.objects.get().level == "muted"
    client.post("".join(undo_in(muted)))
    assert Follow.objects.get().level == level


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


def test_following_and_muting_turn_each_other_over_at_once(company, sign_in):
    """The bar's Follow and the menu's Mute are one choice: the answer to either brings both as they are now."""
    post, client = company.post(by="priya"), sign_in(company.noah)
    answers = {verb: seen(press(client, post, verb, headers=SCRIPT)) for verb in ("followed", "muted")}
    answers["again"] = seen(press(client, post, "followed", headers=SCRIPT))
    for name, follows in (("followed", True), ("muted", False), ("again", True)):
        mute = re.search(rf'<button id="mute-{post.pk}"[^>]* aria-pressed="(\w+)"', answers[name])
        follow = re.search(rf'formaction="/items/{post.pk}/followed[^>]* aria-pressed="(\w+)"', answers[name])
        assert (follow[1], mute[1]) == (("true", "false") if follows else ("false", "true")), name
    own = seen(press(sign_in(company.priya), post, "followed", headers=SCRIPT))
    assert "mute-" not in own
