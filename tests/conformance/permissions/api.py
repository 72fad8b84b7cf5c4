"""The API's operations."""

TABLE = """
GET    /api                                               in  302 302 302 302 302
GET    /api/                                              in  200 200 200 200 200
GET    /api/openapi.json                                  200 200 200 200 200 200
GET    /api/v1/nothing                                    401 404 404 404 404 404
GET    /me/tokens                                         in  403 200 200 200 200
POST   /me/tokens                                         in  403 200 200 200 200  name=Report scopes=read ends=30
POST   /me/tokens/{own_token}/agreed                      in  404 302 302 302 302
POST   /me/tokens/{own_token}/ended                       in  404 302 302 302 302
POST   /me/tokens/{token}/agreed                          in  404 404 404 404 404
POST   /me/tokens/{token}/ended                           in  404 404 404 404 404
GET    /studio/tokens                                     in  404 404 404 404 200
POST   /studio/tokens                                in  404 404 404 404 200  name=R scopes=read ends=30 answers=hassan
POST   /studio/tokens/{service_token}/ended               in  404 404 404 404 302
GET    /api/v1/people                                     401 200 200 200 200 200
GET    /api/v1/people/{handle}                            401 200 200 200 200 200
GET    /api/v1/directory/facets                           401 404 200 200 200 200
GET    /api/v1/people/{handle}/card                       401 200 200 200 200 200
GET    /api/v1/me                                         401 200 200 200 200 200
PATCH  /api/v1/me                                         401 200 200 200 200 200  about=Hello
POST   /api/v1/me/photo                                   401 422 422 422 422 422
DELETE /api/v1/me/photo                                   401 200 200 200 200 200
GET    /api/v1/me/following                               401 200 200 200 200 200
GET    /api/v1/me/items                                   401 200 200 200 200 200
GET    /api/v1/spaces                                     401 200 200 200 200 200
POST   /api/v1/spaces                                     401 403 201 201 201 201  name=R objective=D
POST   /api/v1/spaces                        401 403 201 201 201 201  name=R objective=D template=practice
GET    /api/v1/spaces/{space}                             401 200 200 200 200 200
GET    /api/v1/spaces/{closed}                            401 404 200 200 200 200
PATCH  /api/v1/spaces/{space}                             401 403 403 200 403 403  tagline=Warm
PUT    /api/v1/spaces/{space}/membership                  401 200 200 200 200 200  note=Please
PUT    /api/v1/spaces/{closed}/membership                 401 404 200 200 200 200  note=Please
DELETE /api/v1/spaces/{space}/membership                  401 204 204 204 204 204
PUT    /api/v1/spaces/{space}/membership/restored         401 404 404 404 404 404
PUT    /api/v1/spaces/{left}/membership/restored          401 404 200 200 200 200
PUT    /api/v1/spaces/{space}/rules                       401 200 200 200 200 200  version=1
PUT    /api/v1/spaces/{space}/seen                        401 204 204 204 204 204
PUT    /api/v1/spaces/{space}/level                       401 204 204 204 204 204  level=all
GET    /api/v1/spaces/{space}/members                     401 200 200 200 200 200
GET    /api/v1/spaces/{closed}/members                    401 404 404 200 404 404
GET    /api/v1/spaces/{closed}/requests                   401 404 403 200 403 403
PUT    /api/v1/spaces/{closed}/requests/{handle}          401 404 403 204 403 403
DELETE /api/v1/spaces/{closed}/requests/{handle}          401 404 403 204 403 403
PUT    /api/v1/spaces/{space}/members/{handle}            401 403 403 204 403 403  standing=host
DELETE /api/v1/spaces/{space}/members/{handle}            401 403 403 204 403 403
POST   /api/v1/spaces/{space}/invitations                 401 403 200 200 200 403  people=["hassan"]
PUT    /api/v1/spaces/{space}/access                      401 403 403 200 403 403  access=closed
PUT    /api/v1/spaces/{space}/owner                       401 403 403 403 403 403  owner=tomasz
PUT    /api/v1/spaces/{space}/parent                      401 403 403 200 403 403  parent=
PUT    /api/v1/spaces/{space}/parent/restored             401 403 403 200 403 403
PUT    /api/v1/spaces/{space}/archived                    401 403 403 200 403 403
DELETE /api/v1/spaces/{space}/archived                    401 403 403 200 403 403
PUT    /api/v1/spaces/{space}/followed                    401 204 204 204 204 204
DELETE /api/v1/spaces/{space}/followed                    401 204 204 204 204 204
PUT    /api/v1/spaces/{space}/muted                       401 204 204 204 204 204
DELETE /api/v1/spaces/{space}/muted                       401 204 204 204 204 204
GET    /api/v1/items                                      401 200 200 200 200 200
POST   /api/v1/items                                      401 201 201 201 201 403  kind=post space={space} source=Hi
POST   /api/v1/items              401 201 201 201 201 403  kind=question space={space} title=Why? source=Hi
POST   /api/v1/items              401 403 201 201 201 403  kind=article space={space} title=How source=Hi
POST   /api/v1/items              401 201 201 201 201 201  kind=answer parent={question} source=So
POST   /api/v1/items              401 201 201 201 201 201  kind=comment parent={item} source=Yes
GET    /api/v1/items/{item}                               401 200 200 200 200 200
PATCH  /api/v1/items/{item}                               401 403 403 403 403 403  source=Changed based_on=1
PATCH  /api/v1/items/{own_item}                           401 200 200 200 200 200  source=Changed based_on=1
DELETE /api/v1/items/{item}                               401 403 403 204 403 403
DELETE /api/v1/items/{own_item}                           401 204 204 204 204 204
PUT    /api/v1/items/{removed}/restored                   401 404 404 200 404 404
GET    /api/v1/items/{item}/replies                       401 200 200 200 200 200
GET    /api/v1/kinds                                      401 200 200 200 200 200
GET    /api/v1/items/{article}/revisions                  401 200 200 200 200 200
PUT    /api/v1/items/{article}/revisions/1/restored       401 403 403 200 403 403
PUT    /api/v1/items/{item}/topics                        401 200 200 200 200 200  topics=["Frost"]
POST   /api/v1/items/{item}/topics                        401 200 200 200 200 200  topic=Frost
DELETE /api/v1/items/{question}/topics/{topic}            401 403 403 200 200 200
PUT    /api/v1/items/{item}/space                         401 404 404 200 404 404  space={closed}
PUT    /api/v1/items/{own_draft}/published                401 403 200 200 200 200
PUT    /api/v1/items/{draft}/published                    401 404 404 404 404 404
PUT    /api/v1/items/{thrown_away}/restored               401 200 200 200 200 200
DELETE /api/v1/items/{own_draft}                          401 204 204 204 204 204
PUT    /api/v1/items/{own_draft}/schedule                 401 403 200 200 200 200  publish_at=2030-01-01T08:00:00Z
PUT    /api/v1/items/{draft}/schedule                     401 404 404 404 404 404  publish_at=2030-01-01T08:00:00Z
PUT    /api/v1/items/{item}/highlighted                   401 403 403 204 403 403  note=Read
DELETE /api/v1/items/{highlighted}/highlighted            401 403 403 204 403 403
PUT    /api/v1/items/{question}/accepted                  401 403 403 200 403 403  answer={answer}
DELETE /api/v1/items/{question}/accepted                  401 403 403 200 403 403
PUT    /api/v1/items/{own_question}/accepted              401 200 200 200 200 200  answer={own_answer}
GET    /api/v1/items/{question}/links                     401 200 200 200 200 200
PUT    /api/v1/items/{question}/links/{own_question}      401 403 403 204 204 204  is_same=true
PUT    /api/v1/items/{own_question}/links/{question}      401 204 204 204 204 204  is_same=true
DELETE /api/v1/items/{question}/links/{own_question}      401 403 403 204 204 204
DELETE /api/v1/items/{own_question}/links/{question}      401 204 204 204 204 204
GET    /api/v1/items/{item}/helped                        401 200 200 200 200 200
PUT    /api/v1/items/{item}/helped                        401 204 204 204 204 204
DELETE /api/v1/items/{item}/helped                        401 204 204 204 204 204
PUT    /api/v1/items/{own_item}/helped                    401 403 403 403 403 403
PUT    /api/v1/items/{item}/saved                         401 204 204 204 204 204
DELETE /api/v1/items/{item}/saved                         401 204 204 204 204 204
PUT    /api/v1/items/{item}/reactions/heart               401 204 204 204 204 204
DELETE /api/v1/items/{item}/reactions/heart               401 204 204 204 204 204
PUT    /api/v1/items/{item}/rating                        401 204 204 204 204 204  useful=true
GET    /api/v1/items/{item}/rating                        401 200 200 200 200 200
DELETE /api/v1/items/{item}/rating                        401 204 204 204 204 204
PUT    /api/v1/items/{item}/flag                          401 204 204 204 204 204  reason=unsafe
GET    /api/v1/items/{item}/checked                       401 200 200 200 200 200
GET    /api/v1/items/{checked}/checked                    401 200 200 200 200 200
PUT    /api/v1/items/{item}/checked                       401 403 403 204 204 204  revision=1
DELETE /api/v1/items/{item}/checked                       401 204 204 204 204 204
PUT    /api/v1/items/{own_item}/checked                   401 403 403 403 403 403  revision=1
PUT    /api/v1/items/{checked}/checked/{checker}/taken-away 401 403 403 204 204 204  reason=Old
GET    /api/v1/items/{item}/flag                          401 404 404 404 404 404
DELETE /api/v1/items/{item}/flag                          401 204 204 204 204 204
PUT    /api/v1/items/{item}/seen                          401 204 204 204 204 204  newest=1
PUT    /api/v1/items/{item}/followed                      401 204 204 204 204 204
DELETE /api/v1/items/{item}/followed                      401 204 204 204 204 204
PUT    /api/v1/items/{item}/muted                         401 204 204 204 204 204
DELETE /api/v1/items/{item}/muted                         401 204 204 204 204 204
GET    /api/v1/items/{item}/recommendations               401 200 200 200 200 200
POST   /api/v1/items/{item}/recommendations               401 201 201 201 201 201  person=hassan
DELETE /api/v1/items/{item}/recommendations/{recommendation} 401 404 404 404 404 404
DELETE /api/v1/items/{item}/recommendations/{own_recommendation} 401 204 204 204 204 204
PUT    /api/v1/people/{handle}/followed                   401 204 204 204 204 204
DELETE /api/v1/people/{handle}/followed                   401 204 204 204 204 204
PUT    /api/v1/people/{handle}/muted                      401 204 204 204 204 204
DELETE /api/v1/people/{handle}/muted                      401 204 204 204 204 204
GET    /api/v1/topics                                     401 200 200 200 200 200
GET    /api/v1/topics/{topic}                             401 200 200 200 200 200
PUT    /api/v1/topics/{topic}/followed                    401 204 204 204 204 204
DELETE /api/v1/topics/{topic}/followed                    401 204 204 204 204 204
PUT    /api/v1/topics/{topic}/muted                       401 204 204 204 204 204
DELETE /api/v1/topics/{topic}/muted                       401 204 204 204 204 204
GET    /api/v1/glossary                                   401 200 200 200 200 200
POST   /api/v1/glossary                                   401 403 403 403 201 201  name=SEER meaning=Useful
PUT    /api/v1/glossary/{term}                            401 403 403 403 200 200  name=COP meaning=Better
DELETE /api/v1/glossary/{term}                            401 403 403 403 204 204
PUT    /api/v1/topics/{topic}/merged                      401 403 403 200 200 200  into=frost
GET    /api/v1/feed                                       401 200 200 200 200 200
GET    /api/v1/library                                    401 200 200 200 200 200
GET    /api/v1/inbox                                      401 200 200 200 200 200
PUT    /api/v1/inbox/read                                 401 200 200 200 200 200  up_to=1
PUT    /api/v1/inbox/unread                               401 204 204 204 204 204  before=[]
PUT    /api/v1/inbox/{own_line}/read                      401 204 204 204 204 204
DELETE /api/v1/inbox/{own_line}/read                      401 204 204 204 204 204
PUT    /api/v1/inbox/{own_line}/muted                     401 204 204 204 204 204
DELETE /api/v1/inbox/{own_line}/muted                     401 204 204 204 204 204
PUT    /api/v1/inbox/{own_line}/less                      401 204 204 204 204 204
DELETE /api/v1/inbox/{own_line}/less                      401 204 204 204 204 204
PUT    /api/v1/inbox/{own_nudge}/less                     401 204 204 204 204 204
DELETE /api/v1/inbox/{own_nudge}/less                     401 204 204 204 204 204
PUT    /api/v1/inbox/{own_found}/less                     401 204 204 204 204 204
DELETE /api/v1/inbox/{own_found}/less                     401 204 204 204 204 204
PUT    /api/v1/inbox/{line}/read                          401 404 404 404 404 404
DELETE /api/v1/inbox/{line}/read                          401 404 404 404 404 404
PUT    /api/v1/inbox/{line}/muted                         401 404 404 404 404 404
PUT    /api/v1/inbox/{line}/less                          401 404 404 404 404 404
GET    /api/v1/inbox/requests                             401 200 200 200 200 200
PUT    /api/v1/inbox/requests/{request}                   401 404 404 204 404 404  answer=yes
PUT    /api/v1/inbox/requests/{request}                   401 404 404 204 404 404  answer=no
GET    /api/v1/search?q=lockout                           401 200 200 200 200 200
GET    /api/v1/search/suggest?q=lock                      401 200 200 200 200 200
GET    /api/v1/me/searches                                401 200 200 200 200 200
POST   /api/v1/me/searches                                401 201 201 201 201 201  q=lockout
PATCH  /api/v1/me/searches/{saved}                        401 404 404 404 404 404  tells=never
PATCH  /api/v1/me/searches/{own_saved}                    401 204 204 204 204 204  tells=never
PUT    /api/v1/me/searches/{saved}/looked                 401 404 404 404 404 404
PUT    /api/v1/me/searches/{own_saved}/looked             401 204 204 204 204 204
DELETE /api/v1/me/searches/{saved}                        401 404 404 404 404 404
DELETE /api/v1/me/searches/{own_saved}                    401 204 204 204 204 204
POST   /api/v1/attachments                                401 201 201 201 201 201  file=@file
GET    /api/v1/attachments/{file}                         401 200 200 200 200 200
PATCH  /api/v1/attachments/{file}                         401 404 404 404 404 404  alt=Gauge
DELETE /api/v1/attachments/{file}                         401 404 404 404 404 404
PATCH  /api/v1/attachments/{own_file}                     401 200 200 200 200 200  alt=Gauge
DELETE /api/v1/attachments/{own_file}                     401 204 204 204 204 204
GET    /api/v1/attachments/{file}/content                 401 200 200 200 200 200
GET    /api/v1/care                                       401 404 404 200 404 200
GET    /api/v1/care/log                                   401 404 404 200 404 200
PUT    /api/v1/care/{flagged}                             401 404 404 200 404 200  outcome=kept
PUT    /api/v1/care/{flagged}                             401 404 404 200 404 200  outcome=held note=Wait
GET    /api/v1/care/messages                              401 404 404 404 404 200
PUT    /api/v1/care/messages/{report}                     401 404 404 404 404 200  outcome=kept
PUT    /api/v1/care/messages/{report}                     401 404 404 404 404 200  outcome=removed note=Enough
PUT    /api/v1/care/messages/{report}                     401 404 404 404 404 422  outcome=removed
DELETE /api/v1/care/{flagged}                             401 404 404 204 404 204
GET    /api/v1/administration/people                      401 404 404 404 404 200
POST   /api/v1/administration/people                      401 404 404 404 404 201  name=Ada handle=ada
GET    /api/v1/administration/people/{handle}             401 404 404 404 404 200
PATCH  /api/v1/administration/people/{handle}             401 404 404 404 404 200  job=Engineer
PUT    /api/v1/administration/people/{handle}/left        401 404 404 404 404 200
DELETE /api/v1/administration/people/{handle}/left        401 404 404 404 404 200
POST   /api/v1/administration/people/{handle}/invitation  401 404 404 404 404 201
PUT    /api/v1/administration/people/{handle}/signed-out  401 404 404 404 404 204
PUT    /api/v1/administration/people/{imported}/same      401 404 404 404 404 200  colleague=noah
PUT    /api/v1/administration/people/{handle}/spaces/{space}/owner 401 404 404 404 404 404  owner=tomasz
PUT    /api/v1/administration/people/{handle}/same        401 404 404 404 404 422  colleague=priya
GET    /api/v1/administration/people/{handle}/invitation  401 404 404 404 404 404
POST   /api/v1/administration/organisation/logo           401 422 422 422 422 422
DELETE /api/v1/administration/organisation/logo           401 404 404 404 404 200
GET    /api/v1/administration/exports                     401 404 404 404 404 200
POST   /api/v1/administration/exports                     401 404 404 404 404 201
GET    /api/v1/administration/exports/{own_everything}    401 404 404 404 404 200
GET    /api/v1/administration/exports/{own_everything}/content 401 404 404 404 404 200
DELETE /api/v1/administration/exports/{own_everything}    401 404 404 404 404 204
GET    /api/v1/administration/exports/{everything}        401 404 404 404 404 404
GET    /api/v1/administration/exports/{everything}/content 401 404 404 404 404 404
DELETE /api/v1/administration/exports/{everything}        401 404 404 404 404 404
GET    /api/v1/administration/exports/{own_export}        401 404 404 404 404 404
GET    /api/v1/administration/organisation                401 404 404 404 404 200
PATCH  /api/v1/administration/organisation                401 404 404 404 404 200  name=Fernway
GET    /api/v1/webhooks                                   401 404 404 200 404 200
GET    /api/v1/webhooks/choices                           401 404 404 200 404 200
POST   /api/v1/webhooks               401 404 404 201 404 201  name=A address={url} spaces=["{space}"] verbs=["asked"]
POST   /api/v1/webhooks                                   401 404 404 422 404 201  name=A address={url}
GET    /api/v1/webhooks/{own_webhook}                     401 404 404 200 404 200
PATCH  /api/v1/webhooks/{own_webhook}                     401 404 404 200 404 200  name=Rota
DELETE /api/v1/webhooks/{own_webhook}                     401 404 404 204 404 204
PUT    /api/v1/webhooks/{own_webhook}/off                 401 404 404 204 404 204
DELETE /api/v1/webhooks/{own_webhook}/off                 401 404 404 204 404 204
POST   /api/v1/webhooks/{own_webhook}/secret              401 404 404 204 404 204
POST   /api/v1/webhooks/{own_webhook}/test                401 404 404 201 404 201
GET    /api/v1/webhooks/{own_webhook}/deliveries          401 404 404 200 404 200
GET    /api/v1/webhooks/{own_webhook}/deliveries/{own_delivery} 401 404 404 200 404 200
POST   /api/v1/webhooks/{own_webhook}/deliveries/{own_delivery}/again 401 404 404 200 404 200
GET    /api/v1/webhooks/{own_webhook}/deliveries/{delivery} 401 404 404 404 404 404
GET    /api/v1/webhooks/{webhook}                         401 404 404 404 404 404
PATCH  /api/v1/webhooks/{webhook}                         401 404 404 404 404 404  name=Rota
DELETE /api/v1/webhooks/{webhook}                         401 404 404 404 404 204
PUT    /api/v1/webhooks/{webhook}/off                     401 404 404 404 404 204
DELETE /api/v1/webhooks/{webhook}/off                     401 404 404 404 404 404
POST   /api/v1/webhooks/{webhook}/secret                  401 404 404 404 404 404
POST   /api/v1/webhooks/{webhook}/test                    401 404 404 404 404 404
GET    /api/v1/webhooks/{webhook}/deliveries              401 404 404 404 404 404
GET    /api/v1/webhooks/{webhook}/deliveries/{delivery}   401 404 404 404 404 404
POST   /api/v1/webhooks/{webhook}/deliveries/{delivery}/again 401 404 404 404 404 404
GET    /api/v1/me/feeds                                   401 200 200 200 200 200
POST   /api/v1/me/feeds                                   401 201 201 201 201 201  feed=/spaces/{space}/feed.atom
POST   /api/v1/me/feeds                                   401 404 404 201 404 404  feed=/spaces/{closed}/feed.atom
GET    /api/v1/me/feeds/{own_feed_key}                    401 200 200 200 200 200
DELETE /api/v1/me/feeds/{own_feed_key}                    401 204 204 204 204 204
GET    /api/v1/me/feeds/{feed_key}                        401 404 404 404 404 404
DELETE /api/v1/me/feeds/{feed_key}                        401 404 404 404 404 404
GET    /api/v1/spaces/{space}/feeds                       401 403 403 200 403 403
GET    /api/v1/spaces/{closed}/feeds                      401 404 403 200 403 403
POST   /api/v1/spaces/{space}/feeds             401 403 403 201 403 403  address={url} most_a_day=3 ends_on={soon}
DELETE /api/v1/spaces/{space}/feeds/{outside_feed}        401 403 403 204 403 403
POST   /api/v1/spaces/{space}/feeds/{outside_feed}/look   401 403 403 200 403 403
DELETE /api/v1/spaces/{closed}/feeds/{outside_feed}       401 404 403 404 403 403
GET    /api/v1/exports                                    401 200 200 200 200 200
POST   /api/v1/exports                                    401 201 201 201 201 201
POST   /api/v1/exports                                    401 404 404 201 404 404  space={space}
GET    /api/v1/exports/{own_export}                       401 200 200 200 200 200
GET    /api/v1/exports/{own_export}/content               401 200 200 200 200 200
DELETE /api/v1/exports/{own_export}                       401 204 204 204 204 204
GET    /api/v1/exports/{export}                           401 404 404 404 404 404
GET    /api/v1/exports/{export}/content                   401 404 404 404 404 404
DELETE /api/v1/exports/{export}                           401 404 404 404 404 404
GET    /api/v1/exports/{own_everything}                   401 404 404 404 404 404
GET    /api/v1/exports/{own_everything}/content           401 404 404 404 404 404
GET    /api/v1/who-knows?q=frost                          401 404 200 200 200 200
GET    /api/v1/items/{question}/who-may-know              401 200 200 200 200 200
GET    /api/v1/items/{item}/who-may-know                  401 404 404 404 404 404
GET    /api/v1/me/known-for                               401 200 200 200 200 200
PATCH  /api/v1/me/known-for                               401 200 200 200 200 200  takes_nudges=false
PUT    /api/v1/me/known-for/{own_topic}/hidden            401 204 204 204 204 204
PUT    /api/v1/me/known-for/{topic}/hidden                401 404 404 404 404 404
DELETE /api/v1/me/known-for/{hidden_topic}/hidden         401 204 204 204 204 204
DELETE /api/v1/me/known-for/{topic}/hidden                401 404 404 404 404 404
GET    /api/v1/items/{question}/related                   401 200 200 200 200 200
GET    /api/v1/items/similar?title=Lockout+after+frost    401 200 200 200 200 200
POST   /api/v1/preview                                    401 200 200 200 200 200  source=Hello
GET    /api/v1/feed/beside                                401 200 200 200 200 200
GET    /api/v1/me/levels                                  401 200 200 200 200 200
PUT    /api/v1/me/follows/{own_follow}/level              401 204 204 204 204 204  level=mentions
PUT    /api/v1/me/follows/{follow}/level                  401 404 404 404 404 404  level=mentions
GET    /api/v1/me/first-steps                             401 200 200 200 200 200
PUT    /api/v1/me/first-steps/done                        401 204 204 204 204 204
GET    /api/v1/people/{handle}/photo                      401 404 404 404 404 404
"""
