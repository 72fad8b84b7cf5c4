"""The addresses of this app."""

from django.urls import path

from watercooler.places.library import glossary_views, topics_urls, views

urlpatterns = [
    path("library", views.library, name="library"),
    path("library/glossary", glossary_views.listing),
    path("library/glossary/new", glossary_views.new),
    path("library/glossary/<int:term_id>", glossary_views.change),
    path("library/glossary/<int:term_id>/remove", glossary_views.remove),
    *topics_urls.urlpatterns,
]
