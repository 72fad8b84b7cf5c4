from django.apps import AppConfig


class ContentConfig(AppConfig):
    name = "watercooler.spine.content"
    label = "content"
