from django.apps import AppConfig


class PeopleConfig(AppConfig):
    name = "watercooler.spine.people"
    label = "people"
