"""Texts that look like customer service: skewed lengths, two languages, rare words."""

from __future__ import annotations

import bisect
import itertools
import random

_GERMAN: list[str] = """
hallo guten tag moin danke vielen dank bitte ich wir sie der die das ein eine mein meine
nicht ist sind war habe haben hat kann können möchte würde wann wo wie was warum und oder
aber auch noch schon heute morgen gestern woche montag dienstag mittwoch donnerstag freitag
bestellung lieferung paket rechnung termin adresse telefon nummer artikel größe farbe stuhl
tisch sofa lampe regal schrank bein schraube anleitung gutschein rabatt zahlung überweisung
rückgabe umtausch reklamation kratzer beschädigt defekt falsch fehlt kaputt schnell leider
gerne super prima passt alles klar okay gruß grüße liebe freundliche uhr abholung filiale
lager versand spedition
""".split()  # noqa: SIM905 (a list of 90 strings is no better to read)
_ENGLISH: list[str] = """
hello hi thanks thank you please i we the a my your not is are was have has can could would
when where how what why and or but also still already today tomorrow yesterday week monday
tuesday friday order delivery parcel invoice appointment address phone number item size
colour chair table sofa lamp shelf cupboard leg screw manual voucher discount payment refund
return exchange complaint scratch damaged broken wrong missing fast sorry great fine works
all clear okay kind regards pickup store warehouse shipping carrier late early change cancel
confirm
""".split()  # noqa: SIM905 (a list of 90 strings is no better to read)
# Every hundredth message holds this word, and one in fifty thousand that one.
COMMON = "garantieverlängerung"
RARE = "xylophonständer"


class Writer:
    """Makes texts, the same ones for the same seed."""

    def __init__(self, seed: int) -> None:
        self.random = random.Random(seed)
        self._languages = [self._ranked(words) for words in (_GERMAN, _ENGLISH)]

    def _ranked(self, words: list[str]) -> tuple[list[str], list[float]]:
        """A vocabulary of 6,000 words by Zipf's law: known ones first, then made-up ones."""
        made_up = ["".join(self.random.choices("abdefgiklmnoprstuw", k=9)) for _ in range(5900)]
        vocabulary = words + made_up
        weights = itertools.accumulate(1 / (rank + 3) for rank in range(len(vocabulary)))
        return vocabulary, list(weights)

    def text(self) -> str:
        """From one word to some hundred; the median is eight."""
        vocabulary, weights = self._languages[self.random.random() < 0.35]
        draw, last = self.random.random, weights[-1]
        count = min(600, max(1, int(self.random.lognormvariate(2.1, 0.9))))
        words = [vocabulary[bisect.bisect(weights, draw() * last)] for _ in range(count)]
        chance = draw()
        if chance < 0.01:
            words.insert(count // 2, COMMON)
        elif chance > 1 - 1 / 50_000:
            words.insert(count // 2, RARE)
        return " ".join(words).capitalize()
