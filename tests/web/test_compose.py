"""The composer: one page for every kind, that loses nobody's words."""

import re
from uuid import uuid4

import pytest

from tests.pictures import upload
from watercooler.spine.activity.worker import follow
from watercooler.spine.content.models import Attachment, Draft, Item
from watercooler.spine.content.visibility import State
from watercooler.spine.spaces.acts import change_space, standing_of

pytestmark = pytest.mark.django_db

RLO, ZERO_WIDTH = "\u202e", "\u200b"


def typed(**more):
    return {"kind": "post", "space": "heat-pump-engineers", "source": "First frost.", "key": uuid4().hex} | more


def test_every_kind_can_be_chosen_and_guests_do_not_write_articles(company, sign_in):
    page = sign_in(company.priya).get("/compose").content.decode()
    assert re.findall(r'name="turn_into" value="(\w+)"', page) == ["question", "post", "article"]
    guest = sign_in(company.sam).get("/compose").content.decode()
    assert re.findall(r'name="turn_into" value="(\w+)"', guest) == ["question", "post"]


def test_the_asked_for_kind_and_space_are_chosen(company, sign_in):
    page = sign_in(company.priya).get("/compose?kind=article&space=~priya").content.decode()
    assert '<option value="~priya" selected>' in page
    assert 'data-kind="article" aria-pressed="true"' in page


def test_posting_makes_it_and_goes_there(company, sign_in):
    answer = sign_in(company.priya).post("/compose", typed(topics="Heat pumps, #Defrost,heat pumps"))
    item = Item.objects.get()
    assert (answer.status_code, answer["Location"]) == (302, f"/p/{item.pk}")
    assert (item.kind, item.author, item.space) == ("post", company.priya, company.heat)
    assert len(item.topic_ids) == 2


def test_a_form_sent_twice_makes_one(company, sign_in):
    client, same = sign_in(company.priya), typed()
    first, second = client.post("/compose", same), client.post("/compose", same)
    assert first["Location"] == second["Location"]
    assert Item.objects.count() == 1


def test_with_script_the_answer_says_where_to_go(company, sign_in):
    answer = sign_in(company.priya).post("/compose", typed(), headers={"HX-Request": "true"})
    assert (answer.status_code, answer["HX-Redirect"]) == (204, Item.objects.get().url)


def test_a_title_in_another_script_leads_to_its_page_with_script_too(company, sign_in):
    arabic = typed(kind="question", title="كيف أضبط المضخة الحرارية؟")
    client = sign_in(company.priya)
    answer = client.post("/compose", arabic, headers={"HX-Request": "true"})
    assert answer["HX-Redirect"].isascii()
    assert client.get(answer["HX-Redirect"]).status_code == 200


@pytest.mark.parametrize(
    ("change", "sentence", "status"),
    [
        ({"kind": "question"}, "Give it a title", 422),
        ({"source": ""}, "Write something first", 422),
        ({"source": f" {ZERO_WIDTH}{RLO}\u2060 "}, "Write something first", 422),
        ({"source": "\x00\x01\x02"}, "Write something first", 422),
        ({"kind": "question", "title": "x" * 201}, "At most 200 characters, please. It has 201.", 422),
        ({"source": "x" * 100_001}, "At most 100000 characters, please. It has 100001.", 422),
        ({"topics": ",".join("abcdefghi")}, "Eight topics are enough", 422),
        ({"space": "works-council"}, "Choose where to post it", 422),
        ({"space": ""}, "Choose where to post it", 422),
        ({"key": "not a key"}, "valid UUID", 422),
    ],
)
def test_what_is_wrong_is_said_beside_the_field_and_everything_is_kept(company, sign_in, change, sentence, status):
    mine = typed(title="Trace heater", topics="Defrost, Coil", key=uuid4().hex)
    if not change.keys() & {"title", "kind"}:
        mine["title"] = ""
    if change.get("kind") == "question" and "title" not in change:
        mine["title"] = ""
    answer = sign_in(company.priya).post("/compose", mine | change)
    page = answer.content.decode()
    assert answer.status_code == status
    assert sentence in page
    assert (mine | change)["source"].strip("\x00\x01\x02 ") in page or "\x00" in (mine | change)["source"]
    assert (mine | change)["topics"] in page
    assert (mine | change)["key"] in page
    assert not Item.objects.exists()


def test_with_script_what_is_wrong_names_its_field(company, sign_in):
    answer = sign_in(company.priya).post("/compose", typed(source=""), headers={"HX-Request": "true"})
    assert answer.status_code == 422
    assert 'data-refused data-field="source"' in answer.content.decode()


