"""Ways out and in: webhooks, feeds, exports."""

from datetime import date, datetime
from typing import Annotated, Literal

from pydantic import Field

from watercooler.doors.api.shapes.common import Day, Line, Next, PersonBrief, Sent, Shape, SpaceBrief

type OffName = Literal["", "by_hand", "failing", "gone", "owner"]
"""Why a webhook sends nothing: `by_hand` it was switched off, `failing` it did not answer as it should for five days,
`gone` its server wants nothing more, `owner` whoever set it up has left; empty while it works."""
type ScopeName = Literal["own", "space", "everything"]
"""How much an export holds: what its `own` person gave, one `space`, or `everything`."""
type SentState = Literal["waiting", "delivered", "given_up"]
"""How far a message is: `waiting` for its next try, `delivered`, or `given_up` after ten tries in some three days."""
Address = Annotated[str, Field(max_length=1000)]
VerbNames = Annotated[list[Annotated[str, Field(max_length=40)]], Field(max_length=200)]
SpaceSlugs = Annotated[list[Annotated[str, Field(max_length=80)]], Field(max_length=500)]


class WebhookBrief(Shape):
    """A webhook in a list."""

    id: int
    """The number of the webhook."""
    name: str
    """What its owner calls it."""
    address: str
    """Where its messages go."""
    owner: PersonBrief
    """Who set it up: it hears of nothing that they may not read."""
    off: OffName
    """Why nothing is sent; empty while it works."""
    failing_since: datetime | None
    """Since when it has not answered as it should; null while it does."""
    delivered_at: datetime | None
    """When a message last arrived; null before the first."""


class Webhooks(Shape):
    """The webhooks there are."""

    own: list[WebhookBrief]
    """Those that the caller set up, by name."""
    others: list[WebhookBrief]
    """For administrators those of others, by name, at most 200, who may switch them off and remove them; empty for
    everybody else."""


class Webhook(WebhookBrief):
    """One’s own webhook, whole."""

    verbs: list[str]
    """The names of what it hears of, as `/webhooks/choices` lists them; empty for all."""
    spaces: list[SpaceBrief]
    """The spaces it hears of; empty for all, which only administrators may choose."""
    secret: str
    """What signs every message, as Standard Webhooks has it: “whsec_…”. Empty where the installation’s own key has
    changed and nobody can read it any more."""
    old_secret_ends_at: datetime | None
    """Until when messages are signed with the former secret too; null where there was none."""
    rests_until: datetime | None
    """Until when it waits after a try that failed; null while it does not."""
    made_at: datetime
    """When it was set up. It hears of nothing that happened before."""


class NewWebhook(Sent):
    """Where to tell of what."""

    name: Line
    """What to call it, at most 80 characters."""
    address: Address
    """Where messages go: an https address outside of this network, or a host that the operator has named."""
    verbs: VerbNames = []
    """The names of what it shall hear of, as `/webhooks/choices` lists them; empty for all."""
    spaces: SpaceSlugs = []
    """The slugs of the spaces it shall hear of; empty for all, which only administrators may choose."""


class WebhookChange(Sent):
    """What to change of a webhook. What is null or left out stays as it is."""

    name: Line | None = None
    """What to call it from now on, at most 80 characters; null keeps its name."""
    address: Address | None = None
    """Where messages go from now on; null keeps the address."""
    verbs: VerbNames | None = None
    """The names of all it shall hear of, empty for everything; null keeps them."""
    spaces: SpaceSlugs | None = None
    """The slugs of all spaces it shall hear of, empty for everywhere; null keeps them."""


class Hearable(Shape):
    """A verb that a webhook may be told of."""

    name: str
    """Its name, as `verbs` takes it and messages have it."""
    sentence: str
    """What it says of what happened, in the caller’s language."""


class Choices(Shape):
    """What the caller’s webhooks may hear of."""

    verbs: list[Hearable]
    """Every verb that others may know of."""
    spaces: list[SpaceBrief]
    """The spaces they may hear of, by name, at most 500: those the caller hosts; of administrators those they may read.
    """


