"""The addresses of this app."""

from django.urls import path

from watercooler.places.library import topics_urls, views

urlpatterns = [
    path("library", views.library, name="library"),
    *topics_urls.urlpatterns,
]
