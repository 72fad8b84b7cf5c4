from django.apps import AppConfig


class ApiConfig(AppConfig):
    name = "watercooler.doors.api"
    label = "api"
