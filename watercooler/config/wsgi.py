"""The synchronous pages, as a WSGI application."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "watercooler.config.settings")
application = get_wsgi_application()
