"""Approved templates: the way to somebody whose window is closed."""

from __future__ import annotations

from typing import Unpack

from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from inbox.actions.replies import files
from inbox.actions.replies.along import Along
from inbox.actions.replies.queueing import Draft, queue
from inbox.models import Conversation, Message, Template
from inbox.whatsapp import NotSendable
from inbox.whatsapp.templates import TemplateShape, read_shape, render


def send_template(
    conversation: Conversation,
    template: Template,
    *,
    values: dict[str, str],
    file: UploadedFile[bytes] | None = None,
    **along: Unpack[Along],
) -> Message:
    """``values`` by the keys of the template's variables; ``file`` for its heading."""
    if template.waba_id != conversation.channel.waba_id or not template.is_usable:
        raise NotSendable("template", _("This template cannot be used any more."))
    shape = read_shape(template.components)
    kept = {v.key: values.get(v.key, "").strip() for v in shape.variables}
    preview = render(shape, kept)
    content = {
        "name": template.name,
        "language": template.language,
        "category": template.category,
        "values": kept,
        "header": preview.header,
        "footer": preview.footer,
        "buttons": list(preview.buttons),
        "header_kind": _header_kind(shape),
    }
    along["quoted"] = None  # WhatsApp shows no quote with a template
    if not shape.needs_file:
        draft = Draft(Message.Kind.TEMPLATE, preview.body, content, template)
        return queue(conversation, draft, **along)
    if file is None:
        raise NotSendable("file", _("This template needs a file in its heading."))
    with files.stored(file, only=_header_kind(shape)) as attachment:
        draft = Draft(Message.Kind.TEMPLATE, preview.body, content, template, attachment)
        return queue(conversation, draft, **along)


def _header_kind(shape: TemplateShape) -> str:
    if not shape.needs_file:
        return ""
    return "video" if shape.header_format == "GIF" else shape.header_format.lower()
