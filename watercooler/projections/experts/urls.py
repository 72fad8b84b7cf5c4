"""The addresses of this app."""

from django.urls import path

from watercooler.projections.experts import views

urlpatterns = [
    path("who-knows", views.who_knows, name="who_knows"),
    path("who-knows/beside", views.beside),
    path("me/known-for", views.mine),
    path("me/known-for/<str:slug>/hidden", views.hide),
    path("me/known-for/<str:slug>/hidden/undo", views.unhide),
]
