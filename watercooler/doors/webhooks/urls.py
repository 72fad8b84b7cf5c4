"""The addresses of webhooks."""

from django.urls import URLPattern, path

from watercooler.doors.webhooks import views

urlpatterns: list[URLPattern] = [
    path("studio/webhooks", views.listing),
    path("studio/webhooks/new", views.new),
    path("studio/webhooks/<int:webhook_id>", views.show),
    path("studio/webhooks/<int:webhook_id>/edit", views.edit),
    path("studio/webhooks/<int:webhook_id>/secret", views.secret),
    path("studio/webhooks/<int:webhook_id>/test", views.test),
    path("studio/webhooks/<int:webhook_id>/off", views.off),
    path("studio/webhooks/<int:webhook_id>/off/undo", views.on),
    path("studio/webhooks/<int:webhook_id>/remove", views.remove),
    path("studio/webhooks/<int:webhook_id>/deliveries/<int:delivery_id>", views.delivery),
    path("studio/webhooks/<int:webhook_id>/deliveries/<int:delivery_id>/again", views.again),
]
