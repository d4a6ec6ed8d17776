"""Messages of customers, and what other apps and the phone sent in our name."""

from __future__ import annotations

from typing import TypedDict

from inbox.whatsapp.happenings import (
    ApiProblem,
    Content,
    EchoReceived,
    Happening,
    MessageEdited,
    MessageReceived,
    MessageRevoked,
    Person,
    ReactionReceived,
    Referral,
    ReferredProduct,
)

from .contents import read_content, read_problems, type_of
from .fragment import Fragment
from .people import person_under
from .reading import flag, ident, obj, phone, text
from .system import read_system


class ContextHead(TypedDict):
    """What a message says of another one."""

    quoted_wamid: str
    quoted_from: str
    forwarded: bool
    frequently_forwarded: bool


class MessageHead(ContextHead):
    """What messages in both directions have in common."""

    wamid: str
    type: str
    content: Content
    group_id: str
    errors: tuple[ApiProblem, ...]


NO_CONTEXT = ContextHead(
    quoted_wamid="", quoted_from="", forwarded=False, frequently_forwarded=False
)


def read_message(fragment: Fragment) -> Happening:
    message = fragment.raw
    if type_of(message) == "system":
        return read_system(fragment)
    person = fragment.complete(person_under(message, "from"))
    special = read_special(fragment, person, from_us=False)
    if special:
        return special
    return MessageReceived(
        **fragment.head(),
        **message_head(message),
        person=person,
        standby=fragment.origin.standby,
        # Groups have a window of their own, which any member opens.
        opens_window="group_id" not in message,
        referral=_referral(obj(message["referral"])) if "referral" in message else None,
        referred_product=_product(message["context"]) if "context" in message else None,
        identity_hash=text(obj(message.get("identity")).get("hash")),
    )


def read_echo(fragment: Fragment) -> Happening:
    """Other apps' echoes wrap what they sent in `message`; the phone's do not."""
    wrapped = obj(fragment.raw.get("message"))
    echo = {**wrapped, **fragment.raw} if wrapped else fragment.raw
    person = fragment.complete(addressee(echo, fragment.origin.display_phone_number))
    whole = Fragment(echo, fragment.path, fragment.origin, fragment.at)
    special = read_special(whole, person, from_us=True)
    if special:
        return special
    return EchoReceived(
        **fragment.head(),
        **message_head(echo),
        person=person,
        standby=fragment.origin.standby,
        source="standby" if fragment.origin.standby else "app",
    )


def addressee(echo: dict[str, object], our_number: str) -> Person:
    """To whom an echo went. Some have sender and recipient the wrong way round."""
    if phone(echo.get("to")) == our_number != "" and phone(echo.get("from")) != our_number:
        return person_under(echo, "from")
    told = person_under(echo, "to")
    return told if told.has_id else Person(bsuid=ident(echo.get("recipient")))


def message_head(message: dict[str, object]) -> MessageHead:
    kind = type_of(message)
    return {
        "wamid": ident(message.get("id")),
        "type": kind,
        "content": read_content(message, kind),
        **(_context(obj(message["context"])) if "context" in message else NO_CONTEXT),
        "group_id": ident(message.get("group_id")),
        "errors": read_problems(message["errors"]) if "errors" in message else (),
    }


def _context(context: dict[str, object]) -> ContextHead:
    often = flag(context.get("frequently_forwarded"))
    return {
        "quoted_wamid": ident(context.get("id") or context.get("message_id")),
        "quoted_from": phone(context.get("from")),
        "forwarded": often or flag(context.get("forwarded")),
        "frequently_forwarded": often,
    }


def read_special(fragment: Fragment, person: Person, *, from_us: bool) -> Happening | None:
    """What is no message of its own but changes another. Nothing without an id is kept."""
    if not ident(fragment.raw.get("id")):
        return fragment.unknown("message without an id")
    reader = _SPECIAL.get(type_of(fragment.raw))
    return reader(fragment, person, from_us) if reader else None


def _reaction(fragment: Fragment, person: Person, from_us: bool) -> Happening:
    reaction = obj(fragment.raw.get("reaction"))
    target = ident(reaction.get("message_id"))
    emoji = reaction.get("emoji", "")
    if not target or not isinstance(emoji, str | None):
        return fragment.unknown("reaction we cannot read")
    silent = from_us or fragment.origin.historic or "group_id" in fragment.raw
    return ReactionReceived(
        **fragment.head(),
        person=person,
        standby=fragment.origin.standby,
        wamid=ident(fragment.raw.get("id")),
        target_wamid=target,
        emoji=emoji or "",
        from_us=from_us,
        historic=fragment.origin.historic,
        opens_window=not silent,
        group_id=ident(fragment.raw.get("group_id")),
    )


def _edit(fragment: Fragment, person: Person, from_us: bool) -> Happening:
    edit = obj(fragment.raw.get("edit"))
    target = ident(edit.get("original_message_id"))
    message = obj(edit.get("message"))
    if not target or not message:
        return fragment.unknown("edit we cannot read")
    return MessageEdited(
        **fragment.head(),
        person=person,
        standby=fragment.origin.standby,
        wamid=ident(fragment.raw.get("id")),
        target_wamid=target,
        type=type_of(message),
        content=read_content(message, type_of(message)),
        from_us=from_us,
        historic=fragment.origin.historic,
    )


def _revoke(fragment: Fragment, person: Person, from_us: bool) -> Happening:
    target = ident(obj(fragment.raw.get("revoke")).get("original_message_id"))
    if not target:
        return fragment.unknown("revoke we cannot read")
    return MessageRevoked(
        **fragment.head(),
        person=person,
        standby=fragment.origin.standby,
        wamid=ident(fragment.raw.get("id")),
        target_wamid=target,
        from_us=from_us,
        historic=fragment.origin.historic,
    )


_SPECIAL = {"reaction": _reaction, "edit": _edit, "revoke": _revoke}


def _referral(referral: dict[str, object]) -> Referral | None:
    if not referral:
        return None
    return Referral(
        source_type=text(referral.get("source_type")),
        source_id=text(referral.get("source_id")),
        source_url=text(referral.get("source_url")),
        headline=text(referral.get("headline")),
        body=text(referral.get("body")),
        media_type=text(referral.get("media_type")),
        media_url=text(referral.get("image_url") or referral.get("video_url")),
        thumbnail_url=text(referral.get("thumbnail_url")),
        click_id=text(referral.get("ctwa_clid")),
        welcome_text=text(obj(referral.get("welcome_message")).get("text")),
        ref=text(referral.get("ref")),
    )


def _product(context: object) -> ReferredProduct | None:
    product = obj(obj(context).get("referred_product"))
    if not product:
        return None
    return ReferredProduct(
        catalog_id=ident(product.get("catalog_id")),
        product_id=text(product.get("product_retailer_id")),
    )
