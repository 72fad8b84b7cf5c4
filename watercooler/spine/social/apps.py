from django.apps import AppConfig


class SocialConfig(AppConfig):
    name = "watercooler.spine.social"
    label = "social"
