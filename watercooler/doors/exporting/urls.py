"""The addresses of this app."""

from django.urls import URLPattern, path

from watercooler.doors.exporting import views

urlpatterns: list[URLPattern] = [
    path("me/export", views.mine),
    path("me/exports/<int:pk>", views.download),
    path("me/exports/<int:pk>/thrown-away", views.thrown_away),
    path("spaces/<str:slug>/export", views.of_space),
    path("studio/export", views.everything),
]
