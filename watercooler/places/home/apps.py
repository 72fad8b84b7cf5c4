from django.apps import AppConfig


class HomeConfig(AppConfig):
    name = "watercooler.places.home"
    label = "home"
