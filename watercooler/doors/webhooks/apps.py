from django.apps import AppConfig


class WebhooksConfig(AppConfig):
    name = "watercooler.doors.webhooks"
    label = "webhooks"
