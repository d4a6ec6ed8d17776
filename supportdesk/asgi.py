"""The web process: webhooks and live streams by raw ASGI, pages by Django on threads.

Django's request machinery under ASGI costs more than storing a webhook does, and pages want
threads that keep their database connection; so each gets what fits it, in one process.
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING
from urllib.parse import quote

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "supportdesk.settings")

from django.conf import settings

from supportdesk.wsgi import application as wsgi_pages  # sets Django up: keep it first

from inbox import door  # isort: skip
from inbox.live import stream  # isort: skip
from supportdesk import urls as urls  # isort: skip  # all views, before the first page is asked for
from supportdesk.lifespan import live_together  # isort: skip
from supportdesk.threads import OnThreads  # isort: skip

if TYPE_CHECKING:
    from inbox.door.asgi import Receive, Scope, Send

pages = OnThreads(wsgi_pages, threads=settings.WEB_THREADS)


async def application(scope: Scope, receive: Receive, send: Send) -> None:
    if scope["type"] == "lifespan":
        await live_together([door.application, stream.application], receive, send)
    elif scope["path"] == door.PATH:
        await door.application(scope, receive, send)
    elif scope["path"] == "/live/":
        await stream.application(scope, receive, send)
    else:
        if not scope["query_string"].isascii():  # no address may hold such bytes
            scope["query_string"] = quote(scope["query_string"], safe=_ASCII).encode()
        await pages(scope, receive, send)


_ASCII = bytes(range(128))
