from django.apps import AppConfig


class ConversationsConfig(AppConfig):
    name = "watercooler.spine.conversations"
    label = "conversations"
