"""Old addresses of what was imported: /from/<where it was>/<its path there>."""

from django.urls import path

from watercooler.doors.importing import views

urlpatterns = [
    path("from/<str:source>/<path:old>", views.moved),
]
