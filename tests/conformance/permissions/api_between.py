"""The API's operations between two people, and for what is suggested."""

TABLE = """
GET    /api/v1/conversations                              401 200 200 200 200 200
POST   /api/v1/conversations                 401 201 201 201 201 201  people=["noah"] text=Hello
POST   /api/v1/conversations          401 201 201 201 201 201  people=["noah"] name=Night text=Hello
GET    /api/v1/conversations/{talk}                       401 404 404 404 404 404
GET    /api/v1/conversations/{talk}/messages              401 404 404 404 404 404
POST   /api/v1/conversations/{talk}/messages              401 404 404 404 404 404  text=Hello
PATCH  /api/v1/conversations/{talk}/messages/1            401 404 404 404 404 404  text=Mine
DELETE /api/v1/conversations/{talk}/messages/1            401 404 404 404 404 404
PUT    /api/v1/conversations/{talk}/messages/1/restored   401 404 404 404 404 404
PUT    /api/v1/conversations/{talk}/read                  401 404 404 404 404 404  up_to=1
PUT    /api/v1/conversations/{talk}/muted                 401 404 404 404 404 404
DELETE /api/v1/conversations/{talk}/muted                 401 404 404 404 404 404
POST   /api/v1/conversations/{talk}/people                401 404 404 404 404 404  people=["elena"]
PUT    /api/v1/conversations/{talk}/name                  401 404 404 404 404 404  name=Ours
DELETE /api/v1/conversations/{talk}/membership            401 404 404 404 404 404
GET    /api/v1/conversations/{own_talk}                   401 200 200 200 200 200
GET    /api/v1/conversations/{own_talk}/messages          401 200 200 200 200 200
POST   /api/v1/conversations/{own_talk}/messages          401 201 201 201 201 201  text=Hello
PATCH  /api/v1/conversations/{own_talk}/messages/{own_said} 401 200 200 200 200 200  text=Mine
DELETE /api/v1/conversations/{own_talk}/messages/{own_said} 401 204 204 204 204 204
PUT    /api/v1/conversations/{own_talk}/messages/{own_said}/restored 401 204 204 204 204 204
PUT    /api/v1/conversations/{own_talk}/read              401 204 204 204 204 204  up_to=1
PUT    /api/v1/conversations/{own_talk}/muted             401 204 204 204 204 204
DELETE /api/v1/conversations/{own_talk}/muted             401 204 204 204 204 204
POST   /api/v1/conversations/{own_talk}/people            401 200 200 200 200 200  people=["hassan"]
PUT    /api/v1/conversations/{own_talk}/name              401 204 204 204 204 204  name=Ours
DELETE /api/v1/conversations/{own_talk}/membership        401 204 204 204 204 204
GET    /api/v1/conversations/{talk}/messages/1/report     401 404 404 404 404 404
PUT    /api/v1/conversations/{talk}/messages/1/report     401 404 404 404 404 404  reason=unkind
DELETE /api/v1/conversations/{talk}/messages/1/report     401 404 404 404 404 404
GET    /api/v1/conversations/{own_talk}/messages/1/report 401 404 404 404 404 404
PUT    /api/v1/conversations/{own_talk}/messages/1/report 401 204 204 204 204 422  reason=unkind
DELETE /api/v1/conversations/{own_talk}/messages/1/report 401 204 204 204 204 204
PUT    /api/v1/conversations/{own_talk}/messages/{own_said}/report 401 404 404 404 404 404  reason=unkind
GET    /api/v1/me/messages-from                           401 200 200 200 200 200
PUT    /api/v1/me/messages-from                           401 204 204 204 204 204  who=known
PUT    /api/v1/people/hassan/silenced                     401 204 204 204 204 204  how=blocked
DELETE /api/v1/people/hassan/silenced                     401 204 204 204 204 204
PUT    /api/v1/people/fatima/silenced                     401 404 204 204 204 204  how=muted
GET    /api/v1/messages?q=phone                           401 200 200 200 200 200
GET    /api/v1/me/connections                             401 200 200 200 200 200
GET    /api/v1/me/connections/requests                    401 200 200 200 200 200
GET    /api/v1/me/connections/alike                       401 200 200 200 200 200
PUT    /api/v1/me/connections/choices       401 204 204 204 204 204  hides_connections=true is_not_suggested=true
GET    /api/v1/people/{handle}/connection                 401 200 200 200 200 200
PUT    /api/v1/people/{handle}/connection                 401 200 200 200 200 200  note=Hello
DELETE /api/v1/people/{handle}/connection                 401 204 204 204 204 204
PUT    /api/v1/people/{handle}/connection/as-before       401 200 200 200 200 200
GET    /api/v1/people/{handle}/both-know                  401 200 200 200 200 200
GET    /api/v1/introductions                              401 200 200 200 200 200
POST   /api/v1/introductions                              401 201 201 201 201 201  one=noah other=hassan note=Hi
DELETE /api/v1/introductions/{introduction}               401 404 404 404 404 404
DELETE /api/v1/introductions/{made_introduction}          401 204 204 204 204 204
PUT    /api/v1/introductions/{own_introduction}/answer    401 204 204 204 204 204  is_yes=true
PUT    /api/v1/introductions/{own_introduction}/answer    401 204 204 204 204 204  is_yes=false
DELETE /api/v1/introductions/{own_introduction}/answer    401 204 204 204 204 204
PUT    /api/v1/people/{asker}/connection                  401 200 200 200 200 200
DELETE /api/v1/people/{asker}/connection                  401 204 204 204 204 204
PUT    /api/v1/introductions/{introduction}/answer        401 404 404 404 404 404  is_yes=true
DELETE /api/v1/introductions/{introduction}/answer        401 404 404 404 404 404
GET    /api/v1/teams?skill=Defrost                        401 404 200 200 200 200
GET    /api/v1/suggestions                                401 200 200 200 200 200
GET    /api/v1/me/not-for-me                              401 200 200 200 200 200
DELETE /api/v1/me/not-for-me/{refusal}                    401 404 404 404 404 404
DELETE /api/v1/me/not-for-me/{own_refusal}                401 204 204 204 204 204
PUT    /api/v1/items/{item}/not-for-me                    401 204 204 204 204 204
DELETE /api/v1/items/{item}/not-for-me                    401 204 204 204 204 204
PUT    /api/v1/people/{handle}/not-for-me                 401 204 204 204 204 204
DELETE /api/v1/people/{handle}/not-for-me                 401 204 204 204 204 204
PUT    /api/v1/spaces/{space}/not-for-me                  401 204 204 204 204 204
DELETE /api/v1/spaces/{space}/not-for-me                  401 204 204 204 204 204
PUT    /api/v1/spaces/{closed}/not-for-me                 401 404 204 204 204 204
PUT    /api/v1/topics/{topic}/not-for-me                  401 204 204 204 204 204
DELETE /api/v1/topics/{topic}/not-for-me                  401 204 204 204 204 204
GET    /api/v1/mentoring                                  401 404 200 200 200 200
POST   /api/v1/mentoring                                  401 404 201 201 201 201  mentor={mentor} note=Please
GET    /api/v1/mentoring/mentors                          401 404 200 200 200 200
GET    /api/v1/mentoring/numbers                          401 404 404 404 200 200
GET    /api/v1/people/{mentor}/mentoring                  401 404 200 200 200 200
PUT    /api/v1/me/mentoring/offer       401 404 204 204 204 204  helps_with=["Pumps"] rhythm=weekly places=8
PUT    /api/v1/me/mentoring/paused                        401 404 204 204 204 204
DELETE /api/v1/me/mentoring/paused                        401 404 204 204 204 204
GET    /api/v1/me/mentoring/wishes                        401 404 200 200 200 200
PUT    /api/v1/me/mentoring/wishes                        401 404 204 204 204 204  wants=["Pumps"]
GET    /api/v1/mentoring/{mentoring} 401 404 404 404 404 404
PUT    /api/v1/mentoring/{mentoring}/answer 401 404 404 404 404 404  answer=yes
PUT    /api/v1/mentoring/{mentoring}/withdrawn 401 404 404 404 404 404
POST   /api/v1/mentoring/{mentoring}/agreements 401 404 404 404 404 404  goals=["Lead"] rhythm=weekly based_on=1
PUT    /api/v1/mentoring/{mentoring}/agreements/1/agreed 401 404 404 404 404 404
POST   /api/v1/mentoring/{mentoring}/goals 401 404 404 404 404 404  words=Lead
PATCH  /api/v1/mentoring/{mentoring}/goals/{goal} 401 404 404 404 404 404  progress=50
DELETE /api/v1/mentoring/{mentoring}/goals/{goal} 401 404 404 404 404 404
POST   /api/v1/mentoring/{mentoring}/meetings 401 404 404 404 404 404  starts_at={soon}T09:00:00Z
PUT    /api/v1/mentoring/{mentoring}/meetings/{meeting} 401 404 404 404 404 404  starts_at={soon}T10:00:00Z
PUT    /api/v1/mentoring/{mentoring}/meetings/{meeting}/outcome 401 404 404 404 404 404  state=called_off
PUT    /api/v1/mentoring/{mentoring}/meetings/{meeting}/note 401 404 404 404 404 404  note=Hello based_on=0
GET    /api/v1/mentoring/{mentoring}/meetings/{meeting}/own-note 401 404 404 404 404 404
PUT    /api/v1/mentoring/{mentoring}/meetings/{meeting}/own-note 401 404 404 404 404 404  note=Hello
PUT    /api/v1/mentoring/{mentoring}/closed 401 404 404 404 404 404  ending=early
PUT    /api/v1/mentoring/{mentoring}/feedback 401 404 404 404 404 404  useful=yes
GET    /api/v1/mentoring/{own_mentoring} 401 404 200 200 200 200
PUT    /api/v1/mentoring/{own_mentoring}/answer 401 404 409 409 409 409  answer=yes
PUT    /api/v1/mentoring/{own_asked}/answer 401 404 204 204 204 204  answer=yes
PUT    /api/v1/mentoring/{own_asked}/answer 401 404 204 204 204 204  answer=no
PUT    /api/v1/mentoring/{own_asked}/withdrawn 401 404 403 403 403 403
PUT    /api/v1/mentoring/{own_mentoring}/meetings/{own_meeting}/outcome 401 404 422 422 422 422  state=done
PUT    /api/v1/mentoring/{own_mentoring}/meetings/{own_meeting}/outcome 401 404 422 422 422 422  state=missed
PUT    /api/v1/mentoring/{own_mentoring}/withdrawn 401 404 409 409 409 409
POST   /api/v1/mentoring/{own_mentoring}/agreements 401 404 201 201 201 201  goals=["Lead"] rhythm=weekly based_on=1
PUT    /api/v1/mentoring/{own_mentoring}/agreements/1/agreed 401 404 204 204 204 204
POST   /api/v1/mentoring/{own_mentoring}/goals 401 404 201 201 201 201  words=Lead
PATCH  /api/v1/mentoring/{own_mentoring}/goals/{own_goal} 401 404 200 200 200 200  progress=50
DELETE /api/v1/mentoring/{own_mentoring}/goals/{own_goal} 401 404 204 204 204 204
POST   /api/v1/mentoring/{own_mentoring}/meetings 401 404 201 201 201 201  starts_at={soon}T09:00:00Z
PUT    /api/v1/mentoring/{own_mentoring}/meetings/{own_meeting} 401 404 200 200 200 200  starts_at={soon}T10:00:00Z
PUT    /api/v1/mentoring/{own_mentoring}/meetings/{own_meeting}/outcome 401 404 204 204 204 204  state=called_off
PUT    /api/v1/mentoring/{own_mentoring}/meetings/{own_meeting}/note 401 404 200 200 200 200  note=Hello based_on=0
GET    /api/v1/mentoring/{own_mentoring}/meetings/{own_meeting}/own-note 401 404 200 200 200 200
PUT    /api/v1/mentoring/{own_mentoring}/meetings/{own_meeting}/own-note 401 404 204 204 204 204  note=Hello
PUT    /api/v1/mentoring/{own_mentoring}/closed 401 404 204 204 204 204  ending=early
PUT    /api/v1/mentoring/{own_mentoring}/feedback 401 404 409 409 409 409  useful=yes
"""
