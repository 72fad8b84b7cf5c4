"""The addresses of this app."""

from django.urls import path

from watercooler.projections.search import views
from watercooler.projections.search.saved import views as saved

urlpatterns = [
    path("search", views.search, name="search"),
    path("search/suggest", views.suggest, name="search_suggest"),
    path("me/searches", saved.listing),
    path("me/searches/new", saved.new),
    path("me/searches/beside", saved.beside),
    path("me/searches/<int:search_id>", saved.one),
    path("me/searches/<int:search_id>/remove", saved.remove),
]
