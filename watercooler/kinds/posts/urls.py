"""The addresses of posts."""

from django.urls import path

from watercooler.kinds.posts import views

urlpatterns = [path("p/<int:item_id>", views.show)]
