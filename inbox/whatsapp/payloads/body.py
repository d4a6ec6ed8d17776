"""From bytes to a document that any database can keep.

Meta's JSON may hold what PostgreSQL or UTF-8 refuse: NUL, lone surrogates, numbers
without end, nesting without end. It is mended here, once, so that nobody else needs to.
"""

from __future__ import annotations

import codecs
import json
import math
import re

import msgspec

MAX_DEPTH = 60  # Meta's deepest documented shape is about 12
REPLACEMENT = "\ufffd"

_SURROGATES = re.compile("[\ud800-\udfff]")
_ESCAPED_PAIR = re.compile(r"\\u[dD][89abAB]..\\u[dD][c-fC-F]..")
_ESCAPED_HALF = re.compile(r"\\u[dD][89a-fA-F]")


def load(body: bytes | str) -> object:
    """Raise ValueError or RecursionError when it is no JSON at all.

    Bytes are decoded so that they hold no surrogates; a text must have come from here.
    """
    if isinstance(body, bytes) and b"\\u0000" not in body:
        try:
            document = _STRICT_DECODER.decode(body)
        except (ValueError, RecursionError):
            pass  # no JSON, or JSON that has to be mended
        else:
            is_deep = _is_deep(body.count(b"{") + body.count(b"["), document)
            return _cleaned(document, MAX_DEPTH) if is_deep else document
    return _patiently(body if isinstance(body, str) else _decoded(body))


def _patiently(text: str) -> object:
    document = _parse(text)
    if _is_dirty(text) or _is_deep(text.count("{") + text.count("["), document):
        return _cleaned(document, MAX_DEPTH)
    return document


def _decoded(body: bytes) -> str:
    """As "utf-8-sig" does it, which is written in Python."""
    return body.removeprefix(codecs.BOM_UTF8).decode("utf-8", "replace")


def _parse(text: str) -> object:
    try:
        return _DECODER.decode(text)
    except json.JSONDecodeError:
        raise
    except ValueError:  # an integer with more digits than Python converts
        return _PATIENT_DECODER.decode(text)


def _finite(digits: str) -> float | str:
    number = float(digits)
    return number if math.isfinite(number) else digits


def _short(digits: str) -> int | str:
    return int(digits) if len(digits) < 40 else digits


def _nothing(_constant: str) -> None:
    """NaN and Infinity are Python's idea; no database takes them."""


# A third of the time. What it refuses (halves of surrogate pairs, control characters, broken
# UTF-8, numbers without end) is looked at by the patient one.
_STRICT_DECODER = msgspec.json.Decoder()
_DECODER = json.JSONDecoder(parse_float=_finite, parse_constant=_nothing, strict=False)
_PATIENT_DECODER = json.JSONDecoder(
    parse_int=_short, parse_float=_finite, parse_constant=_nothing, strict=False
)


def _is_dirty(text: str) -> bool:
    if "\\u0000" in text or "\x00" in text:
        return True
    if "\\ud" not in text and "\\uD" not in text:
        return False
    # Meta escapes every emoji; what is left when all whole ones are gone is half a one.
    return _ESCAPED_HALF.search(_ESCAPED_PAIR.sub("", text)) is not None


def _is_deep(brackets: int, document: object) -> bool:
    if brackets <= MAX_DEPTH:
        return False
    level: list[object] = [document]
    for _ in range(MAX_DEPTH):
        level = [
            child
            for node in level
            for child in (node.values() if isinstance(node, dict) else _elements(node))
            if type(child) is dict or type(child) is list
        ]
        if not level:
            return False
    return True


def _elements(node: object) -> list[object]:
    return node if isinstance(node, list) else []


def _cleaned(value: object, depth: int) -> object:
    if isinstance(value, str):
        return _SURROGATES.sub(REPLACEMENT, value.replace("\x00", ""))
    if not isinstance(value, dict | list):
        return value
    if not depth:
        return "…"
    if isinstance(value, list):
        return [_cleaned(item, depth - 1) for item in value]
    return {str(_cleaned(k, 1)): _cleaned(v, depth - 1) for k, v in value.items()}
