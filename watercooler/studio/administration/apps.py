from django.apps import AppConfig


class AdministrationConfig(AppConfig):
    name = "watercooler.studio.administration"
    label = "administration"
