"""What a field of a form lets people type is what is taken of it: no field is longer, or shorter, than its limit."""

from __future__ import annotations

import re
from pathlib import Path

from django import forms
from django.db.models import Model

import watercooler
from tests.unit.test_form_sentences import _ours
from watercooler.doors.webhooks.models import Webhook
from watercooler.places.mentoring.acts.meetings import LONGEST_NOTE
from watercooler.places.mentoring.models import Agreement, Feedback, Goal, Meeting, MenteeProfile, Mentoring
from watercooler.places.mentoring.models import MentorProfile as Mentor
from watercooler.projections.search.saved import asked
from watercooler.spine.content.acts.attach import LONGEST_ALT
from watercooler.spine.content.acts.glossary import LONGEST_MEANING, LONGEST_NAME
from watercooler.spine.content.acts.make import LONGEST_TEXT
from watercooler.spine.content.models import LONGEST_TITLE, Check, Highlight, Item, Revision
from watercooler.spine.conversations import acts as talking
from watercooler.spine.conversations.acts.checks import LONGEST_NAME as LONGEST_GROUP
from watercooler.spine.conversations.models import Report
from watercooler.spine.people.models import Person
from watercooler.spine.social.models import Connection, Flag, Introduction, Rating, Recommendation
from watercooler.spine.spaces.models import Membership, Space

TEMPLATES = Path(watercooler.__file__).parent
FIELD = re.compile(r'<(?:input|textarea)\b[^>]*?\bname="([^"]+)"[^>]*?\bmaxlength="([^"]+)"')


def most(model: type[Model], field: str) -> int:
    found = model._meta.get_field(field)
    return int(getattr(found, "base_field", found).max_length or 0)


HANDWRITTEN = {
    "person/team_found.html name": most(Space, "name"),
    "person/team_found.html objective": 280,
    "mentoring/goals.html words": most(Goal, "words"),
    "mentoring/meeting.html shared_note": LONGEST_NOTE,
    "mentoring/meeting.html own_note": LONGEST_NOTE,
    "mentoring/request.html answer": most(Mentoring, "answer"),
    "space/join.html note": most(Membership, "note"),
    "space/invite.html note": most(Membership, "note"),
    "space/new.html name": most(Space, "name"),
    "messages/new.html name": LONGEST_GROUP,
    "messages/about.html name": LONGEST_GROUP,
    "messages/new.html source": talking.LONGEST,
    "messages/edit.html source": talking.LONGEST,
    "messages/composer.html source": talking.LONGEST,
    "search/saved.html name": asked.LONGEST_NAME,
    "search/save_form.html name": asked.LONGEST_NAME,
    "search/body.html q": asked.LONGEST,
    "moderation/messages.html note": most(Report, "outcome_note"),
    "moderation/case.html note": most(Flag, "outcome_note"),
    "social/checks.html reason": 300,
    "social/say.html source": LONGEST_TEXT,
    "content/file_row.html alt-{{ file.id }}": LONGEST_ALT,
    "person/team_rail.html add_person": most(Person, "name"),
    **dict.fromkeys(("signin/start_topics.html more", "person/team.html add", "mentoring/mentors.html q"), 300),
    **dict.fromkeys(("search/messages.html q", "experts/who_knows.html q"), 300),
    **dict.fromkeys(("administration/same.html handle", "administration/person.html owner"), 200),
    "messages/about.html to": 400,
}
"""Template and field → how much is taken. Several words or names in one field have a limit of their own."""

KEPT_IN: dict[str, type[Model]] = {
    "AgreementForm": Agreement,
    "AskForm": Mentoring,
    "CheckForm": Check,
    "CloseForm": Mentoring,
    "ConnectForm": Connection,
    "DeclineForm": Mentoring,
    "EditForm": Revision,
    "FeedbackForm": Feedback,
    "FlagForm": Flag,
    "HighlightForm": Highlight,
    "IntroduceForm": Introduction,
    "MeetingForm": Meeting,
    "NewSpaceForm": Space,
    "OfferForm": Mentor,
    "PersonForm": Person,
    "ProfileForm": Person,
    "RateForm": Rating,
    "RecommendForm": Recommendation,
    "ReportForm": Report,
    "SettingsForm": Space,
    "ComposeForm": Item,
    "WebhookForm": Webhook,
    "WelcomeForm": Person,
    "WishForm": MenteeProfile,
}


def handwritten() -> dict[str, str]:
    """Return template and field → the maxlength that a page gives it by hand."""
    found = {}
    for path in sorted(TEMPLATES.rglob("templates/**/*.html")):
        for name, length in FIELD.findall(path.read_text("utf-8")):
            found[f"{path.parent.name}/{path.name} {name}"] = length
    return found


def test_a_field_written_by_hand_takes_what_the_act_takes():
    found = handwritten()
    numbers = {where: int(length) for where, length in found.items() if length.isdecimal()}
    assert numbers == HANDWRITTEN


def test_the_title_asks_the_one_place_that_knows():
    found = handwritten()
    for where in ("content/compose.html title", "content/edit.html title", "signin/start_question.html title"):
        assert "title" in found[where]
    assert most(Item, "title") == most(Revision, "title") == LONGEST_TITLE


def test_a_field_of_a_form_takes_what_is_kept_of_it():
    """Lists are typed into one field, and have a limit for the field besides that of each word."""
    wrong, compared = [], 0
    for form in _ours():
        model = KEPT_IN.get(form.__name__)
        for name, field in form.base_fields.items() if model else ():
            column = next((each for each in model._meta.get_fields() if each.name == name), None)
            is_typed = isinstance(field, forms.CharField) and not field.widget.is_hidden
            if not is_typed or not getattr(column, "max_length", None):
                continue
            compared += 1
            if field.max_length != column.max_length:
                wrong.append(f"{form.__name__}.{name}: {field.max_length}, kept {column.max_length}")
    assert compared > 30
    assert not wrong


def test_the_glossary_takes_what_its_fields_take():
    form = next(form for form in _ours() if form.__name__ == "TermForm")
    assert (form.base_fields["name"].max_length, form.base_fields["meaning"].max_length) == (
        LONGEST_NAME,
        LONGEST_MEANING,
    )
