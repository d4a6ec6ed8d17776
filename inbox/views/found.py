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
        "contacts": _joined(map(_contact, found.contacts)),
        "messages": _joined(map(_message, found.messages)),
    }
    return stencils.draw("inbox/_search_results.html", things)


def marked(pieces: Iterable[Piece]) -> SafeString:
    """Text with the places found marked; every piece is escaped."""
    return _joined(
        f"<mark>{escape(its.text)}</mark>" if its.is_match else escape(its.text)
        for its in pieces
    )


def _contact(hit: ContactHit) -> SafeString:
    things = {
        "url": address("conversation", hit.conversation_code),
        "avatar": contact_avatar(hit.code, hit.display_name, "m"),
        "name": marked(hit.name),
        "detail": marked(hit.detail),
    }
    return stencils.draw("inbox/_found_contact.html", {"hit": things})


def _message(hit: MessageHit) -> SafeString:
    things = {
        "url": f"{address('conversation', hit.conversation_code)}?at={hit.pk}",
        "avatar": contact_avatar(hit.contact_code, hit.contact_name, "m"),
        "name": hit.contact_name,
        "at": moment(hit.at),
        "author": hit.author,
        "text": marked(hit.excerpt),
    }
    return stencils.draw("inbox/_found_message.html", {"hit": things})


def _joined(parts: Iterable[str]) -> SafeString:
    return SafeString("".join(parts))
