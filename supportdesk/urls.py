"""Which room answers which address. The webhook and the live stream are in asgi.py."""

from __future__ import annotations

from django.urls import include, path

urlpatterns = [
    path("", include("inbox.urls")),
]
