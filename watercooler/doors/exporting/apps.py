from django.apps import AppConfig


class ExportingConfig(AppConfig):
    name = "watercooler.doors.exporting"
    label = "exporting"
