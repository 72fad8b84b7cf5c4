"""The addresses of this app."""

from django.urls import path

from watercooler.projections.search import views

urlpatterns = [
    path("search", views.search, name="search"),
    path("search/suggest", views.suggest, name="search_suggest"),
]
