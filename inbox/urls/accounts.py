"""Signing in and out, and what agents change of themselves."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, path

from inbox.views import accounts, me, my_notifications

urlpatterns: list[URLPattern | URLResolver] = [
    path("login/", accounts.login, name="login"),
    path("logout/", accounts.logout, name="logout"),
    path("password/forgotten/", accounts.password_forgotten, name="password_forgotten"),
    path("password/new/<uuid:code>/<str:token>/", accounts.password_new, name="password_new"),
    path("join/<uuid:code>/<str:token>/", accounts.join, name="join"),
    path("me/", me.me, name="profile"),
    path("me/notifications/", my_notifications.choices, name="my_notifications"),
    path("me/push/", my_notifications.subscribe, name="push_subscribe"),
    path("me/push/stop/", my_notifications.unsubscribe, name="push_unsubscribe"),
    path("me/password/", me.password, name="my_password"),
    path("me/presence/", me.set_presence, name="my_presence"),
    path("me/sessions/", me.sessions, name="sessions"),
    path("me/sessions/end-others/", me.end_other_sessions, name="end_other_sessions"),
    path("me/sessions/<str:handle>/end/", me.end_session, name="end_session"),
]
