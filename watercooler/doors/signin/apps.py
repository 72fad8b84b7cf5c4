from django.apps import AppConfig


class SigninConfig(AppConfig):
    name = "watercooler.doors.signin"
    label = "signin"
