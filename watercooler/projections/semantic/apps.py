from django.apps import AppConfig


class SemanticConfig(AppConfig):
    name = "watercooler.projections.semantic"
    label = "semantic"
