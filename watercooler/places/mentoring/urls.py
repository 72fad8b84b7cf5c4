"""The addresses of this app."""

from django.urls import URLPattern, path

from watercooler.places.mentoring.views import finding, meetings, pair, profiles

ONE = "mentoring/<int:pk>"
MEETING = f"{ONE}/meetings/<int:meeting_id>"

urlpatterns: list[URLPattern] = [
    path("mentoring", finding.home, name="mentoring"),
    path("mentoring/mentors", finding.mentors),
    path("mentoring/ask/<str:handle>", finding.ask),
    path("mentoring/beside/<str:handle>", finding.beside),
    path("mentoring/mentor", profiles.offer),
    path("mentoring/mentor/paused", profiles.pause),
    path("mentoring/mentor/paused/undo", profiles.go_on),
    path("mentoring/wishes", profiles.wishes),
    path("mentoring/numbers", pair.numbers),
    path(ONE, pair.show),
    path(f"{ONE}/accepted", pair.accept),
    path(f"{ONE}/declined", pair.decline),
    path(f"{ONE}/withdrawn", pair.withdraw),
    path(f"{ONE}/agreement", pair.agreement),
    path(f"{ONE}/agreed", pair.agree),
    path(f"{ONE}/goals", pair.set_goal),
    path(f"{ONE}/goals/<int:goal_id>", pair.move_goal),
    path(f"{ONE}/goals/<int:goal_id>/let-go", pair.let_goal_go),
    path(f"{ONE}/meetings", meetings.plan),
    path(f"{ONE}/meetings.ics", meetings.all_in_calendar),
    path(MEETING, meetings.show),
    path(f"{MEETING}/moved", meetings.move),
    path(f"{MEETING}/called-off", meetings.call_off),
    path(f"{MEETING}/done", meetings.hold),
    path(f"{MEETING}/missed", meetings.miss),
    path(f"{MEETING}/note", meetings.note),
    path(f"{MEETING}/own-note", meetings.note_alone),
    path(f"{MEETING}/meeting.ics", meetings.one_in_calendar),
    path(f"{ONE}/closed", pair.close),
    path(f"{ONE}/feedback", pair.feedback),
]
