"""Forums as Discourse's API gives them, small, and loading them."""

from __future__ import annotations

import json

from watercooler.doors.importing.discourse import Forum
from watercooler.doors.importing.discourse.bring import bring
from watercooler.doors.importing.discourse.job import Job
from watercooler.doors.importing.models import Counterpart
from watercooler.doors.importing.report import Report
from watercooler.spine.content.models import Item


def post(number, username="mira", text="Some words.", **more):
    """Return a post as the API gives one."""
    return {
        "id": more.pop("id", 1000 + number),
        "post_number": number,
        "post_type": 1,
        "username": username,
        "name": username.title(),
        "user_id": sum(username.lower().encode()),
        "created_at": f"2021-03-04T0{number}:00:00.000Z",
        "cooked": f"<p>{text}</p>",
        "reply_to_post_number": None,
        "actions_summary": [{"id": 2, "count": number}, {"id": 3, "count": 9}],
        **more,
    }


def topic(number=1, title="Which smoker lasts?", posts=None, **more):
    """Return a topic as /t/<id>.json answers."""
    posts = posts or [post(1), post(2, "otto", "Steel ones.")]
    return {"id": number, "title": title, "category_id": 7, "tags": ["smoke"], "archetype": "regular",
            "post_stream": {"posts": posts, "stream": [p["id"] for p in posts]}, **more}  # fmt: skip


def categories(*more):
    tools = {"id": 7, "name": "Tools", "description_text": "What we work with.", "read_restricted": False}
    return {"category_list": {"categories": [tools, *more]}}


def load(folder, files, *, space="", is_dry=False):
    folder.mkdir(exist_ok=True)
    for name, said in files.items():
        (folder / name).write_text(said if isinstance(said, str) else json.dumps(said))
    forum = Forum(folder)
    report = Report(forum.name, is_dry=is_dry)
    return bring(Job(forum, report, space, "", lambda _words: None, is_dry=is_dry))


def item(name):
    return Item.objects.get(pk=Counterpart.objects.get(source="forum.example", name=name).item_id)
