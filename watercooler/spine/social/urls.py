"""The addresses of this app: the permanent address of an item, and one resource for each verb."""

from django.urls import path

from watercooler.spine.social.views import (
    checks,
    comments,
    connections,
    flag,
    follows,
    items,
    marks,
    rate,
    recommend,
    tags,
)

urlpatterns = [
    path("items/<int:item_id>", items.item),
    path("items/<int:item_id>/seen", items.seen),
    path("items/<int:item_id>/comments", comments.comments),
    path("items/<int:item_id>/helped", marks.helped),
    path("items/<int:item_id>/helped/undo", marks.not_helped),
    path("items/<int:item_id>/saved", marks.saved),
    path("items/<int:item_id>/saved/undo", marks.not_saved),
    path("items/<int:item_id>/react", marks.react),
    path("items/<int:item_id>/reactions/<str:name>", marks.reaction),
    path("items/<int:item_id>/reactions/<str:name>/undo", marks.no_reaction),
    path("items/<int:item_id>/followed", follows.item_followed),
    path("items/<int:item_id>/followed/undo", follows.item_not_followed),
    path("items/<int:item_id>/muted", follows.item_muted),
    path("items/<int:item_id>/muted/undo", follows.item_not_muted),
    path("items/<int:item_id>/rate", rate.rate),
    path("items/<int:item_id>/rate/undo", rate.unrate),
    path("items/<int:item_id>/recommend", recommend.recommend),
    path("items/<int:item_id>/recommend/offers", recommend.offers),
    path("items/<int:item_id>/recommend/<int:recommendation_id>/undo", recommend.take_back),
    path("items/<int:item_id>/flag", flag.flag),
    path("items/<int:item_id>/flag/undo", flag.unflag),
    path("items/<int:item_id>/checked", checks.checked),
    path("items/<int:item_id>/checked/undo", checks.unchecked),
    path("items/<int:item_id>/checked/<str:handle>/taken-away", checks.taken_away),
    path("items/<int:item_id>/tags", tags.tags),
    path("items/<int:item_id>/tags/offers", tags.offers),
    path("items/<int:item_id>/tags/<str:slug>/undo", tags.untag),
    path("people/<str:handle>/connect", connections.connect),
    path("people/<str:handle>/introduce", connections.introduce),
    path("people/<str:handle>/introduce/offers", connections.offers),
    path("colleagues/offers", connections.colleague_offers),
    path("introductions/<int:number>/met", connections.met),
    path("introductions/<int:number>/declined", connections.passed),
    path("introductions/<int:number>/answered/undo", connections.unanswered),
    path("introductions/<int:number>/taken-back", connections.taken_back),
]
for tie in connections.TIES:
    urlpatterns += [
        path(f"people/<str:handle>/connection/{tie}", connections.tie, {"what": tie}),
        path(f"people/<str:handle>/connection/{tie}/undo", connections.untie, {"what": tie}),
    ]
for what in follows.FIND:
    urlpatterns += [
        path(f"{what}/<str:name>/followed", follows.followed, {"what": what}),
        path(f"{what}/<str:name>/followed/undo", follows.not_followed, {"what": what}),
        path(f"{what}/<str:name>/muted", follows.muted, {"what": what}),
        path(f"{what}/<str:name>/muted/undo", follows.not_muted, {"what": what}),
    ]
