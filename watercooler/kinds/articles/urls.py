"""The addresses of this app."""

from django.urls import path

from watercooler.kinds.articles import urls_read, views

urlpatterns = [
    path("me/drafts", views.drafts),
    path("me/drafts/<int:pk>/published", views.publish),
    path("me/drafts/<int:pk>/scheduled", views.schedule),
    path("me/drafts/<int:pk>/thrown-away", views.throw_away),
    path("me/drafts/<int:pk>/back", views.bring_back),
    *urls_read.urlpatterns,
]
