"""The addresses of questions."""

from django.urls import path

from watercooler.kinds.questions import linking, views

urlpatterns = [
    path("q/<int:item_id>", views.show),
    path("q/<int:item_id>/answers", views.answers),
    path("items/<int:item_id>/beside", views.beside),
    path("items/<int:item_id>/links", linking.links),
    path("items/<int:item_id>/links/<int:other_id>/undo", linking.unlinked),
    path("q/<int:item_id>/accepted/<int:answer_id>", views.accepted),
    path("q/<int:item_id>/accepted/<int:answer_id>/undo", views.not_accepted),
    path("q/<int:item_id>/<str:slug>", views.show),
]
