"""The WSGI application: `gunicorn config.wsgi`."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")

application = get_wsgi_application()

from config.serving import take_turns  # noqa: E402
from search.upkeep.opening import open_index  # noqa: E402  not before Django is set up

open_index()
take_turns()
