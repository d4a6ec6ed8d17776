"""Telephone numbers as people write them, read into the form WhatsApp knows."""

from __future__ import annotations

import phonenumbers

LONGEST = 40


class NotANumber(ValueError):
    """No telephone number with its country."""


def read_phone(text: str) -> str:
    """``+49 (0)151 2345678`` or ``0049 151…`` → ``491512345678``. The country must be told:
    guessing it would write to a stranger."""
    text = text.strip()
    if text.startswith("00"):
        text = f"+{text[2:]}"
    if not text.startswith("+") or len(text) > LONGEST:
        raise NotANumber
    try:
        number = phonenumbers.parse(text)
    except phonenumbers.NumberParseException as exc:
        raise NotANumber from exc
    if not phonenumbers.is_valid_number(number) or number.extension:
        raise NotANumber
    written = phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)
    return written.removeprefix("+")
