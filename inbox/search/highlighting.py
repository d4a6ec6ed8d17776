"""The place found: a few words around it, with the words themselves marked."""

from __future__ import annotations

from dataclasses import dataclass

from inbox.search.numbers import WRITTEN, forms_of
from inbox.search.words import WORD, Query, fold, spelled_out

BEFORE = 40  # letters shown before the first place found
LENGTH = 140
# German and English endings: "Lieferung" was found by "Lieferungen", or the other way round.
MIN_STEM = 4
MAX_ENDING = 3


@dataclass(frozen=True, slots=True)
class Piece:
    text: str
    is_match: bool = False


def excerpt(text: str, query: Query) -> tuple[Piece, ...]:
    """The text around the first match, cut into what matches and what does not."""
    flat = " ".join(text.split())
    matches = _matches(flat, query)
    start = max(0, matches[0][0] - BEFORE) if matches else 0
    if start:
        space = flat.find(" ", start, matches[0][0])
        start = space + 1 if space != -1 else start
    end = min(len(flat), start + LENGTH)
    return tuple(_pieces(flat, matches, start, end))


def marked(text: str, query: Query) -> tuple[Piece, ...]:
    """The whole text, such as a name, cut into what matches and what does not."""
    return tuple(_pieces(text, _matches(text, query, prefixes=True), 0, len(text)))


def marked_number(number: str, digits: str) -> tuple[Piece, ...]:
    """``+49 151 2345`` with the place of ``15123`` or ``015123`` marked."""
    places = [at for at, letter in enumerate(number) if letter.isdigit()]
    bare = "".join(number[at] for at in places)
    wanted = digits.removeprefix("0")
    begin = bare.find(wanted)
    if begin == -1 or not wanted:
        return (Piece(number),)
    match = (places[begin], places[begin + len(wanted) - 1] + 1)
    return tuple(_pieces(number, [match], 0, len(number)))


def _pieces(text: str, matches: list[tuple[int, int]], start: int, end: int) -> list[Piece]:
    pieces = [Piece("…")] if start else []
    at = start
    for begin, finish in matches:
        if begin >= end:
            break
        finish = min(finish, end)
        if begin > at:
            pieces.append(Piece(text[at:begin]))
        pieces.append(Piece(text[begin:finish], is_match=True))
        at = finish
    if at < end:
        pieces.append(Piece(text[at:end]))
    if end < len(text):
        pieces.append(Piece("…"))
    return pieces


def _matches(text: str, query: Query, *, prefixes: bool = False) -> list[tuple[int, int]]:
    """Where words of the query stand, as (begin, end), as far as is shown after the first."""
    if query.written and (places := _numbers(text, query.written)):
        return places
    whole = {*query.words, *query.spelled}
    beginnings = tuple(whole) if prefixes else (query.words[-1], query.spelled[-1])
    exact, words = list[tuple[int, int]](), list[tuple[str, tuple[int, int]]]()
    for found in WORD.finditer(text):
        if exact and found.start() > exact[0][0] + LENGTH:
            break
        word, at = fold(found.group()), found.span()
        spellings = {word} if found.group().isascii() else {word, spelled_out(found.group())}
        if any(its in whole or its.startswith(beginnings) for its in spellings):
            exact.append(at)
        words.append((word, at))
    if exact:
        return exact
    return [at for word, at in words if any(_same_stem(word, wanted) for wanted in whole)]


def _numbers(text: str, written: tuple[str, ...]) -> list[tuple[int, int]]:
    return [
        found.span()
        for found in WRITTEN.finditer(text)
        if any(form.startswith(written) for form in forms_of(found.group()))
    ]


def _same_stem(one: str, other: str) -> bool:
    shared = 0
    for a, b in zip(one, other, strict=False):
        if a != b:
            break
        shared += 1
    return shared >= MIN_STEM and max(len(one), len(other)) - shared <= MAX_ENDING
