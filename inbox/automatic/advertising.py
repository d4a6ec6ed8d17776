"""Finding advertising in service texts. Pure.

Whoever writes to us has asked a question, not for offers: what sells something, asks for a
rating or invites to a newsletter is advertising, and may not ride on an answer. Signs that
leave no doubt are refused; those that may be harmless are pointed out.
"""

from __future__ import annotations

import enum
import re
import unicodedata
from collections.abc import Iterator
from typing import NamedTuple

from inbox.placeholders import split


class Sign(enum.StrEnum):
    REDUCTION = "reduction"  # discounts, vouchers, sales
    CALL_TO_BUY = "call to buy"
    HURRY = "hurry"  # only today, while stocks last
    NEWS = "news"  # newsletters, channels to follow
    RATING = "rating"  # also surveys
    CONTEST = "contest"
    TRACKED_LINK = "tracked link"

    PERCENTAGE = "percentage"
    PRICE = "price"
    LINK = "link"
    PRAISE = "praise"  # words that offers are made of


DOUBTFUL = frozenset({Sign.PERCENTAGE, Sign.PRICE, Sign.LINK, Sign.PRAISE})


class Finding(NamedTuple):
    sign: Sign
    found: str  # as it was written, or the word it was taken for

    @property
    def is_refused(self) -> bool:
        return self.sign not in DOUBTFUL


# Parts of words: German puts them together as it likes ("Frühlingsrabatt").
_PARTS: dict[Sign, tuple[str, ...]] = {
    Sign.REDUCTION: (
        *(
            "rabatt",
            "gutschein",
            "sonderangebot",
            "sonderpreis",
            "schnaeppchen",
            "preisknaller",
        ),
        *("ausverkauf", "schlussverkauf", "discount", "voucher", "coupon", "promocode"),
        *("blackfriday", "cybermonday", "cashback"),
    ),
    Sign.NEWS: ("newsletter",),
    Sign.RATING: ("umfrage", "kundenzufriedenheit"),
    Sign.CONTEST: ("gewinnspiel", "verlosung", "giveaway", "sweepstake"),
}
# Whole words, one after the other.
_WORDS: dict[Sign, tuple[str, ...]] = {
    Sign.REDUCTION: (
        *("sale", "black friday", "cyber monday", "promo code", "special offer", "bogo"),
        *("special offers", "buy one get one", "zwei zum preis von einem", "free trial"),
        *("kostenlos testen", "gratis testen", "half price", "zum halben preis", "best price"),
        *("prozente", "percent off", "prozent auf", "prozent rabatt", "save up to"),
        *("sparen sie", "spare jetzt", "jetzt sparen"),
    ),
    Sign.CALL_TO_BUY: (
        *(
            "jetzt kaufen",
            "jetzt bestellen",
            "jetzt zugreifen",
            "jetzt sichern",
            "jetzt buchen",
        ),
        *("buy now", "order now", "shop now", "book now", "order today", "buy today"),
        *("sichern sie sich", "sichere dir", "greifen sie zu", "schlagen sie zu"),
        *("besuchen sie unseren shop", "visit our shop", "visit our store"),
    ),
    Sign.HURRY: (
        *("nur heute", "nur noch heute", "nur fuer kurze zeit", "limited time", "today only"),
        *("solange der vorrat reicht", "while stocks last", "last chance", "letzte chance"),
    ),
    Sign.NEWS: (
        *("folgen sie uns", "folge uns", "follow us", "abonnieren sie", "abonniere"),
        *("subscribe to", "sign up for our", "unsere neuigkeiten", "our latest news"),
        *("neue kollektion", "new collection", "new arrivals"),
    ),
    Sign.RATING: (
        *(
            "bewerten sie",
            "bewerte uns",
            "ihre bewertung",
            "rate us",
            "rate our",
            "leave a review",
        ),
        *("write a review", "survey", "weiterempfehlen", "empfehlen sie uns", "recommend us"),
        *("wie zufrieden", "how satisfied", "tell your friends"),
    ),
    Sign.CONTEST: ("prize draw", "win a", "gewinnen sie", "jetzt gewinnen"),
    Sign.PRAISE: (
        *("angebot", "angebote", "aktion", "aktionen", "offer", "offers", "deal", "deals"),
        *("guenstig", "guenstiger", "exklusiv", "exclusive", "gratis", "geschenk", "neuheiten"),
        *("promotion", "bestseller", "premium"),
    ),
}
_UMLAUTS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss"})
_BETWEEN = re.compile(r"[\W_]+")
_LINK = re.compile(r"\b(?:https?://|www\.)\S{1,300}", re.IGNORECASE)
_TRACKED = re.compile(r"[?&](?:utm_[a-z]+|gclid|fbclid|coupon|voucher|promo|discount)=", re.I)
_CUT = re.compile(r"\d{1,3} ?%\s{0,3}(?:off|auf|rabatt|discount|günstiger|reduziert)\b", re.I)
_PERCENTAGE = re.compile(r"\d{1,3}(?:[.,]\d{1,2})? ?%")
_PRICE = re.compile(r"(?:€|\$|£) ?\d{1,6}|\d{1,6}(?:[.,]\d{2})? ?(?:€|£|\$|euro?\b)", re.I)


def find(text: str) -> list[Finding]:
    """Each sign once, the refused ones first. Places of a text count as their fallbacks."""
    plain = "".join(
        part if isinstance(part, str) else part.fallback or "" for part in split(text)
    )
    found = {finding.sign: finding for finding in [*_findings(plain)][::-1]}
    return sorted(found.values(), key=lambda finding: list(Sign).index(finding.sign))


def _findings(text: str) -> Iterator[Finding]:
    text = "".join(c for c in unicodedata.normalize("NFKC", text) if _is_visible(c))
    yield from _links(text)
    # Words of an address say nothing about ours.
    text = _LINK.sub(" ", text)
    yield from _in_words(text)
    if cut := _CUT.search(text):
        yield Finding(Sign.REDUCTION, cut[0])
    elif percentage := _PERCENTAGE.search(text):
        yield Finding(Sign.PERCENTAGE, percentage[0])
    if price := _PRICE.search(text):
        yield Finding(Sign.PRICE, price[0])


def _is_visible(letter: str) -> bool:
    return unicodedata.category(letter) != "Cf"


def _links(text: str) -> Iterator[Finding]:
    for link in _LINK.findall(text):
        yield Finding(Sign.TRACKED_LINK if _TRACKED.search(link) else Sign.LINK, link)


def _in_words(text: str) -> Iterator[Finding]:
    words = [word for word in _BETWEEN.split(text.casefold().translate(_UMLAUTS)) if word]
    for sign, parts in _PARTS.items():
        for word in words:
            if any(part in word for part in parts):
                yield Finding(sign, word)
    line = f" {' '.join(words)} "
    for sign, phrases in _WORDS.items():
        for phrase in phrases:
            if f" {phrase} " in line:
                yield Finding(sign, phrase)
