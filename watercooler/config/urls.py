"""Every address of the product, by the app that answers it."""

from django.urls import include, path

handler400 = "watercooler.foundation.base.front.unreadable"
handler404 = "watercooler.foundation.base.front.not_found"
handler500 = "watercooler.foundation.base.front.broken"

# Hot pages first: each app that is asked in vain costs a request some microseconds (home was asked tenth: 0.2 ms).
urlpatterns = [
    path("", include("watercooler.places.home.urls")),
    path("", include("watercooler.kinds.questions.urls")),
    path("", include("watercooler.places.inbox.urls")),
    path("", include("watercooler.places.space.urls")),
    path("", include("watercooler.projections.search.urls")),
    path("", include("watercooler.places.person.urls")),
    path("", include("watercooler.foundation.base.urls")),
    path("", include("watercooler.doors.api.urls")),
    path("", include("watercooler.doors.live.urls")),
    path("", include("watercooler.doors.importing.urls")),
    path("", include("watercooler.doors.signin.urls")),
    path("", include("watercooler.doors.exporting.urls")),
    path("", include("watercooler.doors.webhooks.urls")),
    path("", include("watercooler.doors.feeds.urls")),
    path("", include("watercooler.studio.administration.urls")),
    path("", include("watercooler.studio.moderation.urls")),
    path("", include("watercooler.places.library.urls")),
    path("", include("watercooler.places.mentoring.urls")),
    path("", include("watercooler.projections.experts.urls")),
    path("", include("watercooler.projections.recommendations.urls")),
    path("", include("watercooler.kinds.articles.urls")),
    path("", include("watercooler.kinds.posts.urls")),
    path("", include("watercooler.spine.social.urls")),
    path("", include("watercooler.spine.content.urls")),
]
