from django.apps import AppConfig


class SpaceConfig(AppConfig):
    name = "watercooler.places.space"
    label = "space"
