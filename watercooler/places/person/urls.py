"""The addresses of this app."""

from django.urls import URLPattern, path

from watercooler.places.person import connections, reads, settings, views
from watercooler.places.person.team import asking as team

urlpatterns: list[URLPattern] = [
    path("people", views.people),
    path("people/<str:handle>", views.profile),
    *(path(f"people/<str:handle>/{tab}", views.profile, {"tab": tab}) for tab in reads.TABS if tab != "about"),
    path("people/<str:handle>/both-know", connections.both_know),
    path("people/<str:handle>/card.vcf", connections.card),
    path("me/connections", connections.own),
    path("me/connections/requests", connections.requests),
    path("me/connections/alike", connections.alike),
    path("me/connections/seen", connections.seen),
    path("teams", team.show),
    path("teams/skills", team.offers),
    path("teams/space", team.open_space),
    path("portraits/<str:name>", views.portrait),
    path("me/settings", settings.show),
    path("me/settings/photo", settings.photo),
    path("me/settings/photo/remove", settings.remove_photo),
]
