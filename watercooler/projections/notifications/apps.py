from django.apps import AppConfig


class NotificationsConfig(AppConfig):
    name = "watercooler.projections.notifications"
    label = "notifications"
