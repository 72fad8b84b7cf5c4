"""What is not a page of a place: the worker, the manifest, the page without signal, the parts on show, health."""

from django.urls import path

from watercooler.foundation.base import away, front

urlpatterns = [
    path("sw.js", front.service_worker, name="service-worker"),
    path("manifest.webmanifest", front.manifest, name="manifest"),
    path("offline", front.offline, name="offline"),
    path("health", away.health, name="health"),
    path("styles", front.gallery, name="styles"),
]
