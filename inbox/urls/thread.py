"""A conversation: its thread, what one writes, what one does with it, its files."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, path

from inbox.views import (
    composing,
    conversation_actions,
    emoji,
    media,
    quick_done,
    quick_replies,
    replies,
    template_picker,
    thread,
)

AT = "conversations/<uuid:code>/"

urlpatterns: list[URLPattern | URLResolver] = [
    path(AT, thread.conversation, name="conversation"),
    path(f"{AT}messages/", thread.messages, name="messages"),
    path(f"{AT}composer/", thread.composer, name="composer"),
    # Writing
    path(f"{AT}reply/", replies.reply, name="reply"),
    path(f"{AT}file/", replies.file, name="file"),
    path(f"{AT}typing/", replies.typing, name="typing"),
    path(f"{AT}compose/<slug:what>/", composing.compose, name="compose"),
    path(f"{AT}templates/", template_picker.picker, name="templates"),
    path(f"{AT}templates/<uuid:template_code>/", template_picker.template, name="template"),
    path(
        f"{AT}templates/<uuid:template_code>/preview/",
        template_picker.preview,
        name="template_preview",
    ),
    path(f"{AT}quick-replies/", quick_replies.listing, name="quick_list"),
    path(f"{AT}quick-replies/<uuid:quick_code>/", quick_replies.filled, name="quick_filled"),
    path(f"{AT}quick-replies/undo/", quick_done.undo, name="quick_undo"),
    # Acting
    path(f"{AT}take/", conversation_actions.take, name="take"),
    path(f"{AT}assign/", conversation_actions.assign, name="assign"),
    path(f"{AT}give-back/", conversation_actions.give_back, name="give_back"),
    path(f"{AT}close/", conversation_actions.close, name="close"),
    path(f"{AT}reopen/", conversation_actions.reopen, name="reopen"),
    path(f"{AT}snooze/", conversation_actions.snooze, name="snooze"),
    path(f"{AT}read/", conversation_actions.read, name="read"),
    path(f"{AT}unread/", conversation_actions.unread, name="unread"),
    path(f"{AT}priority/", conversation_actions.priority, name="priority"),
    # One message
    path("messages/<uuid:code>/details/", thread.details, name="message_details"),
    path("messages/<uuid:code>/react/", replies.react, name="react"),
    path("messages/<uuid:code>/resend/", replies.resend, name="resend"),
    path("messages/<uuid:code>/discard/", replies.discard, name="discard"),
    path("media/<uuid:code>/", media.media, name="media"),
    path("media/<uuid:code>/thumbnail/", media.thumbnail, name="media_thumbnail"),
    path("emoji/", emoji.emoji, name="emoji"),
]
