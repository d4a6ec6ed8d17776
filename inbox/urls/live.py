"""The live connection, and what every page needs around it."""

from __future__ import annotations

from django.conf import settings
from django.urls import URLPattern, URLResolver, path

from inbox.views import live, shell, styleguide

urlpatterns: list[URLPattern | URLResolver] = [
    path("live/", live.stream, name="live"),
    path("live/presence/", live.presence, name="presence"),
    path("banners/", shell.banners, name="banners"),
    path("manifest.webmanifest", shell.manifest, name="manifest"),
    # At the top, because a service worker serves only what lies beside or below it.
    path("service-worker.js", shell.service_worker, name="service_worker"),
]

if settings.DEBUG:
    urlpatterns.append(path("styleguide/", styleguide.show, name="styleguide"))
