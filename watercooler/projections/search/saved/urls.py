"""The addresses of saved searches."""

from django.urls import path

from watercooler.projections.search.saved import views

urlpatterns = [
    path("me/searches", views.listing),
    path("me/searches/new", views.new),
    path("me/searches/beside", views.beside),
    path("me/searches/<int:search_id>", views.one),
    path("me/searches/<int:search_id>/remove", views.remove),
]
