"""Changing, looking back, taking away and bringing back."""

import re
from html import unescape

import pytest

from tests.pictures import upload
from watercooler.kinds.posts.acts import post
from watercooler.spine.content import acts
from watercooler.spine.content.models import Attachment, Item, Revision, Topic
from watercooler.spine.content.visibility import State
from watercooler.spine.social.acts import comment
from watercooler.spine.spaces.acts import change_standing
from watercooler.spine.spaces.models import Standing

pytestmark = pytest.mark.django_db


def change(client, item, **typed):
    fields = {"title": item.title, "source": item.source, "based_on": item.revision, "topics": "", "note": ""}
    return client.post(f"/items/{item.pk}/edit", fields | typed)


def test_the_author_changes_text_topics_and_says_why(company, sign_in):
    item = company.article(topics=["Superheat", "Gauges"])
    client = sign_in(company.tomasz)
    page = client.get(f"/items/{item.pk}/edit").content.decode()
    assert "Gauges, Superheat" in page
    assert 'name="based_on" value="1"' in page
    answer = change(client, item, source="Wait thirty minutes.", topics="Superheat, Cold", note="Longer wait")
    item.refresh_from_db()
    assert answer["Location"] == item.url
    assert (item.source, item.revision) == ("Wait thirty minutes.", 2)
    assert item.edited_at is not None
    assert set(Topic.objects.filter(pk__in=item.topic_ids).values_list("name", flat=True)) == {"Superheat", "Cold"}
    assert Revision.objects.get().note == "Longer wait"


@pytest.mark.parametrize("kind", ["post", "question", "article", "answer", "comment"])
def test_every_kind_can_be_changed_by_its_author_alone(company, sign_in, kind):

    question = company.question(by="priya")
    made = {
        "post": lambda: company.post(),
        "question": lambda: question.item,
        "article": lambda: company.article(by="priya"),
        "answer": lambda: company.answer(question, by="priya"),
        "comment": lambda: comment(company.viewer("priya"), question.item, "Mine too."),
    }
    item = Item.objects.get(pk=made[kind]().pk)
    answer = change(sign_in(company.priya), item, source="Other words.")
    assert answer.status_code == 302
    assert Item.objects.get(pk=item.pk).source == "Other words."
    assert sign_in(company.noah).get(f"/items/{item.pk}/edit").status_code == 403
    assert sign_in(company.fatima).get(f"/items/{item.pk}/edit").status_code == 403


def test_a_post_that_came_with_a_title_keeps_it_and_others_are_asked_for_none(company, sign_in):
    titled = post(company.viewer("noah"), company.heat, "It ices up.", title="The old boiler")
    plain = company.post("Cold again.")
    client = sign_in(company.noah)
    html = client.get(f"/items/{titled.pk}/edit").content.decode()
    assert 'aria-label="Title"' in html
    assert "The old boiler</textarea>" in html
    assert 'id="id_title"' not in client.get(f"/items/{plain.pk}/edit").content.decode()


def test_what_cannot_be_read_is_not_there(company, sign_in):
    secret = company.post("Closing Leeds", by="ruth", space=company.council)
    client = sign_in(company.priya)
    for path in ("edit", "history"):
        assert client.get(f"/items/{secret.pk}/{path}").status_code == 404
    for path in ("edit", "remove", "restore", "history/1/restore"):
        assert client.post(f"/items/{secret.pk}/{path}").status_code == 404


def test_of_two_editors_the_later_sees_both_texts(company, sign_in):
    item = company.article(source="One.\n\nTwo.\n\nThree.")
    change(sign_in(company.hassan), item, source="One, by Hassan.\n\nTwo.\n\nThree.")
    answer = change(
        sign_in(company.tomasz), item, source="One.\n\nTwo.\n\nThree, by Tomasz.", title="Mine", note="My note"
    )
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "Hassan El-Amin saved last" in page
    field = re.search(r'<textarea[^>]*name="source"[^>]*>\n(.*?)</textarea>', page, re.S)[1]
    assert field.strip() == "One, by Hassan.\n\nTwo.\n\nThree, by Tomasz."
    assert 'name="based_on" value="2"' in page
    assert "Mine</textarea>" in page
    assert 'value="My note"' in page
    assert "You changed different passages" in page
    together = change(sign_in(company.tomasz), item, source=field, based_on=2)
    assert together.status_code == 302
    assert Item.objects.get(pk=item.pk).source == field.strip()


def test_where_both_changed_the_same_words_both_stand(company, sign_in):
    item = company.article(source="Wait ten minutes.\n\nThen read.")
    change(sign_in(company.hassan), item, source="Wait twenty minutes.\n\nThen read.")
    page = change(sign_in(company.tomasz), item, source="Wait an hour.\n\nThen read.").content.decode()
    field = re.search(r'<textarea[^>]*name="source"[^>]*>\n(.*?)</textarea>', page, re.S)[1]
    assert field.strip() == "Wait twenty minutes.\nWait an hour.\n\nThen read."
    assert "You both changed 1 passage" in page
    assert "<ins>" in page


def test_wrong_input_is_kept_with_a_sentence(company, sign_in):
    item = company.question(by="priya").item
    answer = change(sign_in(company.priya), item, title=" \u200b ", source="Kept words", note="Kept note")
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "Give it a title" in page
    assert "Kept words" in page
    assert "Kept note" in page
    assert change(sign_in(company.priya), item, source="x" * 100_001).status_code == 422
    assert change(sign_in(company.priya), item, based_on="").status_code == 422
    assert not Revision.objects.exists()


