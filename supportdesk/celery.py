"""The Celery application: where its settings come from and where its tasks are."""

from __future__ import annotations

import os
import sys
from functools import partial
from typing import Any

from celery import Celery, beat, signals
from django.conf import settings
from django.db import close_old_connections

from supportdesk import file_broker

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "supportdesk.settings")
app = Celery("supportdesk")
app.config_from_object("django.conf:settings", namespace="CELERY")
# Left to itself, Celery takes a new connection to the database for each task, which costs more
# than most tasks do.
app.conf.update(CELERY_DB_REUSE_MAX=sys.maxsize)
app.autodiscover_tasks()
# Beat inside a worker is a thread: the process that Celery would make of it takes 60 MB.
beat.EmbeddedService = partial(beat.EmbeddedService, thread=True)

if settings.CELERY_BROKER_URL.startswith("filesystem"):
    file_broker.install()
    for folder in ("queue", "control"):
        (settings.BROKER_DIR / folder).mkdir(parents=True, exist_ok=True)


@signals.task_prerun.connect
def renew_connection(**_: Any) -> None:
    """As between two requests: what is broken, or has had its time, is opened anew."""
    close_old_connections()
