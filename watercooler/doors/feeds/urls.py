"""The addresses of feeds."""

from django.urls import URLPattern, path

from watercooler.doors.feeds.views import keys, out, outside

urlpatterns: list[URLPattern] = [
    path("spaces/<str:slug>/feed.atom", out.feed),
    path("topics/<str:slug>/feed.atom", out.feed),
    path("people/<str:handle>/feed.atom", out.feed),
    path("search/feed.atom", out.feed),
    path("me/feeds", keys.listing),
    path("me/feeds/new", keys.new),
    path("me/feeds/<int:key_id>/end", keys.end),
    path("spaces/<str:slug>/feeds", outside.listing),
    path("spaces/<str:slug>/feeds/<int:feed_id>/remove", outside.remove),
    path("spaces/<str:slug>/feeds/<int:feed_id>/look", outside.look),
]
