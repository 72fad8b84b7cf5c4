"""Getting in, and one's own settings."""

TABLE = """
GET    /welcome                               404 404 404 404 404 404
POST   /welcome                               404 404 404 404 404 404  name=Mine
GET    /invitation/no-such-token              410 410 410 410 410 410
POST   /invitation/no-such-token              410 410 410 410 410 410  password=some-long-words
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
GET    /me/settings                           in  200 200 200 200 200
POST   /me/settings                           in  302 302 302 302 302  language=en-gb theme=system
POST   /me/settings/photo                     in  422 422 422 422 422
POST   /me/settings/photo/remove              in  302 302 302 302 302
GET    /me/export                             in  200 200 200 200 200
POST   /me/export                             in  302 302 302 302 302
GET    /me/exports/{never}                    in  404 404 404 404 404
POST   /me/exports/{never}/thrown-away        in  404 404 404 404 404
GET    /me/following                          in  200 200 200 200 200
GET    /me/known-for                          in  200 200 200 200 200
POST   /me/known-for                          in  302 302 302 302 302  takes_nudges=on
POST   /me/known-for/{topic}/hidden           in  404 404 404 404 404
POST   /me/known-for/{topic}/hidden/undo      in  404 404 404 404 404
GET    /me/drafts                             in  200 200 200 200 200
POST   /me/drafts/{own_draft}/published       in  403 302 302 302 302
POST   /me/drafts/{own_draft}/scheduled       in  302 302 302 302 302  when=2030-01-01T08:00
POST   /me/drafts/{own_draft}/thrown-away     in  302 302 302 302 302
POST   /me/drafts/{own_draft}/back            in  404 404 404 404 404
POST   /me/drafts/{draft}/published           in  404 404 404 404 404
POST   /me/drafts/{draft}/scheduled           in  404 404 404 404 404  when=2030-01-01T08:00
POST   /me/drafts/{draft}/thrown-away         in  404 404 404 404 404
POST   /me/drafts/{draft}/back                in  404 404 404 404 404
GET    /me/feeds                              in  200 200 200 200 200
POST   /me/feeds                              in  302 302 302 302 302  feed=/spaces/{space}/feed.atom
GET    /me/feeds/new?feed=/spaces/{space}/feed.atom in 200 200 200 200 200
POST   /me/feeds/{feed_key}/end               in  404 404 404 404 404
POST   /me/feeds/{own_feed_key}/end           in  302 302 302 302 302
"""
