"""What must hold of everything there is and will be: authorship, visibility, verbs, floors."""

from __future__ import annotations

import ast
import inspect
import re
from importlib import import_module
from pathlib import Path

import pytest
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from watercooler.foundation.base.errors import NotAllowed
from watercooler.foundation.base.viewer import STRANGER
from watercooler.spine.activity import verbs
from watercooler.spine.activity.record import Past, record, record_many
from watercooler.spine.content import kinds
from watercooler.spine.content.models import Item

HOUSE = Path(__file__).resolve().parents[2] / "watercooler"
SOURCES = sorted(path for path in HOUSE.rglob("*.py") if "migrations" not in path.parts)
THROWN_AWAY = HOUSE / "config" / "evaluation"
"""Fills a database that was made for one evaluation and ends with it. Nobody's organisation is ever in it."""
MAKER = HOUSE / "spine" / "content" / "acts" / "make.py"
MAKER_OF_MANY = HOUSE / "spine" / "content" / "acts" / "many.py"
MAKING = {"create", "bulk_create", "get_or_create", "update_or_create"}


def _calls(path: Path):
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Call):
            yield node, ast.unparse(node.func)


def _acts():
    """Every public function of every acts module whose first argument is the viewer."""
    for path in SOURCES:
        if path.name != "acts.py" and path.parent.name != "acts":
            continue
        dotted = ".".join(path.relative_to(HOUSE.parent).with_suffix("").parts)
        module = import_module(dotted.removesuffix(".__init__"))
        for name, function in inspect.getmembers(module, inspect.isfunction):
            first = next(iter(inspect.signature(function).parameters), "")
            if function.__module__ == module.__name__ and not name.startswith("_") and first == "viewer":
                yield pytest.param(function, id=f"{module.__name__}.{name}")


def test_items_come_into_being_in_one_place_only():
    makers = {
        path
        for path in SOURCES
        if THROWN_AWAY not in path.parents
        and re.search(r"content\.models import .*\bItem\b|content import models", path.read_text("utf-8"))
        for _node, called in _calls(path)
        if called == "Item" or any(called.endswith(f"Item.objects.{word}") for word in MAKING)
    }
    assert makers == {MAKER}


def test_rows_of_items_and_activities_are_copied_in_one_place_only():
    """What writes past the models would write past the author too."""
    written = re.compile(
        r"(?:copy|insert into) (content_item|activity_activity)\b|copy_rows\(\s*[\"'](content_item)", re.I
    )
    writers = {(path, found[0] or found[1]) for path in SOURCES for found in written.findall(path.read_text("utf-8"))}
    writers = {(path, table) for path, table in writers if THROWN_AWAY not in path.parents}
    record_py = HOUSE / "spine" / "activity" / "record.py"
    assert writers == {(MAKER_OF_MANY, "content_item"), (record_py, "activity_activity")}


@pytest.mark.django_db
@pytest.mark.parametrize("kind", kinds.registered().values(), ids=lambda kind: kind.name)
@pytest.mark.parametrize("author", [0, -1])
def test_no_kind_can_be_brought_in_without_an_author(company, kind, author):
    from watercooler.spine.content.acts import Written, make_many

    parent = company.question().item.pk if kind.parents else None
    before = Item.objects.count()
    nobodys = Written(author, timezone.now(), "Nobody wrote this.", "Hello" if kind.has_title else "", parent_id=parent)
    with pytest.raises(NotAllowed):
        make_many(kind, company.heat, [nobodys])
    assert Item.objects.count() == before


@pytest.mark.django_db
@pytest.mark.parametrize("verb", verbs.registered().values(), ids=lambda verb: verb.name)
def test_nothing_of_the_past_is_recorded_without_an_actor(company, verb):
    with pytest.raises(NotAllowed), transaction.atomic():
        record_many([Past(0, verb, timezone.now())])


@pytest.mark.django_db
def test_the_database_refuses_an_item_without_an_author(company):
    item = company.post()
    with pytest.raises(IntegrityError), transaction.atomic():
        Item.objects.filter(pk=item.pk).update(author_id=None)
    with connection.cursor() as cursor:
        cursor.execute("set constraints all immediate")
        with pytest.raises(IntegrityError), transaction.atomic():
            cursor.execute("update content_item set author_id = 0 where id = %s", [item.pk])


@pytest.mark.django_db
@pytest.mark.parametrize("verb", verbs.registered().values(), ids=lambda verb: verb.name)
def test_nothing_is_recorded_for_a_stranger(company, verb):
    with pytest.raises(NotAllowed), transaction.atomic():
        record(STRANGER, verb)


@pytest.mark.django_db
@pytest.mark.parametrize("kind", kinds.registered().values(), ids=lambda kind: kind.name)
def test_no_kind_can_be_made_by_a_stranger(company, kind):
    from watercooler.spine.content.acts import make

    parent = company.question().item if kind.parents else None
    before = Item.objects.count()
    with pytest.raises(NotAllowed):
        make(STRANGER, kind, company.heat, title="Hello", source="Nobody wrote this.", parent=parent)
    assert Item.objects.count() == before


@pytest.mark.parametrize("function", list(_acts()))
def test_an_act_names_its_viewer_and_says_what_it_does(function):
    assert function.__doc__, "An act without a docstring."
    assert function.__doc__.splitlines()[0].endswith("."), "The first line is one sentence."


@pytest.mark.parametrize("verb", verbs.registered().values(), ids=lambda verb: verb.name)
def test_every_verb_can_be_said_and_sent(verb):
    assert verb.iri.startswith(("http://", "https://"))
    assert str(verb.sentence) % {"actor": "Ada", "item": "it", "person": "Noah", "space": "Heat"}
    assert "%(actor)s" in str(verb.sentence)
    if verb.detail is not None:
        assert verb.personal <= set(verb.detail.__dataclass_fields__)


def test_verb_addresses_are_not_shared_by_two_verbs_of_one_object():
    pairs = [(verb.iri, verb.kinds) for verb in verbs.registered().values() if verb.kinds]
    assert len(pairs) == len(set(pairs))


@pytest.mark.parametrize("kind", kinds.registered().values(), ids=lambda kind: kind.name)
def test_every_kind_has_words_an_icon_and_an_address(kind):
    from watercooler.foundation.base.templates import environment

    assert str(kind.label)
    assert str(kind.plural)
    icons = (HOUSE / "foundation" / "base" / "icons" / "names.txt").read_text().split()
    assert kind.icon in icons
    assert bool(kind.path) == kind.is_top
    if kind.is_top:
        environment().get_template(kind.card) if hasattr(environment(), "get_template") else None


def test_pages_read_items_through_the_rule():
    """`Item.objects.filter` and its like in a view would forget the rule; `visible_to` and `own` cannot."""
    unsafe = [
        f"{path.relative_to(HOUSE)}:{node.lineno}"
        for path in SOURCES
        if path.name.startswith(("views", "api"))
        for node, called in _calls(path)
        if called.endswith(("Item.objects.filter", "Item.objects.get", "Item.objects.all", "Item.objects.exclude"))
        or (
            called == "get_object_or_404"
            and node.args
            and ast.unparse(node.args[0]) in {"Item", "Question", "Attachment"}
        )
    ]
    assert unsafe == []


def test_files_stay_short():
    long = {str(p.relative_to(HOUSE)): n for p in SOURCES if (n := len(p.read_text("utf-8").splitlines())) > 400}
    assert long == {}


def test_an_activity_is_never_edited():
    from watercooler.spine.activity.models import Activity

    with pytest.raises(TypeError):
        Activity(pk=1, at=timezone.now()).save()
