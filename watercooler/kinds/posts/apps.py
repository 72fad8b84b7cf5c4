from django.apps import AppConfig


class PostsConfig(AppConfig):
    name = "watercooler.kinds.posts"
    label = "posts"
