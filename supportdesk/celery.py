"""The Celery application: where its settings come from and where its tasks are."""

from __future__ import annotations

import os

from celery import Celery
from django.conf import settings

from supportdesk import file_broker

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "supportdesk.settings")
app = Celery("supportdesk")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()

if settings.CELERY_BROKER_URL.startswith("filesystem"):
    file_broker.install()
    for folder in ("queue", "control"):
        (settings.BROKER_DIR / folder).mkdir(parents=True, exist_ok=True)
