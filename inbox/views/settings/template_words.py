"""Why Meta rejected a template, in words; Meta's own word where it is new to us."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

REJECTIONS: dict[str, str | Promise] = {
    "NONE": "",
    "ABUSIVE_CONTENT": _("It breaks WhatsApp's rules."),
    "INCORRECT_CATEGORY": _("Its category is wrong."),
    "INVALID_FORMAT": _("Its form or its placeholders are wrong."),
    "PROMOTIONAL": _("It advertises without saying so in its category."),
    "SCAM": _("Meta takes it for fraud."),
    "TAG_CONTENT_MISMATCH": _("Its text does not fit its category or language."),
}


def rejection(word: str) -> str:
    return str(REJECTIONS.get(word, word))
