"""The page that lies on top of somebody's own export: what is in which file, and what is not here and why."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from watercooler.doors.exporting.tables import ACCOUNT, INBOX, tables
from watercooler.foundation.base.text import Words

SAID: dict[str, Words] = {
    "people.Organisation": gettext_lazy("the organisation"),
    "people.Site": gettext_lazy("the place you work at"),
    "people.Unit": gettext_lazy("the unit you belong to"),
    "people.Person": gettext_lazy("what the directory and you say of you, and how you like pages to be"),
    "spaces.Space": gettext_lazy("the spaces you are in, wrote in or own, your wall among them"),
    "spaces.Membership": gettext_lazy("what you are in each space, and how much you hear of it"),
    "conversations.Conversation": gettext_lazy("the conversations you take part in, with what groups are called"),
    "conversations.Participant": gettext_lazy("since when you take part in each, and how far you have read"),
    "conversations.Message": gettext_lazy("the private messages you wrote"),
    "conversations.Report": gettext_lazy("the messages you reported and why, and what came of it"),
    "conversations.ReportedLine": gettext_lazy("what you wrote yourself before a message you reported, while it waits"),
    "conversations.Openness": gettext_lazy("from whom you take new messages"),
    "conversations.Silence": gettext_lazy("whose messages you blocked or muted"),
    "content.Topic": gettext_lazy("the topics you used, follow or hid"),
    "content.Term": gettext_lazy("the words of the glossary that you wrote last"),
    "content.Item": gettext_lazy("your questions, answers, posts, articles and comments, in every state"),
    "content.Revision": gettext_lazy("what your texts were before each change, and texts that you replaced"),
    "content.Tagging": gettext_lazy("which topics you put where"),
    "content.Attachment": gettext_lazy("your files; the files themselves lie in files/"),
    "content.Highlight": gettext_lazy("what you put at the top of a space"),
    "content.Check": gettext_lazy("what you vouched for"),
    "content.Draft": gettext_lazy("what you began to write and have not sent"),
    "questions.Question": gettext_lazy("when your questions were answered and solved"),
    "social.Helped": gettext_lazy("what you said helped you"),
    "social.Reaction": gettext_lazy("the reactions you left"),
    "social.Rating": gettext_lazy("the ratings you gave, with your reasons"),
    "social.Saved": gettext_lazy("what you saved"),
    "social.Viewed": gettext_lazy("what you read, and how far"),
    "social.Follow": gettext_lazy("whom and what you follow or muted"),
    "social.Recommendation": gettext_lazy("what you handed on, and to whom"),
    "social.Flag": gettext_lazy("what you flagged and why, and what came of it"),
    "social.Connection": gettext_lazy("whom you are connected with, and whom you asked"),
    "social.Introduction": gettext_lazy("the introductions you made"),
    "social.ConnectionChoice": gettext_lazy("who may see whom you know, and whether you are suggested"),
    "activity.Activity": gettext_lazy("everything you did, in its order"),
    "importing.Counterpart": gettext_lazy("who you were where things were imported from"),
    "importing.Badge": gettext_lazy("badges you earned there"),
    "experts.Findable": gettext_lazy("whether you may be named as somebody who knows, and asked"),
    "experts.HiddenTopic": gettext_lazy("topics you do not want to be known for"),
    "experts.Nudge": gettext_lazy("the questions that were put before you, and where you said “Not me”"),
    "recommendations.NotForMe": gettext_lazy("what you want suggested no more"),
    "search.SavedSearch": gettext_lazy("the searches you keep"),
    "mentoring.MentorProfile": gettext_lazy("what you offer as a mentor"),
    "mentoring.MenteeProfile": gettext_lazy("what you would like to learn"),
    "mentoring.Mentoring": gettext_lazy("with whom you have or had a mentoring"),
    "mentoring.Agreement": gettext_lazy("the agreements you wrote"),
    "mentoring.Goal": gettext_lazy("the goals you set"),
    "mentoring.Meeting": gettext_lazy("when you two met or meant to"),
    "mentoring.OwnNote": gettext_lazy("what you wrote for yourself about meetings"),
    "mentoring.Feedback": gettext_lazy("what you said at the end"),
    "feeds.OutsideFeed": gettext_lazy("feeds from outside that post in your name"),
}
"""What each table of somebody's own export holds of them."""
IN_INBOX = gettext_lazy("your inbox in words, newest first, as far as you may still see what it is about")
IN_ACCOUNT = gettext_lazy(
    "your directory entry by name, where you are signed in, your passkeys, access tokens, webhooks and private feeds "
    "by name, and what was worked out from what you wrote"
)
NOT_HERE = (
    gettext_lazy(
        "What others wrote, marked or answered is theirs, also where it is about you: answers to your questions, their "
        "ratings, private messages to you, messages with a request, their half of a mentoring. You read it on the "
        "pages themselves."
    ),
    gettext_lazy("Passwords, recovery codes, keys and secret addresses let somebody in, so they are in no file."),
    gettext_lazy("Lists that are computed again from what is here, as your feed and your suggestions."),
    gettext_lazy("What the server writes down to be run, as times and addresses of requests: ask whoever runs it."),
)


def guide(counts: dict[str, int], inbox: int) -> str:
    """Return the page. counts: table → rows; inbox: lines."""
    lines = [f"- `{tables()[name].path}` ({count}): {SAID[name]}" for name, count in counts.items() if count]
    empty = [str(SAID[name]) for name, count in counts.items() if not count]
    return "\n".join(
        [
            "# " + _("What is in here"),
            "",
            f"- `texts/`: {_('each of your texts once more, to read as it is')}",
            f"- `{INBOX}` ({inbox}): {IN_INBOX}",
            f"- `{ACCOUNT}`: {IN_ACCOUNT}",
            *lines,
            "",
            _("Each line of a file in tables/ is one row, as JSON. A column that ends in _id holds a row’s number."),
            "",
            "## " + _("What is empty"),
            "",
            "; ".join(empty) + "." if empty else "–",
            "",
            "## " + _("What is not in here"),
            "",
            *(f"- {words}" for words in NOT_HERE),
            "",
        ]
    )
