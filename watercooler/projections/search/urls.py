"""The addresses of this app."""

from django.urls import include, path

from watercooler.projections.search import views
from watercooler.projections.search.messages import pages as messages

urlpatterns = [
    path("search", views.search, name="search"),
    path("search/messages", messages.messages),
    path("search/messages/beside", messages.beside),
    path("search/suggest", views.suggest, name="search_suggest"),
    path("", include("watercooler.projections.search.saved.urls")),
]
