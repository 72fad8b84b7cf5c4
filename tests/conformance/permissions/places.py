"""Pages and items: home, spaces, threads, the library, people."""

TABLE = """
GET    /                                      302 302 302 302 302 302
GET    /sw.js                                 200 200 200 200 200 200
GET    /manifest.webmanifest                  200 200 200 200 200 200
GET    /offline                               200 200 200 200 200 200
GET    /health                                200 200 200 200 200 200
GET    /styles                                404 404 404 404 404 404
GET    /from/old.example/questions/1          in  404 404 404 404 404
GET    /topics/{topic}                        in  200 200 200 200 200
GET    /library/glossary                      in  200 200 200 200 200
GET    /library/glossary/new                  in  403 403 403 200 200
POST   /library/glossary/new                  in  403 403 403 302 302  name=SEER meaning=Useful others=
GET    /library/glossary/{term}               in  403 403 403 200 200
POST   /library/glossary/{term}               in  403 403 403 302 302  name=COP meaning=Better
POST   /library/glossary/{term}/remove        in  403 403 403 302 302
GET    /topics/{topic}/merge                  in  403 403 200 200 200
POST   /topics/{topic}/merge                  in  403 403 302 302 302  into={other_topic}
GET    /people                                in  200 200 200 200 200
GET    /people/{handle}                       in  200 200 200 200 200
GET    /people/{handle}/answers               in  200 200 200 200 200
GET    /portraits/no-such.png                 in  404 404 404 404 404
GET    /home                                  in  200 200 200 200 200
GET    /home/rail                             in  302 302 302 302 302
GET    /search                                in  200 200 200 200 200
GET    /search/suggest                        in  200 200 200 200 200
GET    /me/searches                           in  200 200 200 200 200
POST   /me/searches                           in  302 302 302 302 302  q=lockout name=Lockouts tells=daily
GET    /me/searches/new?q=lockout             in  200 200 200 200 200
GET    /me/searches/new                       in  404 404 404 404 404
GET    /me/searches/beside?q=lockout          in  302 302 302 302 302
GET    /me/searches/{saved}                   in  404 404 404 404 404
GET    /me/searches/{own_saved}               in  302 302 302 302 302
POST   /me/searches/{saved}                   in  404 404 404 404 404  tells=never
POST   /me/searches/{own_saved}               in  302 302 302 302 302  tells=never
POST   /me/searches/{saved}/remove            in  404 404 404 404 404
POST   /me/searches/{own_saved}/remove        in  302 302 302 302 302
GET    /who-knows                             in  404 200 200 200 200
GET    /who-knows/beside                      in  302 302 302 302 302
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
GET    /items/{question}/links                in  403 403 200 200 200
GET    /items/{own_question}/links            in  200 200 200 200 200
POST   /items/{question}/links                in  403 403 302 302 302  other={own_question} kind=related
POST   /items/{own_question}/links            in  302 302 302 302 302  other={question} kind=same
POST   /items/{question}/links/{own_question}/undo in  403 403 302 302 302
POST   /items/{own_question}/links/{question}/undo in  302 302 302 302 302
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
GET    /colleagues/offers?to=noah             in  200 200 200 200 200
POST   /items/{item}/recommend                in  302 302 302 302 302  to=@hassan
POST   /items/{item}/recommend/{recommendation}/undo in  404 404 404 404 404
GET    /items/{item}/flag                     in  200 200 200 200 200
POST   /items/{item}/flag                     in  302 302 302 302 302  reason=unsafe
POST   /items/{item}/flag/undo                in  302 302 302 302 302
GET    /items/{item}/checked                  in  200 200 200 200 200
POST   /items/{item}/checked                  in  403 403 302 302 302  revision=1
POST   /items/{item}/checked/undo             in  302 302 302 302 302
POST   /items/{own_item}/checked              in  403 403 403 403 403  revision=1
POST   /items/{question}/checked              in  403 403 403 403 403  revision=1
GET    /items/{checked}/checked               in  200 200 200 200 200
POST   /items/{checked}/checked/{checker}/taken-away in  403 403 302 302 302  reason=Old
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
GET    /items/{item}/moved                    in  403 403 200 403 403
POST   /items/{item}/moved                    in  403 403 302 403 403  space={closed}
GET    /items/{own_item}/moved                in  200 200 200 200 200
POST   /items/{own_item}/moved                in  422 422 422 422 422  space=no-such
POST   /items/{item}/moved/undo               in  404 404 404 404 404
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
POST   /spaces/{space}/parent                 in  403 403 302 403 403  parent=
POST   /spaces/{space}/parent/undo            in  403 403 302 403 403
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
GET    /spaces/{space}/feed.atom              in  200 200 200 200 200
GET    /spaces/{closed}/feed.atom             in  404 404 200 404 404
GET    /topics/{topic}/feed.atom              in  200 200 200 200 200
GET    /people/{handle}/feed.atom             in  200 200 200 200 200
GET    /search/feed.atom?q=lockout            in  200 200 200 200 200
GET    /search/feed.atom                      in  404 404 404 404 404
GET    /spaces/{space}/feeds                  in  403 403 200 403 403
POST   /spaces/{space}/feeds                  in  403 403 302 403 403  address={url} most_a_day=3 ends_on={soon}
POST   /spaces/{space}/feeds/{outside_feed}/remove in 403 403 302 403 403
POST   /spaces/{space}/feeds/{outside_feed}/look in 403 403 302 403 403
"""