def test_invisible_characters_are_taken_out(company, sign_in):
    title = f"Trace{ZERO_WIDTH} heater {RLO}gpj.exe\x00"
    sign_in(company.priya).post("/compose", typed(kind="question", title=title, source=f"a{RLO}b\x07"))
    item = Item.objects.get()
    assert (item.title, item.source) == ("Trace heater gpj.exe", "ab")


def test_changing_the_kind_keeps_everything(company, sign_in):
    mine = typed(kind="question", title="One line", source="Two\nlines", topics="Coil", publish_at="2030-01-01T09:00")
    answer = sign_in(company.priya).post("/compose", mine | {"turn_into": "article"})
    page = answer.content.decode()
    assert answer.status_code == 200
    assert 'name="kind" value="article"' in page
    for words in ("One line", "Two\nlines", "Coil", mine["key"], "2030-01-01T09:00"):
        assert words in page
    assert not Item.objects.exists()


def test_a_title_typed_before_becoming_a_post_is_its_first_line(company, sign_in):
    sign_in(company.priya).post("/compose", typed(title="Frost again", source="Look at the coil."))
    assert Item.objects.get().source == "Frost again\n\nLook at the coil."


def test_text_is_escaped_where_it_is_shown_again(company, sign_in):
    page = sign_in(company.priya).post("/compose", typed(kind="question", source='</textarea><script>x("y")</script>'))
    assert b"<script>x(" not in page.content


def test_others_spaces_are_refused_whatever_the_form_says(company, sign_in):
    for slug in ("medicines", "works-council"):
        assert sign_in(company.priya).post("/compose", typed(space=slug)).status_code == 422
    assert not Item.objects.exists()


def test_a_colleagues_wall_takes_posts(company, sign_in):
    sign_in(company.priya).post("/compose", typed(space="~noah"))
    assert Item.objects.get().space.owner == company.noah
    assert sign_in(company.priya).post("/compose", typed(kind="article", title="x", space="~noah")).status_code == 422


def test_a_kind_one_may_not_make_is_not_silently_another(company, sign_in):
    answer = sign_in(company.sam).post("/compose", typed(kind="article", title="x"))
    assert answer.status_code == 403
    assert not Item.objects.exists()


def test_changed_ground_rules_are_accepted_before_posting(company, sign_in):
    change_space(company.viewer("hassan"), company.heat, rules=["Ask early.", "Name the unit."])
    client = sign_in(company.priya)
    assert "Name the unit." in client.get("/compose?space=heat-pump-engineers").content.decode()
    refused = client.post("/compose", typed())
    assert refused.status_code == 422
    assert "The ground rules of Heat Pump Engineers changed" in refused.content.decode()
    assert client.post("/compose", typed(rules="1")).status_code == 422
    assert client.post("/compose", typed(rules="2")).status_code == 302
    assert standing_of(company.viewer("priya"), company.heat).rules_version == 2
    assert client.post("/compose", typed()).status_code == 302


def test_rules_are_shown_for_the_chosen_space_only_to_those_who_may_know(company, sign_in):
    client = sign_in(company.priya)
    assert b"Say what you tried." in client.get("/compose/rules?space=heat-pump-engineers").content
    for nowhere in ("works-council", "%00", "", "no-such-space"):
        assert client.get(f"/compose/rules?space={nowhere}").status_code == 404


def test_posting_too_fast_is_refused_kindly(company, sign_in, settings):
    settings.WRITE_LIMIT_PER_MINUTE = 2
    client = sign_in(company.priya)
    for _ in range(2):
        assert client.post("/compose", typed()).status_code == 302
    refused = client.post("/compose", typed(source="The third."))
    assert refused.status_code == 429
    assert "The third." in refused.content.decode()
    draft = typed(kind="article", title="x", way="draft")
    assert client.post("/compose", draft).status_code == 429


def test_a_reply_can_be_composed_on_its_own_page(company, sign_in):
    question = company.question()
    client = sign_in(company.priya)
    page = client.get(f"/compose?parent={question.pk}").content.decode()
    assert "New answer" in page
    answer = client.post("/compose", typed(kind="answer", parent=question.pk, source="Check the drain."))
    made = Item.objects.get(kind="answer")
    assert answer["Location"] == f"/q/{question.pk}/why-does-it-lock-out-on-cold-mornings#item-{made.pk}"
    assert client.get("/compose?parent=999999").status_code == 404


def test_what_was_kept_elsewhere_is_offered_and_goes_when_it_is_posted(company, sign_in):
    client = sign_in(company.priya)
    client.put("/drafts/compose-source", {"text": "From my phone"}, content_type="application/json")
    assert '<template data-kept="compose-source">From my phone</template>' in client.get("/compose").content.decode()
    client.post("/compose", typed())
    assert not Draft.objects.exists()


