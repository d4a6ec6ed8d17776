"""Contact cards: people shared in a message, or one's own number given on request."""

from __future__ import annotations

from inbox.whatsapp.happenings import CardPhone, ContactCard, ContactCards

from .reading import elements, obj, phone, text, texts


def read_cards(message: dict[str, object]) -> ContactCards | None:
    cards = [obj(item) for item in elements(message.get("contacts"))]
    cards = [card for card in cards if card]
    if not cards:
        return None
    origins = [message.get("origin"), *(card.get("origin") for card in cards)]
    return ContactCards(
        cards=tuple(_card(card) for card in cards),
        requested="contact_request" in origins,
    )


def _card(card: dict[str, object]) -> ContactCard:
    name = obj(card.get("name"))
    return ContactCard(
        formatted_name=text(name.get("formatted_name")),
        first_name=text(name.get("first_name")),
        last_name=text(name.get("last_name")),
        organisation=text(obj(card.get("org")).get("company")),
        birthday=text(card.get("birthday")),
        phones=tuple(_card_phone(obj(item)) for item in elements(card.get("phones"))),
        emails=_each(card.get("emails"), "email"),
        urls=_each(card.get("urls"), "url"),
        addresses=tuple(_address(obj(item)) for item in elements(card.get("addresses"))),
        vcard=text(card.get("vcard")),
    )


def _card_phone(entry: dict[str, object]) -> CardPhone:
    return CardPhone(
        phone=text(entry.get("phone")),
        wa_id=phone(entry.get("wa_id")),
        kind=text(entry.get("type")),
    )


def _each(entries: object, key: str) -> tuple[str, ...]:
    return texts([obj(entry).get(key) for entry in elements(entries)])


def _address(entry: dict[str, object]) -> str:
    parts = (entry.get(key) for key in ("street", "city", "state", "zip", "country"))
    return ", ".join(texts(list(parts)))
