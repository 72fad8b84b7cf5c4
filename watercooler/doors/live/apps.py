from django.apps import AppConfig


class LiveConfig(AppConfig):
    name = "watercooler.doors.live"
    label = "live"
