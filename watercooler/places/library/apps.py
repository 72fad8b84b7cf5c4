from django.apps import AppConfig


class LibraryConfig(AppConfig):
    name = "watercooler.places.library"
    label = "library"
