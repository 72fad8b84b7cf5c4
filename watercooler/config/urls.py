"""Every address of the product, by the app that answers it."""

from django.urls import URLResolver

urlpatterns: list[URLResolver] = []
