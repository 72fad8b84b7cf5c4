"""The addresses of this app."""

from watercooler.places.library import topics_urls

urlpatterns = [*topics_urls.urlpatterns]
