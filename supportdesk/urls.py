"""Which room answers which address. The webhook and the live stream are in asgi.py."""

from __future__ import annotations

from django.urls import include, path

urlpatterns = [
    path("", include("inbox.urls")),
]

handler400 = "inbox.views.errors.bad_request"
handler403 = "inbox.views.errors.forbidden"
handler404 = "inbox.views.errors.not_found"
handler500 = "inbox.views.errors.broken"
