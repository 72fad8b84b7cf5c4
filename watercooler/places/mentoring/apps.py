from django.apps import AppConfig


class MentoringConfig(AppConfig):
    name = "watercooler.places.mentoring"
    label = "mentoring"
