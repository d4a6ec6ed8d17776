"""Texts that a number sends by itself."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, path

from inbox.views.settings import automatic_texts

_TEXTS = "settings/numbers/<uuid:code>/automatic/"

urlpatterns: list[URLPattern | URLResolver] = [
    path(_TEXTS, automatic_texts.texts, name="settings_automatic"),
    path(f"{_TEXTS}try/", automatic_texts.tryout, name="settings_automatic_tryout"),
    path(f"{_TEXTS}<str:kind>/", automatic_texts.change, name="settings_automatic_change"),
    path(
        f"{_TEXTS}<str:kind>/preview/<str:variant>/",
        automatic_texts.preview,
        name="settings_automatic_preview",
    ),
]
