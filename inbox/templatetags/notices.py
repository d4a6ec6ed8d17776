"""What static/js/notifications.js is given: sentences, and the key of the desk."""

from __future__ import annotations

from django import template

from inbox.notices import SENTENCES
from inbox.push import keys

register = template.Library()


@register.simple_tag
def notice_sentences() -> list[tuple[str, str]]:
    return [(why.value, str(sentence)) for why, sentence in SENTENCES.items()]


@register.simple_tag
def push_key() -> str:
    return keys.public_key()
