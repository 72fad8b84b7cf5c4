"""The addresses of this app."""

from django.urls import path

from watercooler.doors.api import views
from watercooler.doors.api.house import patterns

urlpatterns = [
    path("api", views.at_its_address),
    path("api/", views.explained),
    path("api/openapi.json", views.document),
    *patterns(),
    path("me/tokens", views.tokens),
    path("me/tokens/<int:token_id>/agreed", views.agreed),
    path("me/tokens/<int:token_id>/ended", views.ended),
    path("studio/tokens", views.service_tokens),
    path("studio/tokens/<int:token_id>/ended", views.service_ended),
]
