"""Plain texts, drawn without the template: most messages are, and fifty are drawn at once.

The same as ``templates/inbox/_message.html`` makes of them; a test compares the two.
"""

from __future__ import annotations

from functools import lru_cache
from html import escape

from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from inbox.bubbles.bubble import Bubble
from inbox.templatetags.icons import icon


def draw(bubble: Bubble) -> SafeString:
    """The list item; "" for what needs the template."""
    if not _is_plain(bubble):
        return SafeString("")
    if author := bubble["author"]:
        speaker = f'<p class="bubble__author">{escape(author)}</p>'
    else:
        speaker = f'<span class="visually-hidden">{escape(bubble["speaker"])}:</span>'
    return SafeString(
        f'<li class="message" {bubble["attributes"]}><div class="bubble">{speaker}'
        f'<div class="bubble__text" dir="auto">{bubble["text"]}</div>'
        f'<p class="bubble__foot">{bubble["time"]}{bubble["ticks"]}</p></div>'
        f"{_more_button(get_language() or '')}</li>"
    )


def _is_plain(bubble: Bubble) -> bool:
    return not (
        bubble["sentence"]
        or bubble["fragment"]
        or bubble["lines"]
        or bubble["extras"]
        or bubble["remark"]
        or bubble["edited"]
        or bubble["troubled"]
        or bubble["reactions"]
    )


@lru_cache(maxsize=8)
def _more_button(language: str) -> SafeString:
    return format_html(
        '<button class="message__more" type="button" data-message-menu aria-haspopup="menu"'
        ' aria-label="{}">{}</button>',
        _("Actions for this message"),
        icon("more"),
    )
