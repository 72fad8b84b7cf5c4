from django.apps import AppConfig


class SpacesConfig(AppConfig):
    name = "watercooler.spine.spaces"
    label = "spaces"
