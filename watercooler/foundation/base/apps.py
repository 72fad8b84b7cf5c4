from django.apps import AppConfig


class BaseConfig(AppConfig):
    name = "watercooler.foundation.base"
    label = "base"
