from django.apps import AppConfig


class RecommendationsConfig(AppConfig):
    name = "watercooler.projections.recommendations"
    label = "recommendations"
