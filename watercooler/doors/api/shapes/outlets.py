"""Ways out and in: webhooks, feeds, exports."""

from datetime import date, datetime
from typing import Annotated, Literal

from pydantic import Field

from watercooler.doors.api.shapes.common import Day, Line, Next, PersonBrief, Sent, Shape, SpaceBrief

type OffName = Literal["", "by_hand", "failing", "gone", "owner"]
type ScopeName = Literal["own", "space", "everything"]
type SentState = Literal["waiting", "delivered", "given_up"]
Address = Annotated[str, Field(max_length=1000)]
VerbNames = Annotated[list[Annotated[str, Field(max_length=40)]], Field(max_length=200)]
SpaceSlugs = Annotated[list[Annotated[str, Field(max_length=80)]], Field(max_length=500)]


class WebhookBrief(Shape):
    """A webhook in a list. off: why nothing is sent, "" while it works. failing_since: it has not answered since."""

    id: int
    name: str
    address: str
    owner: PersonBrief
    off: OffName
    failing_since: datetime | None
    delivered_at: datetime | None


class Webhooks(Shape):
    """One's own, and, for administrators, those of others, of which they see no more than this."""

    own: list[WebhookBrief]
    others: list[WebhookBrief]


class Webhook(WebhookBrief):
    """One's own webhook. verbs, spaces: empty for all.

    secret: signs every message; "" where it can be read no more. old_secret_ends_at: until then both sign.
    """

    verbs: list[str]
    spaces: list[SpaceBrief]
    secret: str
    old_secret_ends_at: datetime | None
    rests_until: datetime | None
    made_at: datetime


class NewWebhook(Sent):
    """Where to tell of what. verbs: their names, none for all. spaces: slugs; none for all, for administrators."""

    name: Line
    address: Address
    verbs: VerbNames = []
    spaces: SpaceSlugs = []


class WebhookChange(Sent):
    """What is left out stays."""

    name: Line | None = None
    address: Address | None = None
    verbs: VerbNames | None = None
    spaces: SpaceSlugs | None = None


class Hearable(Shape):
    """A verb that a webhook may be told of, and what it says."""

    name: str
    sentence: str


class Choices(Shape):
    """What the caller's webhooks may hear of: verbs, and spaces, at most 500."""

    verbs: list[Hearable]
    spaces: list[SpaceBrief]


class Delivery(Shape):
    """One message. message: the id that stays the same however often it is sent. problem: why the last try failed."""

    id: int
    message: str
    type: str
    state: SentState
    attempts: int
    made_at: datetime
    tried_at: datetime | None
    next_at: datetime | None
    status: int | None
    problem: str
    milliseconds: int | None


class WholeDelivery(Delivery):
    """body: what was sent the last time, "" before the first. answer: the beginning of what was answered."""

    body: str
    answer: str


class Deliveries(Shape):
    deliveries: list[Delivery]
    next: Next


class FeedKey(Shape):
    """A private address of a feed: whoever has it reads this one feed as the caller. read_at: within the hour."""

    id: int
    feed: str
    name: str
    address: str
    made_at: datetime
    read_at: datetime | None


class FeedKeys(Shape):
    addresses: list[FeedKey]


class MadeFeedKey(Shape):
    """The id under which its address is read: an answer that may be given again holds no secret."""

    id: int


class Subscribing(Sent):
    """A feed by its own address, without host: "/spaces/heat/feed.atom", "/search/feed.atom?q=frost"."""

    feed: Annotated[str, Field(min_length=1, max_length=3000)]


class OutsideFeed(Shape):
    """A feed from outside. person: in whose name its entries are posted. title: as it calls itself, "" until read.

    off: why it is looked at no more, "" while it is. problem: why it could not be read the last time.
    """

    id: int
    address: str
    title: str
    person: PersonBrief
    most_a_day: int
    ends_on: date
    made_at: datetime
    read_at: datetime | None
    next_at: datetime
    problem: str
    off: Literal["", "over", "failing", "gone", "host"]


class OutsideFeeds(Shape):
    feeds: list[OutsideFeed]


class LettingIn(Sent):
    """A feed to let in: its address, how many of its entries a day at most, and until which day within a year."""

    address: Address
    most_a_day: Annotated[int, Field(ge=1, le=20)] = 3
    ends_on: Day


class Exporting(Sent):
    """The slug of a space one hosts; without it, what one wrote oneself."""

    space: Line | None = None


class Export(Shape):
    """An export. size_bytes: 0 until it is ready. ends_at: when the file is removed."""

    id: int
    scope: ScopeName
    space: SpaceBrief | None
    state: Literal["waiting", "ready", "failed"]
    asked_at: datetime
    ready_at: datetime | None
    ends_at: datetime
    size_bytes: int


class Exports(Shape):
    """Those that have not ended, newest first."""

    exports: list[Export]
