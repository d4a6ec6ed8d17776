"""What a result of the search shows: ``{% marked pieces %}`` and where it leads."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape
from uuid import UUID

from django import template
from django.utils.safestring import SafeString, mark_safe

from inbox.addresses import address
from inbox.search.highlighting import Piece

register = template.Library()


@register.simple_tag
def marked(pieces: Iterable[Piece]) -> SafeString:
    """Text with the places found marked; every piece is escaped."""
    drawn = (
        f"<mark>{escape(its.text)}</mark>" if its.is_match else escape(its.text)
        for its in pieces
    )
    return mark_safe("".join(drawn))  # noqa: S308 (escaped piece by piece)


@register.simple_tag
def way_to(code: UUID) -> str:
    """The address of a conversation."""
    return address("conversation", code)
