"""The addresses of the inbox, a module for each group of screens."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver

from inbox.urls import (
    accounts,
    automatic,
    bulk,
    contacts,
    conversations,
    live,
    quick_reply_settings,
    routing,
    rules,
    saved_views,
    settings,
    thread,
    together,
)

app_name = "inbox"
urlpatterns: list[URLPattern | URLResolver] = [
    *accounts.urlpatterns,
    *contacts.urlpatterns,
    *bulk.urlpatterns,
    *conversations.urlpatterns,
    *saved_views.urlpatterns,
    *thread.urlpatterns,
    *settings.urlpatterns,
    *automatic.urlpatterns,
    *quick_reply_settings.urlpatterns,
    *together.urlpatterns,
    *live.urlpatterns,
    *routing.urlpatterns,
    *rules.urlpatterns,
]
