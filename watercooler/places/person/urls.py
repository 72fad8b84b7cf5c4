"""The addresses of this app."""

from django.urls import URLPattern, path

from watercooler.places.person import reads, settings, views

urlpatterns: list[URLPattern] = [
    path("people", views.people),
    path("people/<str:handle>", views.profile),
    *(path(f"people/<str:handle>/{tab}", views.profile, {"tab": tab}) for tab in reads.TABS if tab != "about"),
    path("portraits/<str:name>", views.portrait),
    path("me/settings", settings.show),
    path("me/settings/photo", settings.photo),
    path("me/settings/photo/remove", settings.remove_photo),
]
