"""The addresses of this app."""

from django.urls import include, path

from watercooler.projections.search import views

urlpatterns = [
    path("search", views.search, name="search"),
    path("search/suggest", views.suggest, name="search_suggest"),
    path("", include("watercooler.projections.search.saved.urls")),
]
