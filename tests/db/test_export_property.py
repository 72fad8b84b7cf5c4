"""Whatever people did, export and import give the same pages."""

from __future__ import annotations

import re
import tempfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.company import found
from watercooler.doors.exporting import load
from watercooler.doors.exporting.models import Scope
from watercooler.doors.exporting.scopes import everything
from watercooler.doors.exporting.write import write
from watercooler.foundation.base.errors import Refused
from watercooler.foundation.base.viewer import Viewer
from watercooler.kinds.articles.acts import write as write_article
from watercooler.kinds.posts.acts import post
from watercooler.kinds.questions.acts import accept, answer, ask
from watercooler.kinds.questions.models import Question
from watercooler.spine.activity import worker
from watercooler.spine.content.acts import edit, hold, may_post, move, remove, restore, tag
from watercooler.spine.content.models import Item
from watercooler.spine.conversations import acts as talk
from watercooler.spine.conversations.models import Conversation, Message
from watercooler.spine.people.models import Person
from watercooler.spine.social.acts import comment, follow, helped, not_helped, rate, react, recommend, save
from watercooler.spine.spaces.models import Space
from watercooler.spine.spaces.viewer import build, kept

PEOPLE = ("ruth", "priya", "tomasz", "noah", "hassan", "fatima", "elena", "ines", "sam")
VIEWERS = ("noah", "hassan", "fatima", "sam", "ruth", "ines")
LETTERS = st.text(st.characters(codec="utf-8", exclude_categories=["Cs", "Cc"]), min_size=1, max_size=30)
MARKS = st.sampled_from([
    *("**bold**", "[a](https://example.org)", "<b>html</b>", "@noah", "#heat-pumps", "| a | b |\n|---|---|\n| 1 | 2 |"),
    *("- [x] done", "```js\nx()\n```", "![p](/files/1/x.png)", "<script>alert(1)</script>", "1. one\n2. two", "~~no~~"),
    *("## Heading", "> said", "&amp; &lt;", "[x](javascript:y())", "`code`", "\u202eevil", "日本語", "🙂"),
])  # fmt: skip
TEXT = st.lists(LETTERS | MARKS, min_size=1, max_size=4).map("\n\n".join)
ACTS = (
    *("ask", "ask", "answer", "answer", "post", "post", "article", "comment", "helped", "not_helped", "react", "save"),
    *("rate", "tag", "edit", "remove", "restore", "hold", "accept", "follow", "recommend", "move", "draft"),
    *("write", "write", "group", "say", "say", "say", "take_away", "leave", "mute", "report", "block", "open_to"),
)
TALKING = frozenset(ACTS[ACTS.index("write") :])
DOING = st.tuples(st.sampled_from(ACTS), st.sampled_from(PEOPLE), st.integers(0, 50), TEXT)
DONE = st.lists(DOING, min_size=12, max_size=40)


def _do(what: str, who: str, number: int, text: str) -> None:
    """Do one thing as one person with one of the items; what they may not do is not done."""
    viewer = build(Person.objects.get(handle=who).pk)
    # Where they may post and what they may read, so that few of the things are refused.
    spaces = [s for s in Space.objects.order_by("pk") if may_post(viewer, s)]
    space = spaces[number % len(spaces)]
    items = list(Item.objects.visible_to(viewer).order_by("-pk")) or list(Item.objects.own(viewer))
    item = items[number % len(items)] if items else None
    title = text.replace("\n", " ")[:60]
    if what == "ask":
        ask(viewer, space, title, text)
    elif what == "post":
        post(viewer, space, text)
    elif what in {"article", "draft"}:
        write_article(viewer, space, title, text, is_draft=what == "draft")
    elif what in TALKING:
        _talk(what, viewer, number, text)
    elif item is not None:
        _do_with(what, viewer, item, space, number, text)


