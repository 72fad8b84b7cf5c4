"""Looking after the organisation."""

TABLE = """
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
GET    /studio/care                           in  404 404 200 404 200
GET    /studio/care/log                       in  404 404 200 404 200
POST   /studio/care/{flagged}                 in  404 404 302 404 302  outcome=kept
POST   /studio/care/{flagged}/undo            in  404 404 302 404 302
GET    /studio/care/messages                  in  404 404 404 404 200
POST   /studio/care/messages/{report}         in  404 404 404 404 302  outcome=kept
POST   /studio/care/messages/{report}         in  404 404 404 404 302  outcome=removed note=Enough
POST   /studio/care/messages/{report}         in  404 404 404 404 422  outcome=removed
"""