class Delivery(Shape):
    """One message of a webhook."""

    id: int
    """The number of the message here, to look at it or send it again by."""
    message: str
    """Its id as the receiver reads it in `webhook-id`: the same however often it is sent."""
    type: str
    """What it tells of: the type that stands in the message."""
    state: SentState
    """Whether it still waits for a try, arrived, or was given up."""
    attempts: int
    """How often it was tried since it was made, or last sent by hand."""
    made_at: datetime
    """When it was made."""
    tried_at: datetime | None
    """When it was last tried; null before the first try."""
    next_at: datetime | None
    """When it will be tried next; null where it waits no more."""
    status: int | None
    """The HTTP status that was answered the last time; null where nothing was."""
    problem: str
    """Why the last try failed, in a sentence; empty where it did not."""
    milliseconds: int | None
    """How long the answer took the last time; null where there was none."""


class WholeDelivery(Delivery):
    """One message, with what was sent and answered."""

    body: str
    """What was sent the last time, as JSON text; empty before the first try."""
    answer: str
    """How the answer began, at most 2,000 bytes of it; empty for none."""


class Deliveries(Shape):
    """One page of messages."""

    deliveries: list[Delivery]
    """The messages of this page, newest first, at most 30."""
    next: Next


class FeedKey(Shape):
    """A private address of a feed: whoever has it reads this one feed as the caller."""

    id: int
    """The number of the private address, to end it by."""
    feed: str
    """The feed’s own address, without host and key."""
    name: str
    """The title of the feed, as it was when the address was made."""
    address: str
    """The whole private address. Give it to your feed reader and to nobody else."""
    made_at: datetime
    """When it was made."""
    read_at: datetime | None
    """When it was last read, to the hour; null before the first time."""


class FeedKeys(Shape):
    """The caller’s private addresses."""

    addresses: list[FeedKey]
    """All of them, newest first; there are at most a hundred."""


class MadeFeedKey(Shape):
    """Under which number a private address is read: an answer that may be given again holds no secret."""

    id: int
    """The number to read it by, at `/me/feeds/{key_id}`."""


class Subscribing(Sent):
    """Which feed to read."""

    feed: Annotated[str, Field(min_length=1, max_length=3000)]
    """The feed’s own address without host, as “/spaces/heat/feed.atom” or “/search/feed.atom?q=frost”."""


class OutsideFeed(Shape):
    """A feed from outside whose entries become posts in a space."""

    id: int
    """The number of the feed."""
    address: str
    """The http or https address at which it is looked at."""
    title: str
    """As it calls itself; empty until it was read once."""
    person: PersonBrief
    """The host in whose name its entries are posted."""
    most_a_day: int
    """How many entries it may post a day at most."""
    ends_on: date
    """The last day on which it is looked at."""
    made_at: datetime
    """When it was let in."""
    read_at: datetime | None
    """When it could last be read; null before the first time."""
    next_at: datetime
    """When it is looked at next, where it still is."""
    problem: str
    """Why it could not be read the last time, in a sentence; empty where it could."""
    off: Literal["", "over", "failing", "gone", "host"]
    """Why it is looked at no more: its time is `over`, it is `failing` for two weeks, `gone` as its server says, or its
    `host` looks after the space no more; empty while it is."""


class OutsideFeeds(Shape):
    """The feeds that come into a space."""

    feeds: list[OutsideFeed]
    """All of them; there are at most 20."""


class LettingIn(Sent):
    """A feed to let in, how much of it, and for how long."""

    address: Address
    """Where it is read: an http or https address of RSS or Atom outside of this network, or on a host that the operator
    has named."""
    most_a_day: Annotated[int, Field(ge=1, le=20)] = 3
    """How many of its entries become posts on one day at most."""
    ends_on: Day
    """The last day on which it is looked at, at most a year from now."""


class Exporting(Sent):
    """What to export."""

    space: Line | None = None
    """The slug of a space the caller hosts; null or left out for what they gave themselves."""


class Export(Shape):
    """An export that the caller asked for."""

    id: int
    """The number of the export."""
    scope: ScopeName
    """How much it holds."""
    space: SpaceBrief | None
    """The space it is of; null where it is not of one."""
    state: Literal["waiting", "ready", "failed"]
    """`waiting` while it is written, `ready` to be fetched, or `failed`, after which you may ask again."""
    asked_at: datetime
    """When it was asked for."""
    ready_at: datetime | None
    """When it was ready; null until then."""
    ends_at: datetime
    """When it is removed: seven days after it was ready."""
    size_bytes: int
    """The size of the file in bytes; 0 until it is ready."""


class Exports(Shape):
    """The caller’s exports."""

    exports: list[Export]
    """Those that have not ended, newest first, at most 20."""
