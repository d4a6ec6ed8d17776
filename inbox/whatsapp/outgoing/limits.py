"""What WhatsApp takes at most, and the refusal of what goes beyond."""

from __future__ import annotations

from collections.abc import Sized

from django.utils.functional import Promise
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

TEXT = 4096
CAPTION = 1024
BODY = 1024
LIST_BODY = 4096
HEADER = 60
FOOTER = 60
BUTTONS = 3
BUTTON_ID = 256
BUTTON_TITLE = 20
SECTIONS = 10
ROWS = 10
ROW_ID = 200
ROW_TITLE = 24
ROW_DESCRIPTION = 72
SECTION_TITLE = 24
CARDS = 257
CALLBACK_DATA = 512

LABELS: dict[str, Promise] = {
    "recipient": _("The recipient"),
    "body": _("The text"),
    "caption": _("The caption"),
    "header": _("The heading"),
    "footer": _("The footer"),
    "media": _("The file"),
    "filename": _("The file name"),
    "latitude": _("The latitude"),
    "longitude": _("The longitude"),
    "cards": _("The contact cards"),
    "name": _("The name"),
    "target": _("The message to react to"),
    "buttons": _("The buttons"),
    "button": _("The label of the button"),
    "button_id": _("The id of the button"),
    "sections": _("The sections"),
    "section_title": _("The title of the section"),
    "rows": _("The choices"),
    "row_title": _("The title of the choice"),
    "row_id": _("The id of the choice"),
    "row_description": _("The description of the choice"),
    "url": _("The address of the link"),
    "template": _("The template"),
    "callback_data": _("Our own reference"),
}


class NotSendable(Exception):
    """WhatsApp would refuse this. str() is a sentence for the author, `field` the culprit."""

    def __init__(self, field: str, sentence: Promise | str) -> None:
        super().__init__(field, sentence)
        self.field = field
        self.sentence = sentence

    def __str__(self) -> str:
        return str(self.sentence)


def require(field: str, value: str | Sized | None) -> None:
    filled = value.strip() if isinstance(value, str) else value
    if not filled:
        raise NotSendable(field, format_lazy(_("{field} is missing."), field=LABELS[field]))


def at_most(field: str, value: str, limit: int) -> None:
    if len(value) > limit:
        sentence = _("{field} is too long: {length} of at most {limit} characters.")
        raise NotSendable(
            field,
            format_lazy(sentence, field=LABELS[field], length=len(value), limit=limit),
        )


def required(field: str, value: str, limit: int) -> None:
    require(field, value)
    at_most(field, value, limit)


def count(field: str, things: Sized, limit: int) -> None:
    require(field, things)
    if len(things) > limit:
        sentence = _("{field}: at most {limit}, not {count}.")
        raise NotSendable(
            field, format_lazy(sentence, field=LABELS[field], limit=limit, count=len(things))
        )


def distinct(field: str, values: list[str]) -> None:
    if len(set(values)) != len(values):
        sentence = _("{field}: each may occur only once.")
        raise NotSendable(field, format_lazy(sentence, field=LABELS[field]))


def between(field: str, value: float, lowest: float, highest: float) -> None:
    if not lowest <= value <= highest:
        sentence = _("{field} has to be between {lowest} and {highest}.")
        labels = {"lowest": lowest, "highest": highest}
        raise NotSendable(field, format_lazy(sentence, field=LABELS[field], **labels))
