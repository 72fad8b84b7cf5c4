"""What is sent to the operations that most programs begin with: one example of each shape, for the specification."""

from __future__ import annotations

from typing import Any

EXAMPLES: dict[str, dict[str, Any]] = {
    "NewQuestion": {
        "kind": "question",
        "space": "heat-pump-engineers",
        "title": "Low-pressure lockout on the first cold morning: always low charge?",
        "source": "Three call-outs since Monday, all fine by **10 am**.",
        "topics": ["Defrost", "Low pressure"],
    },
    "NewAnswer": {"kind": "answer", "parent": 41, "source": "Look at the fan first; nine times of ten it is ice."},
    "NewPost": {"kind": "post", "space": "heat-pump-engineers", "source": "Three lockouts last night."},
    "NewArticle": {
        "kind": "article",
        "space": "heat-pump-engineers",
        "title": "Reading superheat",
        "source": "Wait twenty minutes before you trust it.",
        "way": "draft",
    },
    "NewComment": {"kind": "comment", "parent": 41, "source": "That was it, thank you."},
    "Change": {"source": "Four call-outs since Monday.", "note": "One more came in", "based_on": 1},
    "Accepting": {"answer": 42},
    "TopicNames": {"topics": ["Defrost", "Fault finding"]},
    "Flagging": {"reason": "outdated", "note": "The valve it names was recalled."},
    "NewSpace": {"name": "Ground source", "objective": "Bring what we know about boreholes together."},
    "Joining": {"note": "I start in the depot on Monday."},
    "Level": {"level": "mentions"},
    "MyChange": {"status": "Open to questions", "offers": ["Gas boilers", "Tamil"]},
    "Introducing": {"one": "noah", "other": "tomasz", "note": "You both look after the units in Leeds."},
    "Connecting": {"note": "We met at the training in Leeds."},
    "SavingSearch": {"q": "lockout", "kind": "question", "name": "Lockouts", "tells": "daily"},
    "NewWebhook": {
        "name": "Planning board",
        "address": "https://planning.example/hooks/watercooler",
        "verbs": ["asked", "accepted"],
        "spaces": ["heat-pump-engineers"],
    },
    "Subscribing": {"feed": "/spaces/heat-pump-engineers/feed.atom"},
    "LettingIn": {"address": "https://news.example/feed.xml", "most_a_day": 3, "ends_on": "2027-06-30"},
    "Exporting": {"space": "heat-pump-engineers"},
    "NewEntry": {"name": "Noah Whitfield", "handle": "noah", "email": "noah@fernway.example", "job": "Apprentice"},
    "Written": {"source": "It *stops* at **2 bar**."},
}
