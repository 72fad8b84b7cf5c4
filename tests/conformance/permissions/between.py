"""What is between two people, and what is suggested: connections, introductions, teams, mentoring, "Not for me"."""

TABLE = """
GET    /inbox/messages                        in  200 200 200 200 200
GET    /inbox/messages/new                    in  200 200 200 200 200
GET    /inbox/messages/new?to={handle}        in  200 200 200 200 200
GET    /inbox/messages/new/offers?to=noah     in  200 200 200 200 200
POST   /inbox/messages/new                    in  302 302 302 302 302  to={handle} source=Hello
POST   /inbox/messages/new                    in  302 302 302 302 302  to={handle} name=Night source=Hello
GET    /inbox/messages/{talk}                 in  404 404 404 404 404
POST   /inbox/messages/{talk}                 in  404 404 404 404 404  source=Hello
GET    /inbox/messages/{talk}/details         in  404 404 404 404 404
POST   /inbox/messages/{talk}/read            in  404 404 404 404 404  up_to=1
POST   /inbox/messages/{talk}/muted           in  404 404 404 404 404
POST   /inbox/messages/{talk}/muted/undo      in  404 404 404 404 404
POST   /inbox/messages/{talk}/people          in  404 404 404 404 404  to=elena
POST   /inbox/messages/{talk}/name            in  404 404 404 404 404  name=Ours
POST   /inbox/messages/{talk}/left            in  404 404 404 404 404
GET    /inbox/messages/{talk}/1/edit          in  404 404 404 404 404
POST   /inbox/messages/{talk}/1/edit          in  404 404 404 404 404  source=Mine
POST   /inbox/messages/{talk}/1/remove        in  404 404 404 404 404
POST   /inbox/messages/{talk}/1/restore       in  404 404 404 404 404
GET    /inbox/messages/{own_talk}             in  200 200 200 200 200
POST   /inbox/messages/{own_talk}             in  302 302 302 302 302  source=Hello
GET    /inbox/messages/{own_talk}/details     in  200 200 200 200 200
POST   /inbox/messages/{own_talk}/read        in  302 302 302 302 302  up_to=1
POST   /inbox/messages/{own_talk}/muted       in  302 302 302 302 302
POST   /inbox/messages/{own_talk}/muted/undo  in  302 302 302 302 302
POST   /inbox/messages/{own_talk}/people      in  302 302 302 302 302  to=@hassan
POST   /inbox/messages/{own_talk}/name        in  302 302 302 302 302  name=Ours
POST   /inbox/messages/{own_talk}/left        in  302 302 302 302 302
GET    /inbox/messages/{own_talk}/{own_said}/edit     in  200 200 200 200 200
POST   /inbox/messages/{own_talk}/{own_said}/edit     in  302 302 302 302 302  source=Mine
POST   /inbox/messages/{own_talk}/{own_said}/remove   in  302 302 302 302 302
POST   /inbox/messages/{own_talk}/{own_said}/restore  in  302 302 302 302 302
POST   /inbox/messages/{own_talk}/1/edit      in  404 404 404 404 404  source=Mine
POST   /inbox/messages/{own_talk}/1/remove    in  404 404 404 404 404
GET    /inbox/messages/{talk}/1/report           in  404 404 404 404 404
POST   /inbox/messages/{talk}/1/report           in  404 404 404 404 404  reason=unkind
POST   /inbox/messages/{talk}/1/report/undo      in  404 404 404 404 404
GET    /inbox/messages/{own_talk}/1/report       in  200 200 200 200 200
POST   /inbox/messages/{own_talk}/1/report       in  302 302 302 302 422  reason=unkind
POST   /inbox/messages/{own_talk}/1/report/undo  in  302 302 302 302 302
POST   /inbox/messages/{own_talk}/{own_said}/report in 404 404 404 404 404  reason=unkind
GET    /inbox/messages/from                      in  200 200 200 200 200
POST   /inbox/messages/from                      in  302 302 302 302 302  who=known
POST   /inbox/messages/from                      in  422 422 422 422 422  who=me
POST   /inbox/messages/from/hassan               in  302 302 302 302 302  how=blocked
POST   /inbox/messages/from/hassan/undo          in  302 302 302 302 302
POST   /inbox/messages/from/fatima               in  404 302 302 302 302  how=muted
POST   /inbox/messages/from/nobody               in  404 404 404 404 404  how=muted
GET    /search/messages?q=phone               in  200 200 200 200 200
GET    /search/messages/beside?q=phone        in  302 302 302 302 302
GET    /people/{handle}/both-know             in  200 200 200 200 200
GET    /people/{handle}/card.vcf              in  200 200 200 200 200
GET    /people/{handle}/connect               in  200 200 200 200 200
POST   /people/{handle}/connect               in  302 302 302 302 302  note=Hello
POST   /people/{handle}/connection/accepted   in  404 404 404 404 404
POST   /people/{handle}/connection/accepted/undo in  404 404 404 404 404
POST   /people/{handle}/connection/declined   in  404 404 404 404 404
POST   /people/{handle}/connection/declined/undo in  404 404 404 404 404
POST   /people/{handle}/connection/ended      in  404 404 404 404 404
POST   /people/{handle}/connection/ended/undo in  404 404 404 404 404
POST   /people/{asker}/connection/accepted    in  302 302 302 302 302
POST   /people/{asker}/connection/declined    in  302 302 302 302 302
GET    /people/{handle}/introduce             in  200 200 200 200 200
POST   /people/{handle}/introduce             in  302 302 302 302 302  to=@hassan note=Meet
GET    /people/{handle}/introduce/offers      in  200 200 200 200 200
POST   /introductions/{introduction}/met      in  404 404 404 404 404
POST   /introductions/{introduction}/declined in  404 404 404 404 404
POST   /introductions/{introduction}/answered/undo in  404 404 404 404 404
POST   /introductions/{introduction}/taken-back in  404 404 404 404 404
POST   /introductions/{own_introduction}/met  in  302 302 302 302 302
POST   /introductions/{own_introduction}/declined in  302 302 302 302 302
POST   /introductions/{made_introduction}/taken-back in  302 302 302 302 302
GET    /me/connections                        in  200 200 200 200 200
GET    /me/connections/requests               in  200 200 200 200 200
GET    /me/connections/alike                  in  200 200 200 200 200
POST   /me/connections/seen                   in  302 302 302 302 302  hides_connections=on
GET    /teams                                 in  404 200 200 200 200
GET    /teams/skills?add=de                   in  404 200 200 200 200
POST   /teams/space                           in  404 302 302 302 302  person=hassan name=R objective=D
GET    /suggestions                           in  200 200 200 200 200
GET    /me/not-for-me                         in  200 200 200 200 200
POST   /me/not-for-me/{refusal}/taken-back    in  404 404 404 404 404
POST   /me/not-for-me/{own_refusal}/taken-back in 302 302 302 302 302
POST   /items/{item}/not-for-me               in  302 302 302 302 302
POST   /items/{item}/not-for-me/undo          in  302 302 302 302 302
POST   /people/{handle}/not-for-me            in  302 302 302 302 302
POST   /people/{handle}/not-for-me/undo       in  302 302 302 302 302
POST   /spaces/{space}/not-for-me             in  302 302 302 302 302
POST   /spaces/{space}/not-for-me/undo        in  302 302 302 302 302
POST   /spaces/{closed}/not-for-me            in  404 302 302 302 302
POST   /topics/{topic}/not-for-me             in  302 302 302 302 302
POST   /topics/{topic}/not-for-me/undo        in  302 302 302 302 302
GET    /mentoring                             in  404 200 200 200 200
GET    /mentoring/mentors                     in  404 200 200 200 200
GET    /mentoring/ask/{mentor}                in  404 200 200 200 200
POST   /mentoring/ask/{mentor}                in  404 302 302 302 302  note=Please key={key}
GET    /mentoring/ask/{handle}                in  404 404 404 404 404
GET    /mentoring/beside/{mentor}             in  404 302 302 302 302
GET    /mentoring/mentor                      in  404 200 200 200 200
POST   /mentoring/mentor                      in  404 302 302 302 302  helps_with=Pumps rhythm=weekly places=1
POST   /mentoring/mentor/paused               in  404 302 302 302 302
POST   /mentoring/mentor/paused/undo          in  404 302 302 302 302
GET    /mentoring/wishes                      in  404 200 200 200 200
POST   /mentoring/wishes                      in  404 302 302 302 302  wants=Pumps
GET    /mentoring/numbers                     in  404 404 404 200 200
GET    /mentoring/{mentoring}                 in  404 404 404 404 404
POST   /mentoring/{mentoring}/accepted        in  404 404 404 404 404
GET    /mentoring/{mentoring}/declined        in  404 404 404 404 404
POST   /mentoring/{mentoring}/declined        in  404 404 404 404 404
POST   /mentoring/{mentoring}/withdrawn       in  404 404 404 404 404
GET    /mentoring/{mentoring}/agreement       in  404 404 404 404 404
POST   /mentoring/{mentoring}/agreement in 404 404 404 404 404 goals=L rhythm=weekly minutes=30 months=3 based_on=1
POST   /mentoring/{mentoring}/agreed          in  404 404 404 404 404  version=1
POST   /mentoring/{mentoring}/goals           in  404 404 404 404 404  words=Lead
POST   /mentoring/{mentoring}/goals/{goal}    in  404 404 404 404 404  progress=50
POST   /mentoring/{mentoring}/goals/{goal}/let-go  in  404 404 404 404 404
GET    /mentoring/{mentoring}/meetings        in  404 404 404 404 404
POST   /mentoring/{mentoring}/meetings        in  404 404 404 404 404  starts_at={soon}T09:00 minutes=30
GET    /mentoring/{mentoring}/meetings.ics    in  404 404 404 404 404
GET    /mentoring/{mentoring}/meetings/{meeting}  in  404 404 404 404 404
GET    /mentoring/{mentoring}/meetings/{meeting}/moved  in  404 404 404 404 404
POST   /mentoring/{mentoring}/meetings/{meeting}/moved  in  404 404 404 404 404  starts_at={soon}T10:00 minutes=30
POST   /mentoring/{mentoring}/meetings/{meeting}/called-off  in  404 404 404 404 404
POST   /mentoring/{mentoring}/meetings/{meeting}/done  in  404 404 404 404 404
POST   /mentoring/{mentoring}/meetings/{meeting}/missed  in  404 404 404 404 404
POST   /mentoring/{mentoring}/meetings/{meeting}/note  in  404 404 404 404 404  shared_note=Hello based_on=0
POST   /mentoring/{mentoring}/meetings/{meeting}/own-note  in  404 404 404 404 404  own_note=Hello
GET    /mentoring/{mentoring}/meetings/{meeting}/meeting.ics  in  404 404 404 404 404
GET    /mentoring/{mentoring}/closed          in  404 404 404 404 404
POST   /mentoring/{mentoring}/closed          in  404 404 404 404 404  ending=early
GET    /mentoring/{mentoring}/feedback        in  404 404 404 404 404
POST   /mentoring/{mentoring}/feedback        in  404 404 404 404 404  useful=yes
GET    /mentoring/{own_mentoring}             in  404 200 200 200 200
POST   /mentoring/{own_mentoring}/accepted    in  404 409 409 409 409
POST   /mentoring/{own_asked}/accepted        in  404 302 302 302 302
POST   /mentoring/{own_asked}/declined        in  404 302 302 302 302  answer=Sorry
POST   /mentoring/{own_asked}/withdrawn       in  404 403 403 403 403
GET    /mentoring/{own_mentoring}/declined    in  404 404 404 404 404
POST   /mentoring/{own_mentoring}/declined    in  404 404 404 404 404
POST   /mentoring/{own_mentoring}/withdrawn   in  404 409 409 409 409
GET    /mentoring/{own_mentoring}/agreement   in  404 200 200 200 200
POST   /mentoring/{own_mentoring}/agreement in 404 302 302 302 302 goals=L rhythm=weekly minutes=30 months=3 based_on=1
POST   /mentoring/{own_mentoring}/agreed      in  404 302 302 302 302  version=1
POST   /mentoring/{own_mentoring}/goals       in  404 302 302 302 302  words=Lead
POST   /mentoring/{own_mentoring}/goals/{own_goal}  in  404 302 302 302 302  progress=50
POST   /mentoring/{own_mentoring}/goals/{own_goal}/let-go  in  404 302 302 302 302
GET    /mentoring/{own_mentoring}/meetings    in  404 200 200 200 200
POST   /mentoring/{own_mentoring}/meetings    in  404 302 302 302 302  starts_at={soon}T09:00 minutes=30
GET    /mentoring/{own_mentoring}/meetings.ics  in  404 200 200 200 200
GET    /mentoring/{own_mentoring}/meetings/{own_meeting}  in  404 200 200 200 200
GET    /mentoring/{own_mentoring}/meetings/{own_meeting}/moved  in  404 200 200 200 200
POST   /mentoring/{own_mentoring}/meetings/{own_meeting}/moved in 404 302 302 302 302 starts_at={soon}T10:00 minutes=30
POST   /mentoring/{own_mentoring}/meetings/{own_meeting}/called-off  in  404 302 302 302 302
POST   /mentoring/{own_mentoring}/meetings/{own_meeting}/done  in  404 422 422 422 422
POST   /mentoring/{own_mentoring}/meetings/{own_meeting}/missed  in  404 422 422 422 422
POST   /mentoring/{own_mentoring}/meetings/{own_meeting}/note  in  404 302 302 302 302  shared_note=Hello based_on=0
POST   /mentoring/{own_mentoring}/meetings/{own_meeting}/own-note  in  404 302 302 302 302  own_note=Hello
GET    /mentoring/{own_mentoring}/meetings/{own_meeting}/meeting.ics  in  404 200 200 200 200
GET    /mentoring/{own_mentoring}/closed      in  404 200 200 200 200
POST   /mentoring/{own_mentoring}/closed      in  404 302 302 302 302  ending=early
GET    /mentoring/{own_mentoring}/feedback    in  404 404 404 404 404
POST   /mentoring/{own_mentoring}/feedback    in  404 404 404 404 404  useful=yes
"""
