"""``{% icon "clock" %}``: an outline out of static/img/icons.svg. Never the only word."""

from __future__ import annotations

from django import template
from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString

register = template.Library()

# Icons that point somewhere, and so point the other way where texts run from right to left.
TURNING = frozenset({"back", "next", "reply", "forward", "send", "sign-out", "undo"})


@register.simple_tag
def icon(name: str, size: str = "") -> SafeString:
    classes = "icon"
    if size:
        classes += f" icon--{size}"
    if name in TURNING:
        classes += " icon--turns"
    return format_html(
        '<svg class="{}" aria-hidden="true"><use href="{}#{}"></use></svg>',
        classes,
        static("img/icons.svg"),
        name,
    )
