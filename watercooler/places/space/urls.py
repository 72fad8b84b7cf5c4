"""The addresses of this app."""

from django.urls import path

from watercooler.places.space.views import directory, highlights, joining, members, opening, settings, show

urlpatterns = [
    path("spaces", directory.directory, name="spaces"),
    path("spaces/new", opening.new, name="new-space"),
    path("spaces/new/similar", opening.similar_names, name="similar-spaces"),
    path("spaces/<str:slug>/", show.feed, name="space"),
    path("spaces/<str:slug>/questions", show.questions, name="space-questions"),
    path("spaces/<str:slug>/articles", show.articles, name="space-articles"),
    path("spaces/<str:slug>/about", show.about, name="space-about"),
    path("spaces/<str:slug>/members", members.members, name="space-members"),
    path("spaces/<str:slug>/members/<str:handle>/<str:standing>", members.standing, name="space-standing"),
    path("spaces/<str:slug>/requests/<str:handle>/<str:answer>", members.request_answered, name="space-request"),
    path("spaces/<str:slug>/invitations", members.invitations, name="space-invitations"),
    path("spaces/<str:slug>/joined", joining.joined, name="space-joined"),
    path("spaces/<str:slug>/joined/undo", joining.left, name="space-left"),
    path("spaces/<str:slug>/joined/again", joining.joined_again, name="space-joined-again"),
    path("spaces/<str:slug>/rules", joining.rules, name="space-rules"),
    path("spaces/<str:slug>/level/<str:level>", joining.level, name="space-level"),
    path("spaces/<str:slug>/settings", settings.settings, name="space-settings"),
    path("spaces/<str:slug>/access", settings.access, name="space-access"),
    path("spaces/<str:slug>/owner", settings.owner, name="space-owner"),
    path("spaces/<str:slug>/parent", settings.parent, name="space-parent"),
    path("spaces/<str:slug>/parent/undo", settings.parent_undone, name="space-parent-undo"),
    path("spaces/<str:slug>/archived", settings.archived, name="space-archived"),
    path("spaces/<str:slug>/archived/undo", settings.unarchived, name="space-unarchived"),
    path("items/<int:item_id>/highlighted", highlights.highlighted, name="highlighted"),
    path("items/<int:item_id>/highlighted/undo", highlights.taken_down, name="highlighted-undo"),
]
