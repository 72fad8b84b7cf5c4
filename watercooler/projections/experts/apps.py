from django.apps import AppConfig


class ExpertsConfig(AppConfig):
    name = "watercooler.projections.experts"
    label = "experts"
