from django.apps import AppConfig


class ImportingConfig(AppConfig):
    name = "watercooler.doors.importing"
    label = "importing"
