"""The addresses of this app."""

from watercooler.kinds.articles import urls_read

urlpatterns = [*urls_read.urlpatterns]
