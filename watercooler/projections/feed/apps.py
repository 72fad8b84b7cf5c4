from django.apps import AppConfig


class FeedConfig(AppConfig):
    name = "watercooler.projections.feed"
    label = "feed"
