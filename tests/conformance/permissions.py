"""Who may do what: every address of the product with every method it takes, and what each kind of person is answered.

Columns: method, address, then what a stranger, a guest, a member, a host, a learning lead and an administrator are
answered, then the fields sent. Guest, member and lead have joined the space in question, the host looks after it, the
administrator has not joined. `in` means: sent to the page to sign in. Braces name things of the test's making; they are
another member's, Noah's, unless their name says `own`.
"""

COLUMNS = ("stranger", "guest", "member", "host", "lead", "administrator")

TABLE = """
GET    /                                      302 302 302 302 302 302
GET    /sw.js                                 200 200 200 200 200 200
GET    /manifest.webmanifest                  200 200 200 200 200 200
GET    /offline                               200 200 200 200 200 200
GET    /styles                                404 404 404 404 404 404
GET    /welcome                               404 404 404 404 404 404
POST   /welcome                               404 404 404 404 404 404  name=Mine
GET    /invitation/no-such-token              410 410 410 410 410 410
POST   /invitation/no-such-token              410 410 410 410 410 410  password=some-long-words
GET    /from/old.example/questions/1          in  404 404 404 404 404
GET    /sign-in                               200 302 302 302 302 302
POST   /sign-in                               200 302 302 302 302 302  login=noah password=wrong-words
GET    /sign-out                              302 200 200 200 200 200
POST   /sign-out                              302 302 302 302 302 302
GET    /sign-in/closed                        200 200 200 200 200 200
GET    /sign-in/code                          200 302 302 302 302 302
POST   /sign-in/code                          200 302 302 302 302 302  email=nobody@fernway.example
GET    /sign-in/code/confirm                  302 302 302 302 302 302
POST   /sign-in/code/confirm                  302 302 302 302 302 302  code=123456
GET    /sign-in/passkey                       302 302 302 302 302 302
POST   /sign-in/passkey                       302 302 302 302 302 302  credential=none
GET    /sign-in/second-step                   302 302 302 302 302 302
POST   /sign-in/second-step                   302 302 302 302 302 302  code=123456
GET    /sign-in/forgotten                     200 200 200 200 200 200
POST   /sign-in/forgotten                     200 200 200 200 200 200  email=nobody@fernway.example
GET    /sign-in/forgotten/sent                200 200 200 200 200 200
GET    /sign-in/forgotten/done                200 200 200 200 200 200
GET    /sign-in/forgotten/1-x                 200 200 200 200 200 200
POST   /sign-in/forgotten/1-x                 200 200 200 200 200 200  password1=some-long-words
GET    /me/security                           in  200 200 200 200 200
GET    /me/security/password                  in  302 302 302 302 302
POST   /me/security/password                  in  302 302 302 302 302  oldpassword=a password1=b
GET    /me/security/password/first            in  200 200 200 200 200
POST   /me/security/password/first            in  200 200 200 200 200  password1=some
GET    /me/security/confirm                   in  403 403 403 403 403
POST   /me/security/confirm                   in  403 403 403 403 403  password=wrong
GET    /me/security/confirm/code              in  403 403 403 403 403
POST   /me/security/confirm/code              in  403 403 403 403 403  code=123456
GET    /me/security/confirm/passkey           in  403 403 403 403 403
POST   /me/security/confirm/passkey           in  403 403 403 403 403  credential=none
GET    /me/security/app                       in  200 200 200 200 200
POST   /me/security/app                       in  200 200 200 200 200  code=123456
GET    /me/security/app/off                   in  404 404 404 404 404
POST   /me/security/app/off                   in  404 404 404 404 404
GET    /me/security/recovery-codes            in  404 404 404 404 404
GET    /me/security/recovery-codes/new        in  200 200 200 200 200
POST   /me/security/recovery-codes/new        in  200 200 200 200 200
GET    /me/security/recovery-codes/download   in  404 404 404 404 404
GET    /me/security/passkeys                  in  302 302 302 302 302
GET    /me/security/passkeys/new              in  200 200 200 200 200
POST   /me/security/passkeys/new              in  200 200 200 200 200  name=Phone
GET    /me/security/passkeys/{never}/remove   in  404 404 404 404 404
POST   /me/security/passkeys/{never}/remove   in  404 404 404 404 404
GET    /me/security/passkeys/{never}/edit     in  404 404 404 404 404
POST   /me/security/passkeys/{never}/edit     in  404 404 404 404 404  name=Phone
GET    /me/security/sessions                  in  200 200 200 200 200
POST   /me/security/sessions                  in  302 302 302 302 302
GET    /start                                 in  200 200 200 200 200
POST   /start                                 in  302 302 302 302 302
GET    /start/suggested                       in  302 302 302 302 302
POST   /start/suggested                       in  302 302 302 302 302
GET    /start/spaces                          in  200 200 200 200 200
POST   /start/spaces                          in  302 302 302 302 302
GET    /start/people                          in  200 200 200 200 200
POST   /start/people                          in  302 302 302 302 302
GET    /start/question                        in  200 200 200 200 200
POST   /start/question                        in  302 302 302 302 422  title=Why? space={space_id} key={key}
POST   /start/finish                          in  302 302 302 302 302
GET    /topics/{topic}                        in  200 200 200 200 200
GET    /topics/{topic}/merge                  in  403 403 200 200 200
POST   /topics/{topic}/merge                  in  403 403 302 302 302  into={other_topic}
GET    /people                                in  200 200 200 200 200
GET    /people/{handle}                       in  200 200 200 200 200
GET    /people/{handle}/answers               in  200 200 200 200 200
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
GET    /portraits/no-such.png                 in  404 404 404 404 404
GET    /me/settings                           in  200 200 200 200 200
POST   /me/settings                           in  302 302 302 302 302  language=en-gb theme=system
POST   /me/settings/photo                     in  422 422 422 422 422
POST   /me/settings/photo/remove              in  302 302 302 302 302
GET    /me/export                             in  200 200 200 200 200
POST   /me/export                             in  302 302 302 302 302
GET    /me/exports/{never}                    in  404 404 404 404 404
POST   /me/exports/{never}/thrown-away        in  404 404 404 404 404
GET    /home                                  in  200 200 200 200 200
GET    /home/rail                             in  302 302 302 302 302
GET    /me/following                          in  200 200 200 200 200
GET    /search                                in  200 200 200 200 200
GET    /search/suggest                        in  200 200 200 200 200
GET    /who-knows                             in  404 200 200 200 200
GET    /who-knows/beside                      in  302 302 302 302 302
GET    /me/known-for                          in  200 200 200 200 200
POST   /me/known-for                          in  302 302 302 302 302  takes_nudges=on
POST   /me/known-for/{topic}/hidden           in  404 404 404 404 404
POST   /me/known-for/{topic}/hidden/undo      in  404 404 404 404 404
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
GET    /me/drafts                             in  200 200 200 200 200
POST   /me/drafts/{own_draft}/published       in  403 302 302 302 302
POST   /me/drafts/{own_draft}/scheduled       in  302 302 302 302 302  when=2030-01-01T08:00
POST   /me/drafts/{own_draft}/thrown-away     in  302 302 302 302 302
POST   /me/drafts/{own_draft}/back            in  404 404 404 404 404
POST   /me/drafts/{draft}/published           in  404 404 404 404 404
POST   /me/drafts/{draft}/scheduled           in  404 404 404 404 404  when=2030-01-01T08:00
POST   /me/drafts/{draft}/thrown-away         in  404 404 404 404 404
POST   /me/drafts/{draft}/back                in  404 404 404 404 404
GET    /a/{article}                           in  301 301 301 301 301
GET    /a/{article}/{slug}                    in  301 301 301 301 301
GET    /p/{post}                              in  200 200 200 200 200
GET    /q/{question}                          in  301 301 301 301 301
GET    /q/{question}/{slug}                   in  301 301 301 301 301
GET    /q/{question}/answers                  in  301 301 301 301 301
POST   /q/{question}/answers                  in  302 302 302 302 302  source=Because. key={key}
POST   /q/{question}/accepted/{answer}        in  403 403 302 403 403
POST   /q/{question}/accepted/{answer}/undo   in  403 403 302 403 403
POST   /q/{own_question}/accepted/{own_answer} in  302 302 302 302 302
POST   /q/{own_question}/accepted/{own_answer}/undo in  302 302 302 302 302
GET    /items/{question}/beside               in  200 200 200 200 200
GET    /items/{item}                          in  302 302 302 302 302
POST   /items/{item}/seen                     in  204 204 204 204 204  newest=1
GET    /items/{item}/comments                 in  302 302 302 302 302
POST   /items/{item}/comments                 in  302 302 302 302 302  source=Hello key={key}
GET    /items/{item}/helped                   in  200 200 200 200 200
POST   /items/{item}/helped                   in  302 302 302 302 302
POST   /items/{item}/helped/undo              in  302 302 302 302 302
POST   /items/{own_item}/helped               in  403 403 403 403 403
POST   /items/{item}/saved                    in  302 302 302 302 302
POST   /items/{item}/saved/undo               in  302 302 302 302 302
GET    /items/{item}/react                    in  200 200 200 200 200
POST   /items/{item}/react                    in  302 302 302 302 302  reaction=heart
POST   /items/{item}/reactions/heart          in  302 302 302 302 302
POST   /items/{item}/reactions/heart/undo     in  302 302 302 302 302
POST   /items/{item}/followed                 in  302 302 302 302 302
POST   /items/{item}/followed/undo            in  302 302 302 302 302
POST   /items/{item}/muted                    in  302 302 302 302 302
POST   /items/{item}/muted/undo               in  302 302 302 302 302
GET    /items/{item}/rate                     in  200 200 200 200 200
POST   /items/{item}/rate                     in  302 302 302 302 302  useful=yes
POST   /items/{item}/rate/undo                in  302 302 302 302 302
GET    /items/{item}/recommend                in  200 200 200 200 200
GET    /items/{item}/recommend/offers         in  200 200 200 200 200
POST   /items/{item}/recommend                in  302 302 302 302 302  to=@hassan
POST   /items/{item}/recommend/{recommendation}/undo in  404 404 404 404 404
GET    /items/{item}/flag                     in  200 200 200 200 200
POST   /items/{item}/flag                     in  302 302 302 302 302  reason=unsafe
POST   /items/{item}/flag/undo                in  302 302 302 302 302
GET    /items/{item}/tags                     in  200 200 200 200 200
POST   /items/{item}/tags                     in  302 302 302 302 302  topic=Frost
GET    /items/{item}/tags/offers              in  200 200 200 200 200
POST   /items/{question}/tags/defrost/undo    in  403 403 302 302 302
POST   /people/{handle}/followed              in  302 302 302 302 302
POST   /people/{handle}/followed/undo         in  302 302 302 302 302
POST   /people/{handle}/muted                 in  302 302 302 302 302
POST   /people/{handle}/muted/undo            in  302 302 302 302 302
POST   /topics/{topic}/followed               in  302 302 302 302 302
POST   /topics/{topic}/followed/undo          in  302 302 302 302 302
POST   /topics/{topic}/muted                  in  302 302 302 302 302
POST   /topics/{topic}/muted/undo             in  302 302 302 302 302
POST   /spaces/{space}/followed               in  302 302 302 302 302
POST   /spaces/{space}/followed/undo          in  302 302 302 302 302
POST   /spaces/{space}/muted                  in  302 302 302 302 302
POST   /spaces/{space}/muted/undo             in  302 302 302 302 302
GET    /compose                               in  200 200 200 200 200
POST   /compose                               in  302 302 302 302 422  kind=post space={space} source=Hi key={key}
GET    /compose/rules?space={space}           in  200 200 200 200 200
GET    /compose/similar?title=lockout         in  200 200 200 200 200
POST   /compose/similar                       in  200 200 200 200 200  title=lockout
POST   /preview                               in  200 200 200 200 200  text=Hello
GET    /complete?kind=person&q=no             in  200 200 200 200 200
GET    /drafts/compose-source                 in  404 404 404 404 404
PUT    /drafts/compose-source                 in  204 204 204 204 204  text=Hello
DELETE /drafts/compose-source                 in  204 204 204 204 204
POST   /attachments                           in  201 201 201 201 201  file=@file
POST   /attachments/{own_file}/described      in  204 204 204 204 204  alt=Gauge
POST   /attachments/{own_file}/undo           in  204 204 204 204 204
POST   /attachments/{file}/described          in  404 404 404 404 404  alt=Gauge
POST   /attachments/{file}/undo               in  404 404 404 404 404
GET    /files/{file}/{file_name}              in  200 200 200 200 200
GET    /items/{item}/edit                     in  403 403 403 403 403
POST   /items/{item}/edit                     in  403 403 403 403 403  source=Changed based_on=1
GET    /items/{own_item}/edit                 in  200 200 200 200 200
POST   /items/{own_item}/edit                 in  302 302 302 302 302  source=Changed based_on=1
GET    /items/{article}/history               in  200 200 200 200 200
POST   /items/{article}/history/1/restore     in  403 403 302 403 403
POST   /items/{item}/remove                   in  403 403 302 403 403
POST   /items/{own_item}/remove               in  302 302 302 302 302
POST   /items/{removed}/restore               in  404 404 302 404 404
GET    /spaces                                in  200 200 200 200 200
GET    /spaces/new                            in  403 200 200 200 200
POST   /spaces/new                            in  403 302 302 302 302  name=R objective=D template=practice access=open
GET    /spaces/new/similar?name=Heat          in  302 302 302 302 302
GET    /spaces/{space}/                       in  200 200 200 200 200
GET    /spaces/{space}/questions              in  200 200 200 200 200
GET    /spaces/{space}/articles               in  200 200 200 200 200
GET    /spaces/{space}/about                  in  200 200 200 200 200
GET    /spaces/{space}/members                in  200 200 200 200 200
POST   /spaces/{space}/members/{handle}/host  in  403 403 302 403 403
GET    /spaces/{closed}/                      in  404 200 200 200 200
POST   /spaces/{closed}/requests/{handle}/yes in  404 403 302 403 403
GET    /spaces/{space}/invitations            in  403 200 200 200 403
POST   /spaces/{space}/invitations            in  403 302 302 302 403  person=ruth
GET    /spaces/{space}/joined                 in  200 200 200 200 200
POST   /spaces/{space}/joined                 in  302 302 302 302 302
POST   /spaces/{space}/joined/undo            in  302 302 302 302 302
POST   /spaces/{space}/joined/again           in  404 404 404 404 404
POST   /spaces/{space}/rules                  in  302 302 302 302 302
POST   /spaces/{space}/level/all              in  302 302 302 302 302
GET    /spaces/{space}/export                 in  404 404 200 404 404
POST   /spaces/{space}/export                 in  404 404 302 404 404
GET    /spaces/{space}/settings               in  403 403 200 403 403
POST   /spaces/{space}/settings               in  403 403 302 403 403  name=Heat objective=Warm rules=Ask hue=195
POST   /spaces/{space}/access                 in  403 403 302 403 403  access=closed
POST   /spaces/{space}/owner                  in  403 403 403 403 403  owner=tomasz
POST   /spaces/{space}/archived               in  403 403 302 403 403
POST   /spaces/{space}/archived/undo          in  403 403 302 403 403
GET    /items/{item}/highlighted              in  403 403 200 403 403
POST   /items/{item}/highlighted              in  403 403 302 403 403  note=Read
POST   /items/{highlighted}/highlighted/undo  in  403 403 302 403 403
GET    /items/{article}/alike                 in  200 200 200 200 200
GET    /library                               in  200 200 200 200 200
GET    /inbox                                 in  200 200 200 200 200
POST   /inbox/read                            in  302 302 302 302 302
POST   /inbox/read/undo                       in  302 302 302 302 302
GET    /inbox/requests                        in  200 200 200 200 200
POST   /inbox/requests/{request}/yes          in  404 404 302 404 404
POST   /inbox/requests/{request}/no           in  404 404 302 404 404
GET    /inbox/levels                          in  200 200 200 200 200
POST   /inbox/levels                          in  302 302 302 302 302
GET    /inbox/{own_line}                      in  302 302 302 302 302
POST   /inbox/{own_line}/read                 in  302 302 302 302 302
POST   /inbox/{own_line}/unread               in  302 302 302 302 302
POST   /inbox/{own_line}/muted                in  302 302 302 302 302
POST   /inbox/{own_line}/muted/undo           in  302 302 302 302 302
POST   /inbox/{own_line}/less                 in  302 302 302 302 302
POST   /inbox/{own_line}/less/undo            in  302 302 302 302 302
GET    /inbox/{line}                          in  404 404 404 404 404
POST   /inbox/{line}/read                     in  404 404 404 404 404
POST   /inbox/{line}/unread                   in  404 404 404 404 404
POST   /inbox/{line}/muted                    in  404 404 404 404 404
POST   /inbox/{line}/muted/undo               in  404 404 404 404 404
POST   /inbox/{line}/less                     in  404 404 404 404 404
POST   /inbox/{line}/less/undo                in  404 404 404 404 404
GET    /people/{handle}/wall                  in  200 200 200 200 200
GET    /people/{handle}/articles              in  200 200 200 200 200
GET    /people/{handle}/blog                  in  200 200 200 200 200
GET    /logos/no-such.png                     404 404 404 404 404 404
GET    /studio/people                         in  404 404 404 404 200
GET    /studio/people/new                     in  404 404 404 404 200
POST   /studio/people/new                     in  404 404 404 404 302  name=Ada handle=ada role=20
GET    /studio/people/{handle}                in  404 404 404 404 200
POST   /studio/people/{handle}                in  404 404 404 404 302  name=Noah handle=noah role=20
GET    /studio/people/{handle}/invitation     in  404 404 404 404 200
POST   /studio/people/{handle}/invitation     in  404 404 404 404 302
POST   /studio/people/{handle}/left           in  404 404 404 404 302
POST   /studio/people/{handle}/back           in  404 404 404 404 302
POST   /studio/people/{handle}/signed-out     in  404 404 404 404 302
GET    /studio/people/{handle}/same           in  404 404 404 404 200
POST   /studio/people/{handle}/same           in  404 404 404 404 422  handle=ines sure=1
POST   /studio/people/{imported}/same         in  404 404 404 404 302  handle=noah sure=1
GET    /studio/export                         in  404 404 404 404 200
POST   /studio/export                         in  404 404 404 404 302
GET    /studio/settings                       in  404 404 404 404 200
POST   /studio/settings                       in  404 404 404 404 302  name=Fernway
GET    /studio/webhooks                       in  404 404 200 404 200
GET    /studio/webhooks/new                   in  404 404 200 404 200
POST   /studio/webhooks/new                   in  404 404 302 404 302  name=A address={url} spaces={space_id}
POST   /studio/webhooks/new                   in  404 404 422 404 302  name=A address={url}
GET    /studio/webhooks/{webhook}             in  404 404 404 404 404
GET    /studio/webhooks/{own_webhook}         in  404 404 200 404 200
GET    /studio/webhooks/{webhook}/edit        in  404 404 404 404 404
POST   /studio/webhooks/{webhook}/edit        in  404 404 404 404 404  name=A address={url}
GET    /studio/webhooks/{own_webhook}/edit    in  404 404 200 404 200
POST   /studio/webhooks/{own_webhook}/edit    in  404 404 302 404 302  name=A address={url} spaces={space_id}
POST   /studio/webhooks/{webhook}/secret      in  404 404 404 404 404
POST   /studio/webhooks/{own_webhook}/secret  in  404 404 302 404 302
POST   /studio/webhooks/{webhook}/test        in  404 404 404 404 404
POST   /studio/webhooks/{own_webhook}/test    in  404 404 302 404 302
POST   /studio/webhooks/{webhook}/off         in  404 404 404 404 302
POST   /studio/webhooks/{own_webhook}/off     in  404 404 302 404 302
POST   /studio/webhooks/{webhook}/off/undo    in  404 404 404 404 404
POST   /studio/webhooks/{own_webhook}/off/undo in  404 404 302 404 302
POST   /studio/webhooks/{webhook}/remove      in  404 404 404 404 302
POST   /studio/webhooks/{own_webhook}/remove  in  404 404 302 404 302
GET    /studio/webhooks/{webhook}/deliveries/{delivery} in 404 404 404 404 404
GET    /studio/webhooks/{own_webhook}/deliveries/{own_delivery} in 404 404 200 404 200
POST   /studio/webhooks/{webhook}/deliveries/{delivery}/again in 404 404 404 404 404
POST   /studio/webhooks/{own_webhook}/deliveries/{own_delivery}/again in 404 404 302 404 302
GET    /spaces/{space}/feed.atom              in  200 200 200 200 200
GET    /spaces/{closed}/feed.atom             in  404 404 200 404 404
GET    /topics/{topic}/feed.atom              in  200 200 200 200 200
GET    /people/{handle}/feed.atom             in  200 200 200 200 200
GET    /search/feed.atom?q=lockout            in  200 200 200 200 200
GET    /search/feed.atom                      in  404 404 404 404 404
GET    /me/feeds                              in  200 200 200 200 200
POST   /me/feeds                              in  302 302 302 302 302  feed=/spaces/{space}/feed.atom
GET    /me/feeds/new?feed=/spaces/{space}/feed.atom in 200 200 200 200 200
POST   /me/feeds/{feed_key}/end               in  404 404 404 404 404
POST   /me/feeds/{own_feed_key}/end           in  302 302 302 302 302
GET    /spaces/{space}/feeds                  in  403 403 200 403 403
POST   /spaces/{space}/feeds                  in  403 403 302 403 403  address={url} most_a_day=3 ends_on={soon}
POST   /spaces/{space}/feeds/{outside_feed}/remove in 403 403 302 403 403
POST   /spaces/{space}/feeds/{outside_feed}/look in 403 403 302 403 403
GET    /studio/care                           in  404 404 200 404 200
GET    /studio/care/log                       in  404 404 200 404 200
POST   /studio/care/{flagged}                 in  404 404 302 404 302  outcome=kept
POST   /studio/care/{flagged}/undo            in  404 404 302 404 302
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
