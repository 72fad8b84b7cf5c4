from django.apps import AppConfig


class ModerationConfig(AppConfig):
    name = "watercooler.studio.moderation"
    label = "moderation"
