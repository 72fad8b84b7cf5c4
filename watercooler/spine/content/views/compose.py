"""The composer: one page for every kind that says how it is composed."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.module_loading import import_string
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from watercooler.foundation.base.errors import Invalid, NotAllowed, Refused
from watercooler.foundation.base.files.keep import Incoming
from watercooler.foundation.base.pages import Request, is_fragment, new_key, page, say, see
from watercooler.foundation.base.templates import render
from watercooler.foundation.base.text import clean_line
from watercooler.foundation.base.viewer import Viewer
from watercooler.foundation.base.whose import receive_own
from watercooler.spine.content import acts
from watercooler.spine.content.composing import Composing, Typed, composable
from watercooler.spine.content.forms import ComposeForm
from watercooler.spine.content.found import readable
from watercooler.spine.content.kinds import Kind, registered
from watercooler.spine.content.models import LONGEST_TITLE, Attachment, Draft, Item
from watercooler.spine.content.similar import Suggested, Typing
from watercooler.spine.content.visibility import State
from watercooler.spine.spaces.acts import accept_rules, must_accept_rules
from watercooler.spine.spaces.models import Purpose, Space

DRAFT = "compose"
LONGEST_READ = 4000
"""How many characters of a text being written are compared with what is there."""
SEEN = frozenset({"title", "source", "topics", "space", "files", "rules"})
"""The fields that have a place for a sentence beside them; of all others it stands at the top."""


@require_http_methods(["GET", "POST"])
def compose(request: Request) -> HttpResponse:
    """Show the composer, change its kind with everything kept, or make what was typed."""
    if request.method == "POST":
        receive_own(request)
        return Composition(request).answer()
    return Composition(request).show()


class Composition:
    """One composer as it was asked for or sent: its kinds, places, forms, and what was wrong."""

    def __init__(self, request: Request) -> None:
        self.request, self.viewer = request, request.viewer
        self.sent = request.POST if request.method == "POST" else None
        asked = self.sent if self.sent is not None else request.GET
        parent = asked.get("parent", "")
        self.parent = readable(self.viewer, int(parent)) if parent.isdecimal() and len(parent) < 19 else None
        self.kinds = composable(self.viewer, self.parent)
        if not self.kinds:
            raise Http404
        wanted = asked.get("turn_into") or asked.get("kind", "")
        by_name = {kind.name: kind for kind in self.kinds}
        if self.sent is not None and wanted not in by_name:
            raise NotAllowed(_("You can’t make this here."))
        self.kind = by_name.get(wanted, self.kinds[0])
        place = clean_line(asked.get("space", ""))
        self.spaces = _places(self.viewer, self.kind, self.parent, place)
        self.space = next((space for space in self.spaces if space.slug == place), None)
        self.came_from = self.space
        self.form = ComposeForm(self.sent)
        self.wrong: dict[str, list[str]] = {}
        self.more = {kind.name: more for kind in self.kinds if (more := self._further(kind)) is not None}
        self.attached: list[Attachment] = []

    def _further(self, kind: Kind) -> Any:
        """Return the form of a kind's further fields: checked for the kind that is sent, kept for all others."""
        composing = _composing(kind)
        if composing.more is None:
            return None
        begun = composing.begin(self.viewer) if composing.begin else {}
        is_sent = self.sent is not None and kind is self.kind and "turn_into" not in self.sent
        typed = {name: self.sent[name] for name in composing.more.base_fields if self.sent and name in self.sent}
        return composing.more(self.sent if is_sent else None, initial=begun | typed)

    def show(self, status: int = 200) -> HttpResponse:
        if self.space is None:
            self.space = _usual(self.viewer, self.spaces)
        context = {
            "errors": self.wrong,
            "kind": self.kind,
            "kinds": self.kinds,
            "further": self.more,
            "spaces": self.spaces,
            "space": self.space,
            "parent": self.parent,
            "back": self._back(),
            "attached": self.attached,
            "rules": _rules(self.viewer, self.space),
            "draft": f"{DRAFT}-{self.parent.pk}" if self.parent else DRAFT,
            "kept": {} if self.sent else _kept(self.viewer, self.parent),
            "values": self._values(),
            "longest_title": LONGEST_TITLE,
        }
        return page(self.request, "content/compose.html", status=status, **context)

    def _back(self) -> str:
        if self.parent is not None:
            return self.parent.url
        return self.came_from.url if self.came_from is not None else "/home"

    def _values(self) -> dict[str, Any]:
        asked = self.sent if self.sent is not None else self.request.GET
        values = {name: asked.get(name, "") for name in ("title", "source", "topics")}
        return values | {"key": asked.get("key") or new_key()}

    def answer(self) -> HttpResponse:
        """Make what was typed and go there; where something is wrong, the same page says so beside the field."""
        try:
            self._attach()
            if "turn_into" in self.request.POST:
                return self.show()
            item = self._make()
        except Refused as error:
            if is_fragment(self.request):
                raise
            self._blame(error)
            return self.show(status=error.status)
        Draft.objects.filter(person_id=self.viewer.person_id, form__in=_drafts(self.parent)).delete()
        composing = _composing(self.kind)
        undo = f"/items/{item.pk}/remove" if item.state == State.LIVE else ""
        say(self.request, str(composing.done) if item.state == State.LIVE else _waiting(item), undo=undo)
        return see(self.request, composing.after(item))

    def _attach(self) -> None:
        """Keep files that a browser without script sent with the form, and remember those sent before."""
        ids = [int(each) for each in self.request.POST.getlist("attachments") if each.isdecimal()][:50]
        mine = Attachment.objects.filter(person_id=self.viewer.person_id, item=None, message=None)
        self.attached = list(mine.filter(pk__in=ids).order_by("pk"))
        for attachment in self.attached:
            alt = self.request.POST.get(f"alt-{attachment.pk}")
            if alt is not None and alt != attachment.alt:
                acts.describe(self.viewer, attachment, alt)
                attachment.alt = alt
        wrong: Refused | None = None
        for incoming in self.request.FILES.getlist("files"):
            try:
                if isinstance(incoming, Incoming):
                    self.attached.append(acts.attach(self.viewer, incoming))
            except Refused as error:
                wrong = error
        if wrong is not None:
            raise Invalid(wrong.sentence, field="files") from wrong

    def _make(self) -> Item:
        if not self.form.is_valid():
            for field, sentences in self.form.errors.items():
                self.wrong[field if field in SEEN else "top"] = [str(said) for said in sentences]
            raise _first(self.form)
        more = self.more.get(self.kind.name)
        if more is not None and not more.is_valid():
            raise _first(more)
        if self.space is None:
            raise Invalid(_("Choose where to post it."), field="space")
        self._accept()
        typed = Typed(
            space=self.space,
            title=self.form.cleaned_data["title"],
            source=self.form.cleaned_data["source"],
            topics=self.form.cleaned_data["topics"],
            attachments=[attachment.pk for attachment in self.attached],
            key=self.form.cleaned_data["key"],
            parent=self.parent,
            more=more.cleaned_data if more is not None else {},
        )
        return _composing(self.kind).make(self.viewer, typed)

    def _accept(self) -> None:
        """Accept the ground rules where their box was ticked. Where they changed and it was not, the act refuses."""
        ticked = self.form.cleaned_data["rules"]
        if self.space is not None and ticked is not None and ticked == self.space.rules_version:
            accept_rules(self.viewer, self.space)

    def _blame(self, error: Refused) -> None:
        """Write the sentence beside its field, in whichever form has it."""
        further = self.more.get(self.kind.name)
        if further is not None and error.field in further.fields:
            if error.field not in further.errors:
                further.add_error(error.field, error.sentence)
            return
        place = error.field if error.field in SEEN else "top"
        if error.sentence not in self.wrong.get(place, []):
            self.wrong.setdefault(place, []).append(error.sentence)


