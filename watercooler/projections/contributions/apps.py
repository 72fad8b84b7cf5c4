from django.apps import AppConfig


class ContributionsConfig(AppConfig):
    name = "watercooler.projections.contributions"
    label = "contributions"