def test_similar_questions_appear_from_the_twelfth_character(company, sign_in):
    company.question("Trace heater resistance values")
    secret = company.question("Trace heater plans for closing Leeds", by="ruth", space=company.council)
    while follow():
        pass
    client = sign_in(company.priya)
    assert b"resistance" not in client.get("/compose/similar", {"title": "Trace heate"}).content
    found = client.get("/compose/similar", {"title": "Trace heater", "kind": "question"}).content.decode()
    assert "Trace heater resistance values" in found
    assert secret.item.title not in found
    assert b"resistance" not in client.get("/compose/similar", {"q": "Trace heater", "kind": "post"}).content
    assert b"resistance" not in client.get("/compose/similar", {"q": "Garden furniture"}).content


def test_files_are_sent_with_the_form_where_there_is_no_script(company, sign_in):
    client = sign_in(company.priya)
    refused = client.post("/compose", typed(source="", files=upload("gauge.png")))
    made = Attachment.objects.get()
    assert refused.status_code == 422
    assert f'name="attachments" value="{made.pk}"' in refused.content.decode()
    client.post("/compose", typed(attachments=made.pk, **{f"alt-{made.pk}": "Two gauges"}))
    made.refresh_from_db()
    assert (made.item, made.alt) == (Item.objects.get(), "Two gauges")


def test_a_refused_file_loses_no_word(company, sign_in, settings):
    settings.UPLOAD_LIMIT_MIB = 0
    refused = sign_in(company.priya).post("/compose", typed(source="My words", files=upload("gauge.png")))
    assert refused.status_code == 422
    assert "Files may be at most 0 MB." in refused.content.decode()
    assert "My words" in refused.content.decode()
    assert not Item.objects.exists()


def test_somebody_elses_upload_cannot_be_taken(company, sign_in):
    sign_in(company.noah).post("/attachments", {"file": upload("mine.png")})
    made = Attachment.objects.get()
    sign_in(company.priya).post("/compose", typed(attachments=made.pk, source=f"![x]({made.url})"))
    made.refresh_from_db()
    assert made.item is None


def test_an_article_is_kept_as_a_draft_or_for_later(company, sign_in):
    client = sign_in(company.priya)
    answer = client.post("/compose", typed(kind="article", title="Superheat", source="", way="draft"))
    draft = Item.objects.get()
    assert (answer["Location"], draft.state) == ("/me/drafts", State.DRAFT)
    later = typed(kind="article", title="Later", publish_at="2100-07-01T09:30", zone="Asia/Tokyo")
    client.post("/compose", later)
    scheduled = Item.objects.get(title="Later")
    assert scheduled.state == State.SCHEDULED
    assert scheduled.publish_at.isoformat() == "2100-07-01T00:30:00+00:00"


@pytest.mark.parametrize(
    ("publish_at", "sentence"),
    [
        ("", "Choose the day and hour"),
        ("next week", "Write the time as day and hour"),
        ("0001-01-01T00:00", "still to come"),
        ("2020-01-01T09:00", "still to come"),
        ("9" * 41, "At most 40 characters"),
    ],
)
def test_an_hour_that_cannot_be_is_said_beside_its_field(company, sign_in, publish_at, sentence):
    article = typed(kind="article", title="Later", way="later", publish_at=publish_at)
    answer = sign_in(company.priya).post("/compose", article)
    assert answer.status_code == 422
    assert sentence in answer.content.decode()
    assert "First frost." in answer.content.decode()
    assert not Item.objects.exists()


def test_strangers_are_shown_the_door(client, company):
    for path in ("/compose", "/compose/similar", "/complete?kind=person&q=a", "/drafts/x", "/files/1/x", "/me/drafts"):
        assert client.get(path)["Location"].startswith("/sign-in?next=")
    for path in ("/compose", "/attachments", "/preview", "/items/1/remove"):
        assert client.post(path)["Location"].startswith("/sign-in?next=")


def test_the_title_takes_as_much_in_the_field_as_on_the_server(company, sign_in):
    client, article = sign_in(company.noah), company.article(by="noah")
    for address in ("/compose?kind=question", f"/items/{article.pk}/edit"):
        assert re.search(r'name="title"[^>]* maxlength="200"', client.get(address).text), address
    asked = {"kind": "article", "space": company.heat.slug, "source": "Wait."}
    assert client.post("/compose", {**asked, "title": "a" * 200}).status_code == 302
    assert client.post("/compose", {**asked, "title": "a" * 201}).status_code == 422