def _composing(kind: Kind) -> Composing:
    composing = kind.composing
    assert composing is not None, "only kinds with a composing are offered"
    return composing


def _waiting(item: Item) -> str:
    return _("Scheduled. You can change it until then.") if item.publish_at else _("Saved as a draft.")


def _first(form: Any) -> Invalid:
    """Return the first thing that is wrong with a form as a refusal, so that both ways of sending say the same."""
    field, sentences = next(iter(form.errors.items()))
    return Invalid(str(sentences[0]), field="" if field == "__all__" else field)


def _drafts(parent: Item | None) -> list[str]:
    name = f"{DRAFT}-{parent.pk}" if parent else DRAFT
    return [f"{name}-title", f"{name}-source", f"{name}-topics"]


def _kept(viewer: Viewer, parent: Item | None) -> dict[str, str]:
    """Return what the server keeps of an unfinished composition, by draft key: offered where the device has none."""
    found = Draft.objects.filter(person_id=viewer.person_id, form__in=_drafts(parent))
    return {draft.form: str(draft.body.get("text", "")) for draft in found}


def _places(viewer: Viewer, kind: Kind, parent: Item | None, asked: str) -> list[Space]:
    """Return where the viewer may put it: the asked-for place, their spaces by name, their own wall."""
    if parent is not None:
        return [parent.space]
    ids = {*viewer.space_ids, viewer.wall_id} if viewer.is_member else viewer.space_ids
    mine = Space.objects.filter(pk__in=ids, archived_at=None).select_related("owner").order_by("name")
    places = sorted(mine, key=lambda space: space.purpose == Purpose.WALL)
    if asked and asked not in {space.slug for space in places}:
        other = Space.objects.readable_by(viewer).filter(slug=asked).select_related("owner").first()
        if other is not None and acts.may_post(viewer, other, kind):
            places.insert(0, other)
    return places


