from django.apps import AppConfig


class SearchConfig(AppConfig):
    name = "watercooler.projections.search"
    label = "search"
