from django.apps import AppConfig


class ActivityConfig(AppConfig):
    name = "watercooler.spine.activity"
    label = "activity"
