"""Drawing what was found: each hit by its stencil, because many are drawn at every letter."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape

from django.utils.safestring import SafeString

from inbox import stencils
from inbox.addresses import address
from inbox.search import ContactHit, Found, MessageHit
from inbox.search.highlighting import Piece
from inbox.templatetags.moments import moment
from inbox.templatetags.people import contact_avatar


def draw(found: Found, text: str) -> SafeString:
    """``text`` is what was typed: with nothing typed nothing is said."""
    things = {
        "was_asked": found.was_asked,
        "was_typed": bool(text),
        "contacts": stencils.draw_each(
            "inbox/_found_contact.html", map(_contact, found.contacts)
        ),
        "messages": stencils.draw_each(
            "inbox/_found_message.html", map(_message, found.messages)
        ),
    }
    return stencils.draw("inbox/_search_results.html", things)


def marked(pieces: Iterable[Piece]) -> SafeString:
    """Text with the places found marked; every piece is escaped."""
    return SafeString(
        "".join(
            [
                f"<mark>{escape(its.text)}</mark>" if its.is_match else escape(its.text)
                for its in pieces
            ]
        )
    )


def _contact(hit: ContactHit) -> stencils.Things:
    return {
        "url": address("conversation", hit.conversation_code),
        "avatar": contact_avatar(hit.code, hit.display_name, "m"),
        "name": marked(hit.name),
        "detail": marked(hit.detail),
    }


def _message(hit: MessageHit) -> stencils.Things:
    return {
        "url": f"{address('conversation', hit.conversation_code)}?at={hit.pk}",
        "avatar": contact_avatar(hit.contact_code, hit.contact_name, "m"),
        "name": hit.contact_name,
        "at": moment(hit.at),
        "author": hit.author,
        "text": marked(hit.excerpt),
    }