def _talk(what: str, viewer: Viewer, number: int, text: str) -> None:
    """Do one thing with messages: with a colleague, or in one of the conversations this person takes part in."""
    others = [Person.objects.get(handle=PEOPLE[(number + step) % 9]) for step in range(3)]
    others = [person for person in others if person.pk != viewer.person_id]
    mine = list(Conversation.objects.filter(participants__person_id=viewer.person_id).order_by("pk"))
    here = mine[number % len(mine)] if mine else None
    said = Message.objects.filter(conversation=here, kind="said").order_by("pk")
    if what == "write":
        talk.send(viewer, talk.begin(viewer, others[0]), text)
    elif what == "group":
        talk.send(viewer, talk.begin_group(viewer, others, text.replace("\n", " ")[:20]), text)
    elif what == "block":
        talk.silence(viewer, others[0], is_blocked=bool(number % 2))
    elif what == "open_to":
        talk.open_to(viewer, ("all", "known", "nobody")[number % 3])
    elif here is not None and what in {"say", "leave", "mute"}:
        {"say": lambda: talk.send(viewer, here, text), "leave": lambda: talk.leave(viewer, here),
         "mute": lambda: talk.mute(viewer, here)}[what]()  # fmt: skip
    elif here is not None and (message := said[number % len(said)] if said else None) is not None:
        talk.report(viewer, message, "other") if what == "report" else talk.remove(viewer, message)


def _do_with(what, viewer, item, space, number, text) -> None:
    question = Question.objects.filter(item_id=item.root_id or item.pk).select_related("item__space").first()
    if what in {"helped", "not_helped", "save"}:
        {"helped": helped, "not_helped": not_helped, "save": save}[what](viewer, item)
    elif what == "comment":
        comment(viewer, item, text)
    elif what == "react":
        react(viewer, item, ("heart", "clap", "smile")[number % 3])
    elif what == "rate":
        rate(viewer, item, useful=True, reason=text[:100])
    elif what == "tag":
        tag(viewer, item, text[:20])
    elif what == "edit":
        item = Item.objects.own(viewer).order_by("pk").first() or item
        edit(viewer, item, title=item.title, source=text, based_on=item.revision)
    elif what in {"remove", "restore"}:
        mine = Item.objects.own(viewer).order_by("pk")
        item = mine[number % len(mine)] if mine else item
        {"remove": remove, "restore": restore}[what](viewer, item)
    elif what == "hold":
        hold(viewer, item, text[:50])
    elif what == "follow":
        follow(viewer, item)
    elif what == "recommend":
        recommend(viewer, item, Person.objects.get(handle=PEOPLE[number % 9]), text[:80])
    elif what == "move":
        move(viewer, item, space)
    elif question is not None and what == "answer":
        answer(viewer, question, text)
    elif question is not None and what == "accept" and item.kind == "answer":
        accept(viewer, question, item)


def _pages(client) -> dict[tuple[str, str], list[str]]:
    addresses = ["/home", "/inbox", *(f"/people/{handle}" for handle in ("noah", "tomasz", "ruth"))]
    addresses += [f"/spaces/{slug}/" for slug in Space.objects.filter(purpose="space").values_list("slug", flat=True)]
    addresses += [item.url for item in Item.objects.filter(parent=None).select_related("root").order_by("pk")]
    addresses += ["/inbox/messages", "/inbox/messages/from", "/studio/care/messages", "/search/messages?q=done"]
    addresses += [each.url for each in Conversation.objects.order_by("pk")]
    shown = {}
    for handle in VIEWERS:
        person = Person.objects.get(handle=handle)
        client.force_login(person, backend="allauth.account.auth_backends.AuthenticationBackend")
        for address in addresses:
            response = client.get(address)
            html = response.content.decode() if response.status_code == 200 else str(response.status_code)
            shown[handle, address] = re.sub(r'value="[0-9a-f]{32}"', "", html).splitlines()
        client.logout()
    return shown


def _emptied() -> None:
    from django.core.management import call_command

    from watercooler.spine.people.reads import forget_organisation

    call_command("flush", interactive=False, verbosity=0)
    kept.clear()
    forget_organisation()


@pytest.mark.django_db(transaction=True)
@settings(max_examples=8, suppress_health_check=list(HealthCheck))
@given(done=DONE)
def test_export_and_import_give_the_same_pages(client, done):
    _emptied()
    company = found()
    first = company.question()
    company.answer(first)
    company.post()
    company.article()
    for what, who, number, text in done:
        try:
            _do(what, who, number, text)
        except Refused:
            continue
    worker.follow()
    _pages(client)  # looking leaves traces: what was read, what is new
    worker.follow()
    before = _pages(client)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "all.zip"
        write(everything(), path, Scope.EVERYTHING)
        _emptied()
        load.load(path)
    after = _pages(client)
    assert before.keys() == after.keys()
    for page, lines in before.items():
        assert after[page] == lines, page
