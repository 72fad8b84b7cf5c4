"""The addresses of topics."""

from django.urls import path

from watercooler.places.library import topics_views

urlpatterns = [
    path("topics/<str:slug>", topics_views.show),
    path("topics/<str:slug>/merge", topics_views.merge),
]
