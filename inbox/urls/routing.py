"""How conversations find agents, and what left them while they were away."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, path

from inbox.views import went_back
from inbox.views.settings import routing

urlpatterns: list[URLPattern | URLResolver] = [
    path("settings/numbers/<uuid:code>/routing/", routing.routing, name="settings_routing"),
    path("settings/people/<uuid:code>/limit/", routing.limit, name="settings_limit"),
    path("me/went-back/", went_back.went_back, name="went_back"),
    path("me/went-back/seen/", went_back.seen, name="went_back_seen"),
]