def test_saving_too_often_is_refused_kindly(company, sign_in, settings):
    settings.WRITE_LIMIT_PER_MINUTE = 2
    item, client = company.post(), sign_in(company.priya)
    for number in (1, 2):
        assert change(client, item, source=f"Text {number}", based_on=number).status_code == 302
    refused = change(client, item, source="Text 3", based_on=3)
    assert refused.status_code == 429
    assert "Text 3" in refused.content.decode()


def test_files_are_added_described_and_taken_off_while_editing(company, sign_in):
    item, client = company.post(), sign_in(company.priya)
    change(client, item, files=upload("a.png"))
    made = Attachment.objects.get()
    assert made.item == item
    page = client.get(f"/items/{item.pk}/edit").content.decode()
    assert f'name="alt-{made.pk}"' in page
    change(client, item, **{f"alt-{made.pk}": "Red corner"})
    made.refresh_from_db()
    assert made.alt == "Red corner"
    change(client, item, take_off=made.pk)
    assert not Attachment.objects.exists()


def test_earlier_versions_show_what_changed_and_come_back(company, sign_in):
    item, client = company.article(source="Wait ten minutes & <b>read</b>."), sign_in(company.tomasz)
    change(client, item, source="Wait twenty minutes & <b>read</b>.", note="Longer")
    page = sign_in(company.noah).get(f"/items/{item.pk}/history").content.decode()
    assert '<del><span class="vh">Removed: </span>ten</del><ins><span class="vh">Added: </span>twenty</ins>' in page
    assert "&lt;b&gt;read&lt;/b&gt;" in page
    assert "“Longer”" in page
    assert "/history/1/restore" not in page
    client = sign_in(company.tomasz)
    assert "/history/1/restore" in client.get(f"/items/{item.pk}/history").content.decode()
    assert client.post(f"/items/{item.pk}/history/1/restore").status_code == 302
    item.refresh_from_db()
    assert (item.source, item.revision) == ("Wait ten minutes & <b>read</b>.", 3)
    assert client.post(f"/items/{item.pk}/history/77/restore").status_code == 404
    assert sign_in(company.noah).post(f"/items/{item.pk}/history/1/restore").status_code == 403


def test_removing_offers_to_bring_it_back(company, sign_in):
    item, client = company.post(), sign_in(company.priya)
    answer = client.post(f"/items/{item.pk}/remove", headers={"Referer": f"http://testserver/p/{item.pk}"})
    assert answer["Location"] == "/spaces/heat-pump-engineers/"
    assert Item.objects.get(pk=item.pk).state == State.REMOVED
    page = unescape(client.get("/compose").content.decode())
    assert f'action="/items/{item.pk}/restore"' in page
    answer = client.post(f"/items/{item.pk}/restore")
    assert answer["Location"] == f"/p/{item.pk}"
    assert Item.objects.get(pk=item.pk).source == item.source


def test_what_was_removed_on_its_own_edit_page_leads_to_a_page_that_is_there(company, sign_in):
    told, client = company.post(), sign_in(company.priya)
    reply = comment(company.viewer("priya"), told, "Mine to remove.")
    for item, place in ((reply, f"/p/{told.pk}"), (told, "/spaces/heat-pump-engineers/")):
        answer = client.post(f"/items/{item.pk}/remove", headers={"Referer": f"http://testserver/items/{item.pk}/edit"})
        assert answer["Location"] == place
        assert client.get(place).status_code == 200


def test_with_script_the_removed_item_leaves_the_list_and_the_toast_brings_it_back(company, sign_in):
    item, client = company.post(), sign_in(company.priya)
    here = {"HX-Request": "true", "HX-Current-URL": "http://testserver/home?tab=following"}
    part = client.post(f"/items/{item.pk}/remove", headers=here).content.decode()
    assert f'<div id="item-{item.pk}" data-removed hidden></div>' in part
    assert f'action="/items/{item.pk}/restore"' in part
    back = client.post(f"/items/{item.pk}/restore", headers=here)
    assert (back.status_code, back["HX-Redirect"]) == (204, "/home?tab=following")
    assert Item.objects.get(pk=item.pk).is_live


def test_another_sites_address_is_never_gone_to(company, sign_in):
    item, client = company.post(), sign_in(company.priya)
    answer = client.post(f"/items/{item.pk}/remove", headers={"Referer": "https://evil.example/p/1"})
    assert answer["Location"] == "/spaces/heat-pump-engineers/"
    answer = client.post(f"/items/{item.pk}/restore", headers={"Referer": "http://testserver//evil.example"})
    assert answer["Location"] == f"/p/{item.pk}"


def test_others_remove_nothing_and_hosts_remove_anything(company, sign_in):
    item = company.post()
    assert sign_in(company.noah).post(f"/items/{item.pk}/remove").status_code == 403
    assert sign_in(company.hassan).post(f"/items/{item.pk}/remove").status_code == 302
    assert sign_in(company.priya).post(f"/items/{item.pk}/restore").status_code == 403
    assert sign_in(company.noah).post(f"/items/{item.pk}/restore").status_code == 404
    assert sign_in(company.hassan).post(f"/items/{item.pk}/restore").status_code == 302
    assert Item.objects.get(pk=item.pk).is_live


def test_looking_is_not_removing(company, sign_in):
    item, client = company.post(), sign_in(company.priya)
    for path in ("remove", "restore", "history/1/restore"):
        assert client.get(f"/items/{item.pk}/{path}").status_code == 405


def test_hosts_share_articles_and_nothing_else(company):
    change_standing(company.viewer("hassan"), company.heat, company.tomasz, Standing.HOST)
    host = company.viewer("hassan")
    assert acts.may_edit(host, company.article(by="priya"))
    assert not acts.may_edit(host, company.post(by="priya"))
