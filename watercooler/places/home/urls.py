"""The addresses of this app."""

from django.urls import path

from watercooler.places.home import views

urlpatterns = [
    path("home", views.home, name="home"),
    path("home/rail", views.beside, name="home-rail"),
    path("me/following", views.following, name="following"),
]
