from django.apps import AppConfig


class FeedsConfig(AppConfig):
    name = "watercooler.doors.feeds"
    label = "feeds"
