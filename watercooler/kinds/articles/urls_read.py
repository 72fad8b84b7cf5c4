"""The addresses at which articles are read."""

from django.urls import path

from watercooler.kinds.articles import views_read

urlpatterns = [
    path("items/<int:item_id>/alike", views_read.alike),
    path("a/<int:item_id>", views_read.show),
    path("a/<int:item_id>/<str:slug>", views_read.show),
]
