"""Words by which a person opts out: generous about spelling, strict about the whole message.

A keyword counts only when it is all that was said, polite words aside. "Where is the stop
button?" is a question and stays one.
"""

from __future__ import annotations

import enum
import re
import unicodedata

# Nobody writes an opt-out longer than this; anything else is talk, and most messages are.
LONGEST = 80


class Wish(enum.StrEnum):
    NO_ADVERTISING = "no_advertising"
    NO_CONTACT = "no_contact"


# Letters of other alphabets that look like ours: whoever types them means ours.
_LOOKALIKES = str.maketrans("авекмнорстухіјѕαβεικνορτυχ", "abekmhopctyxijsabeiknoptux")
_UMLAUTS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss", "ø": "o", "ł": "l"})
_BETWEEN = re.compile(r"[\W_]")
_POLITE = frozenset(
    {
        "bitte", "danke", "jetzt", "sofort", "mich", "mir", "ich", "sie", "hallo", "hi", "ok",
        "please", "thanks", "thank", "you", "now", "me", "i", "hello", "just", "the",
    }
)  # fmt: skip
_NO_ADVERTISING = frozenset(
    {
        "stop", "stopall", "abmelden", "abmeldung", "abbestellen", "abbestellung", "austragen",
        "unsubscribe", "opt out", "optout", "stop promotions", "stop marketing", "stop ads",
        "keine werbung mehr", "keine weitere werbung", "werbung stop", "stop werbung",
        "werbung abbestellen", "newsletter abmelden", "newsletter abbestellen",
        "no more ads", "no more advertising", "no more marketing", "stop advertising",
    }
)  # fmt: skip
_NO_CONTACT = frozenset(
    {
        "stop alles", "alles stop", "stop all", "stop all messages", "stop everything",
        "kein kontakt mehr", "keinen kontakt mehr", "nicht mehr kontaktieren",
        "kontaktieren nicht mehr", "nicht mehr anschreiben", "no contact", "no more contact",
        "do not contact", "dont contact", "don t contact", "do not contact again",
    }
)  # fmt: skip


def fold(text: str) -> str:
    """Reduce what was typed to what was meant: plain small letters, one space between words."""
    if text.isascii():  # nothing to decompose or translate, at a tenth of the cost
        return " ".join(_BETWEEN.sub(" ", text.lower()).split())
    text = unicodedata.normalize("NFKC", text)
    text = "".join(c for c in text if unicodedata.category(c) != "Cf").casefold()
    text = text.translate(_LOOKALIKES).translate(_UMLAUTS)
    text = unicodedata.normalize("NFD", text)
    text = "".join(c for c in text if unicodedata.category(c) != "Mn")
    return " ".join(_BETWEEN.sub(" ", text).split())


def wish_in(text: str) -> Wish | None:
    """Return what a message asks for, when all of it is an opt-out."""
    if len(text) > LONGEST:
        return None
    said = _essence(fold(text))
    if said in _NO_CONTACT:
        return Wish.NO_CONTACT
    return Wish.NO_ADVERTISING if said in _NO_ADVERTISING else None


def _essence(folded: str) -> str:
    words = folded.split()
    if len(words) > 1 and all(len(word) == 1 for word in words):
        words = ["".join(words)]  # s t o p
    return " ".join(_plain_stop(word) for word in words if word not in _POLITE)


def _plain_stop(word: str) -> str:
    """STOPP, STOOOP and Sstop are all stop; no word of German or English gets caught."""
    return "stop" if re.fullmatch(r"s+t+o+p+", word) else word
