"""Working together: notes, mentions, followers, reminders."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, path

from inbox.views import following, for_you, notes, reminders

AT = "conversations/<uuid:code>/"

urlpatterns: list[URLPattern | URLResolver] = [
    path(f"{AT}notes/", notes.add, name="note"),
    path(f"{AT}colleagues/", notes.colleagues, name="colleagues"),
    path("notes/<uuid:code>/edit/", notes.edit, name="note_edit"),
    path("notes/<uuid:code>/delete/", notes.delete, name="note_delete"),
    path("notes/<uuid:code>/restore/", notes.restore, name="note_restore"),
    path(f"{AT}follow/", following.follow, name="follow"),
    path(f"{AT}unfollow/", following.unfollow, name="unfollow"),
    path(f"{AT}reminders/", reminders.plan, name="reminders"),
    path("reminders/<uuid:code>/cancel/", reminders.cancel, name="reminder_cancel"),
    path(f"{AT}called/", for_you.opened, name="called"),
    path("for-you/", for_you.page, name="for_you"),
    path("for-you/count/", for_you.count, name="for_you_count"),
    path("for-you/<uuid:code>/done/", for_you.done, name="call_done"),
    path("for-you/<uuid:code>/undone/", for_you.undone, name="call_undone"),
    path("for-you/<uuid:code>/again/", for_you.again, name="call_again"),
]
