"""What a contact is called on screen. A business-scoped id is never shown in full."""

from __future__ import annotations

import phonenumbers
from django.utils.translation import gettext as _

from inbox.models import Contact

_TITLES = frozenset({"dr", "prof", "dipl", "ing"})
_SALUTATIONS = frozenset({"herr", "frau", "hr", "fr", "mr", "mrs", "ms", "miss", "familie"})


def display_name(contact: Contact) -> str:
    """Own name, else profile name, user name, number; at last the end of the id."""
    if name := contact.name or contact.profile_name:
        return name[:200]
    if contact.username:
        return f"@{contact.username}"
    if contact.phone:
        return format_phone(contact.phone)
    return _("WhatsApp user …%(end)s") % {"end": contact.bsuid[-4:]}


def format_phone(digits: str) -> str:
    """``4915112345678`` → ``+49 1511 2345678``; what cannot be read is shown as it is."""
    try:
        number = phonenumbers.parse(f"+{digits}")
    except phonenumbers.NumberParseException:
        return f"+{digits}"
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.INTERNATIONAL)


def first_name(name: str) -> str:
    """What a text may call somebody by; "" if the name does not tell.

    Of "Weber, Anna" and "Dr. Anna Weber" it is Anna; "Herr Weber" and "+49 151" have none.
    """
    last, comma, first = name.partition(",")
    words = (first if comma else last).split()
    while words and words[0].casefold().rstrip(".") in _TITLES:
        words = words[1:]
    if not words or words[0].casefold().rstrip(".") in _SALUTATIONS:
        return ""
    found = words[0].strip("~*_.!")
    return found if sum(letter.isalpha() for letter in found) > 1 else ""
