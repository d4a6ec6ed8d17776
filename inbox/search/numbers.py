"""Telephone numbers, which people write in many ways: +49 (0)170 …, 0049170…, 0170/…"""

from __future__ import annotations

import re

import phonenumbers

TYPED = re.compile(r"\+?[0-9\s()/.\-]+")
MIN_TYPED = 3
# Fewer digits in a message are a price, a date or the number of an order.
MIN_WRITTEN = 7
DIGIT = re.compile("[0-9]")
WRITTEN = re.compile(r"(?<![\w+])[+(]?[0-9](?:[\s()/.\-]{0,3}[0-9]){6,19}(?!\w)")


def digits_of(text: str) -> str:
    """``+49 (0)151 23`` → ``4915123``; ``0049 …`` the same; ``0151 23`` stays local."""
    return re.sub("[^0-9]", "", text.replace("(0)", "")).removeprefix("00")


def typed_digits(text: str) -> str:
    """The digits of what can be the beginning of a number, else ""."""
    digits = digits_of(text) if TYPED.fullmatch(text) else ""
    return digits if len(digits) >= MIN_TYPED else ""


def phone_forms(digits: str) -> list[str]:
    """``4915112345678`` also as ``015112345678``, ``15112345678`` and ``49015112345678``."""
    if not digits:
        return []
    try:
        number = phonenumbers.parse(f"+{digits}")
    except phonenumbers.NumberParseException:
        return [digits]
    national = phonenumbers.national_significant_number(number)
    return [digits, f"0{national}", national, f"{number.country_code}0{national}"]


def forms_of(text: str) -> list[str]:
    """The same of a number as somebody wrote it; of a local one the country is not known."""
    digits = digits_of(text)
    if text.lstrip("(").startswith(("+", "00")):
        return phone_forms(digits)
    return [digits, digits[1:]] if digits.startswith("0") else [digits]


def numbers_in(text: str) -> list[str]:
    """All forms of all numbers that stand in a text."""
    if not DIGIT.search(text):  # as in most messages, and found out in no time
        return []
    return [form for found in WRITTEN.finditer(text) for form in forms_of(found.group())]
