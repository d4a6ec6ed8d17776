"""Making quick replies."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, path

from inbox.views.settings import quick_replies, quick_reply_preview, quick_reply_transfer

_ROOM = "settings/quick-replies/"
_ONE = f"{_ROOM}<uuid:code>/"

urlpatterns: list[URLPattern | URLResolver] = [
    path(_ROOM, quick_replies.quick_replies, name="settings_quick_replies"),
    path(f"{_ROOM}new/", quick_replies.new, name="settings_quick_reply_new"),
    path(f"{_ROOM}preview/", quick_reply_preview.preview, name="settings_quick_reply_preview"),
    path(f"{_ROOM}export/", quick_reply_transfer.export, name="settings_quick_reply_export"),
    path(f"{_ROOM}import/", quick_reply_transfer.read, name="settings_quick_reply_import"),
    path(
        f"{_ROOM}import/confirm/",
        quick_reply_transfer.write,
        name="settings_quick_reply_import_confirm",
    ),
    path(f"{_ROOM}files/<uuid:code>/", quick_replies.file, name="settings_quick_reply_file"),
    path(_ONE, quick_replies.quick_reply, name="settings_quick_reply"),
    path(f"{_ONE}archive/", quick_replies.archive, name="settings_quick_reply_archive"),
    path(f"{_ONE}restore/", quick_replies.restore, name="settings_quick_reply_restore"),
]
