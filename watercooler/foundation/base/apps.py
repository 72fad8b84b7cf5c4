from django.apps import AppConfig

from watercooler.foundation.base.logs import say_on


class BaseConfig(AppConfig):
    name = "watercooler.foundation.base"
    label = "base"

    def ready(self) -> None:
        say_on()
