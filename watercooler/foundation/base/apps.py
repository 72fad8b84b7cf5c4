from django.apps import AppConfig

from watercooler.foundation.base.fields import speak_in_our_words
from watercooler.foundation.base.logs import say_on


class BaseConfig(AppConfig):
    name = "watercooler.foundation.base"
    label = "base"

    def import_models(self) -> None:
        """Give fields their words before the first form is written."""
        speak_in_our_words()
        super().import_models()

    def ready(self) -> None:
        say_on()
