from django.apps import AppConfig


class PersonConfig(AppConfig):
    name = "watercooler.places.person"
    label = "person"
