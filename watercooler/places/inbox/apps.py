from django.apps import AppConfig


class InboxConfig(AppConfig):
    name = "watercooler.places.inbox"
    label = "inbox"
