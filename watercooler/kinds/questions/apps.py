from django.apps import AppConfig


class QuestionsConfig(AppConfig):
    name = "watercooler.kinds.questions"
    label = "questions"
