"""Who is in a space, for its page and for programs."""

from __future__ import annotations

from typing import Any

from django.db.models import Case, IntegerField, Q, QuerySet, Value, When

from watercooler.projections.feed.reads import Place
from watercooler.spine.spaces.models import Membership, Standing


def inside(space_id: int, words: str) -> QuerySet[Any]:
    """Return the insiders whose names hold these words, hosts first, then the newest."""
    is_host = Case(When(standing=Standing.HOST, then=Value(1)), default=Value(0), output_field=IntegerField())
    insiders = Membership.objects.filter(space_id=space_id, standing__in=Membership.INSIDE, person__is_active=True)
    named = insiders.filter(person__name__icontains=words) if words else insiders
    return named.annotate(rank=is_host).select_related("person__site").order_by("-rank", "-pk")


def after(insiders: QuerySet[Any], place: Place) -> QuerySet[Any]:
    """Return those who come after a place in this order."""
    return insiders if place.is_start else insiders.filter(Q(rank__lt=place.key) | Q(rank=place.key, pk__lt=place.id))
