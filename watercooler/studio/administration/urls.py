"""The addresses of this app."""

from django.urls import URLPattern, path

from watercooler.studio.administration import house, people, person, same

urlpatterns: list[URLPattern] = [
    path("studio/people", people.show),
    path("studio/people/new", person.new),
    path("studio/people/<str:handle>", person.change),
    path("studio/people/<str:handle>/invitation", person.invitation),
    path("studio/people/<str:handle>/left", person.left),
    path("studio/people/<str:handle>/back", person.back),
    path("studio/people/<str:handle>/signed-out", person.signed_out),
    path("studio/people/<str:handle>/same", same.show),
    path("studio/settings", house.settings),
    path("logos/<str:name>", house.logo),
]
