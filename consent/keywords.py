"""Words by which a person opts out. Matched generously; a full message, not a word in it.

The full specification (levels, opt-in words, tasks for people) builds on this room.
"""

from __future__ import annotations

import enum
import re
import unicodedata


class Wish(enum.StrEnum):
    NO_ADVERTISING = "no_advertising"
    NO_CONTACT = "no_contact"


_NO_ADVERTISING = frozenset(
    {
        "stop", "stopp", "stop bitte", "stopp bitte", "bitte stop", "bitte stopp",
        "unsubscribe", "abmelden", "abbestellen", "abbestellung", "austragen", "end",
        "keine werbung", "keine werbung mehr", "no more ads", "no ads", "opt out", "optout",
        "quit", "cancel subscription", "newsletter abbestellen", "stop promotions",
    }
)  # fmt: skip
_NO_CONTACT = frozenset(
    {"stop alles", "stopp alles", "stop all", "stopall", "kein kontakt", "no contact"}
)


def fold(text: str) -> str:
    """Reduce what was typed to what was meant: compatibility forms, case, signs, spaces."""
    text = unicodedata.normalize("NFKC", text).casefold()
    text = "".join(
        c for c in text if unicodedata.category(c) not in {"Cf", "Cc", "Mn"} or c == " "
    )
    return " ".join(re.sub(r"[^\w\s]", " ", text).split())


def wish_in(text: str) -> Wish | None:
    """Return what a message asks for, when all of it is an opt-out."""
    if len(text) > 200:
        return None
    folded = fold(text)
    if folded in _NO_CONTACT:
        return Wish.NO_CONTACT
    return Wish.NO_ADVERTISING if folded in _NO_ADVERTISING else None
