"""What a new space can begin with, so that none opens empty (R81): words to change, and a few first things to read.

First things are made in the name of whoever opens the space; they can be edited and removed like anything else.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from django.utils.translation import gettext_lazy as _

from watercooler.foundation.base.text import Words


@dataclass(frozen=True, slots=True)
class First:
    """One thing that stands in the space from the beginning. note: why it is pinned, or nothing."""

    kind: str
    text: Words
    title: Words = ""
    note: Words = ""


@dataclass(frozen=True, slots=True)
class Starter:
    """One way to begin. objective: how to finish the sentence "this space is worth it if…" for this sort of space."""

    name: str
    label: Words
    about: Words
    icon: str
    objective: Words
    tagline: Words = ""
    how_we_work: Words = ""
    rules: tuple[Words, ...] = ()
    first: tuple[First, ...] = field(default=())


ASK_EARLY = First(
    "article",
    title=_("How to ask so that somebody can answer"),
    text=_(
        "Ask early. Ten minutes stuck is enough.\n\n"
        "Three things get you an answer sooner:\n\n"
        "1. **What you want to happen**, in one line. That is the title.\n"
        "2. **What you see instead**: the words on the screen, the reading, a photo.\n"
        "3. **What you tried already**, so that nobody sends you round again.\n\n"
        "When an answer works, accept it. The next person with your question will find it in seconds, "
        "and whoever helped you will know that they did."
    ),
    note=_("Two minutes to read before the first question."),
)
WELCOME = First(
    "post",
    text=_(
        "This space is open. Say hello below: what you do, and one thing that somebody here could ask you about. "
        "Then ask the thing you have been meaning to ask."
    ),
    note=_("Start here: say who you are."),
)

STARTERS: tuple[Starter, ...] = (
    Starter(
        "practice",
        _("A practice"),
        _("People who do the same work in different places."),
        "settings-2",
        objective=_("Fewer jobs done twice, because the first good answer is found by everybody."),
        tagline=_("For everybody who does this work, wherever they do it."),
        how_we_work=_("Questions first, opinions second. What came up three times becomes an article."),
        rules=(
            _("Ask early. Nobody was born knowing."),
            _("Say what you tried, add a photo."),
            _("Safety first: in danger, call; don’t post."),
            _("Come back and say what it was."),
        ),
        first=(
            ASK_EARLY,
            WELCOME,
            First(
                "question",
                title=_("What do you wish you had known in your first month?"),
                text=_("One thing each, as short as you like. We will gather the answers for whoever starts next."),
            ),
        ),
    ),
    Starter(
        "site",
        _("A depot or site"),
        _("Everybody under one roof, whatever they do."),
        "map-pin",
        objective=_("Nobody hears about a change at our site by accident."),
        tagline=_("What everybody here needs to know today."),
        how_we_work=_("Short posts, with a place and a time. Questions about a trade go to that trade’s space."),
        rules=(
            _("Say where and when."),
            _("Keep customers and residents out of it."),
            _("Thank people by name."),
        ),
        first=(
            WELCOME,
            First(
                "article",
                title=_("Who to ask about what at our site"),
                text=_(
                    "Fill in the names, and keep this short.\n\n"
                    "| What | Who | Where |\n|---|---|---|\n"
                    "| Keys and alarm | | |\n| First aid | | |\n| Stores | | |\n| Vans and parking | | |\n"
                ),
                note=_("Names and places, kept up to date by everybody."),
            ),
        ),
    ),
    Starter(
        "starters",
        _("New starters"),
        _("People in their first months, and those who look after them."),
        "sprout",
        objective=_("Whoever starts here asks their first question on the first day and stays past the first year."),
        tagline=_("Your first months: no question is too small."),
        how_we_work=_("Every question gets an answer the same day, even if the answer is a name."),
        rules=(
            _("There are no silly questions here."),
            _("Answer as you would have liked to be answered."),
            _("What is asked here stays with us."),
        ),
        first=(
            ASK_EARLY,
            First(
                "article",
                title=_("Your first week, day by day"),
                text=_(
                    "**Day 1.** Say hello here and find your buddy.\n\n"
                    "**Day 2.** Join the spaces of your trade and your site.\n\n"
                    "**Day 3.** Ask one thing, however small.\n\n"
                    "**Day 4.** Follow three people whose answers you liked.\n\n"
                    "**Day 5.** Tell us what surprised you. You will never see it as clearly again."
                ),
                note=_("Five days, one small thing a day."),
            ),
            First(
                "question",
                title=_("What surprised you most in your first week?"),
                text=_("Good or bad. It is how the place gets better for whoever comes after you."),
            ),
        ),
    ),
    Starter(
        "project",
        _("A project"),
        _("A group with a goal and an end."),
        "target",
        objective=_("By the end date we know whether it worked, and anybody can read why."),
        tagline=_("What we are trying, what we found, what we decided."),
        how_we_work=_("One update a week from each part. Decisions are written down where everybody finds them."),
        rules=(
            _("Write decisions down, with the reason."),
            _("Bad news first and early."),
            _("Ask for help before the date, not after it."),
        ),
        first=(
            First(
                "article",
                title=_("What we want, by when, and how we will know"),
                text=_(
                    "**What gets better:** \n\n**For whom:** \n\n**By when:** \n\n"
                    "**How we will know:** \n\n**What we will not do:** \n"
                ),
                note=_("The whole project on one page."),
            ),
            First(
                "article",
                title=_("What we decided"),
                text=_("| When | What | Why | Who |\n|---|---|---|---|\n| | | | |\n"),
                note=_("Newest on top."),
            ),
            WELCOME,
        ),
    ),
    Starter(
        "customers",
        _("Customers"),
        _("What customers ask, and how we answer."),
        "heart-handshake",
        objective=_("A customer gets the same good answer whoever they happen to ask."),
        tagline=_("What people ask us, and what helps."),
        how_we_work=_("One question a post, in the customer’s own words. The best answer is accepted, then used."),
        rules=(
            _("No names, no addresses, nothing that shows who it was."),
            _("Kind to the customer, kind to the colleague."),
            _("If it is a complaint, use the complaints line."),
        ),
        first=(
            ASK_EARLY,
            First(
                "question",
                title=_("Which customer question do you hear most?"),
                text=_("Write it in their words. We will find one good answer to each and keep it here."),
            ),
            WELCOME,
        ),
    ),
)
NOTHING = Starter("nothing", _("An empty space"), _("You know what you want in it."), "plus", objective="")


def starter(name: str) -> Starter:
    """Return the starter of this name, or the empty one."""
    return next((one for one in STARTERS if one.name == name), NOTHING)
