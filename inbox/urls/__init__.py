"""The addresses of the inbox, a module for each group of screens."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver

from inbox.urls import accounts, contacts, conversations, live, routing, settings, thread

app_name = "inbox"
urlpatterns: list[URLPattern | URLResolver] = [
    *accounts.urlpatterns,
    *contacts.urlpatterns,
    *conversations.urlpatterns,
    *thread.urlpatterns,
    *settings.urlpatterns,
    *live.urlpatterns,
    *routing.urlpatterns,
]
