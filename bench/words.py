"""Texts and names as in customer service: skewed lengths, two languages, rare words."""

from __future__ import annotations

import bisect
import itertools
import random
from functools import cache

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
_FIRST_NAMES: list[str] = """
Lena Mehmet Klara Jonas Pia Dorothea Ali Anna Peter Sofia Jürgen Björn Ayşe Karim Oksana
Sébastien Zoë Łukasz Nuría Thi Emre Heike Götz Maren Olga Tariq Ingrid Fabian Leila Sven
""".split()  # noqa: SIM905
_LAST_NAMES: list[str] = """
Hofmann Şahin Fuchs Becker Wolf Nguyen Meier Schmidt Weber Koch Müller Öztürk Krüger Schäfer
Weiß Kowalski Novák Petrov Rossi Fernández Dubois Jansen Lindqvist Haddad Okafor Vogel Braun
Stein Brandt Keller
""".split()  # noqa: SIM905
# Every hundredth message holds this word, and one in fifty thousand that one.
COMMON = "garantieverlängerung"
RARE = "xylophonständer"

Ranked = tuple[list[str], list[float]]


class Writer:
    """Makes texts and names, the same ones for the same seed."""

    def __init__(self, seed: int) -> None:
        self.random = random.Random(seed)

    def name(self) -> str:
        return f"{self.random.choice(_FIRST_NAMES)} {self.random.choice(_LAST_NAMES)}"

    def text(self) -> str:
        """From one word to some hundred; the median is eight."""
        vocabulary, weights = _languages()[self.random.random() < 0.35]
        draw, last = self.random.random, weights[-1]
        count = min(600, max(1, int(self.random.lognormvariate(2.1, 0.9))))
        words = [vocabulary[bisect.bisect(weights, draw() * last)] for _ in range(count)]
        chance = draw()
        if chance < 0.01:
            words.insert(count // 2, COMMON)
        elif chance > 1 - 1 / 50_000:
            words.insert(count // 2, RARE)
        return " ".join(words).capitalize()


@cache
def _languages() -> tuple[Ranked, Ranked]:
    """Two vocabularies of 6,000 words, the same ones always."""
    chance = random.Random(1)
    return _ranked(_GERMAN, chance), _ranked(_ENGLISH, chance)


def _ranked(words: list[str], chance: random.Random) -> Ranked:
    """Known words first, then made-up ones, with weights by Zipf's law."""
    made_up = ["".join(chance.choices("abdefgiklmnoprstuw", k=9)) for _ in range(5900)]
    vocabulary = words + made_up
    return vocabulary, list(itertools.accumulate(1 / (n + 3) for n in range(len(vocabulary))))
