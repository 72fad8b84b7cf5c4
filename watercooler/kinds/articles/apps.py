from django.apps import AppConfig


class ArticlesConfig(AppConfig):
    name = "watercooler.kinds.articles"
    label = "articles"