def _usual(viewer: Viewer, places: list[Space]) -> Space | None:
    """Return where the viewer posted last, else the first of their places. Cost: one query."""
    ids = [space.pk for space in places]
    last = (
        Item.objects.own(viewer)
        .filter(parent=None, space_id__in=ids)
        .order_by("-pk")
        .values_list("space_id", flat=True)
    )
    by_id = {space.pk: space for space in places}
    return by_id.get(last.first() or 0) or next(iter(places), None)


def _rules(viewer: Viewer, space: Space | None) -> dict[str, Any]:
    """Return the ground rules of a space as its composer shows them: {space, rules, version, must_accept}."""
    if space is None or space.purpose == Purpose.WALL or not space.rules:
        return {"space": space, "rules": [], "version": 0, "must_accept": False}
    is_behind = must_accept_rules(viewer, space)
    return {"space": space, "rules": space.rules, "version": space.rules_version, "must_accept": is_behind}


@require_GET
def rules(request: Request) -> HttpResponse:
    """Return the part with the ground rules of the space just chosen. Raises Http404 for one the viewer can't read."""
    place = clean_line(request.GET.get("space", ""))
    chosen = get_object_or_404(Space.objects.readable_by(request.viewer), slug=place)
    return HttpResponse(render("content/compose_rules.html", rules=_rules(request.viewer, chosen)))


@require_http_methods(["GET", "POST"])
def similar(request: Request) -> HttpResponse:
    """Return the part with what was asked before, what is written about it, and who may know. Changes nothing.

    It is sent as a POST while somebody types: the text may be longer than an address.
    """
    sent = request.POST if request.method == "POST" else request.GET
    name = sent.get("kind", "")
    kind = registered().get(name)
    looks = kind.composing.looks_for_similar if kind is not None and kind.composing else name == ""
    typing = Typing(
        title=clean_line(sent.get("q") or sent.get("title", ""))[:300],
        source=sent.get("source", "")[:LONGEST_READ],
        space=clean_line(sent.get("space", ""))[:80],
        topics=clean_line(sent.get("topics", ""))[:400],
    )
    found = import_string(settings.SUGGESTED)(request.viewer, name or "question", typing) if looks else Suggested()
    return HttpResponse(render("content/similar.html", found=found))
