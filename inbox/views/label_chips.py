"""Labels as chips, each with its way off, and the way to the menu (inbox.views.labelling)."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils.safestring import SafeString

from inbox import stencils
from inbox.addresses import address
from inbox.label_choice import Given, given
from inbox.models import Agent, Contact


def chips(labels: Iterable[Given], url: str, token: str) -> SafeString:
    things = {
        "url": url,
        "csrf_token": token,
        "labels": [
            {"pk": str(label.pk), "code": str(label.code), "name": label.name}
            for label in labels
        ],
    }
    return stencils.draw("inbox/_label_chips.html", things)


def chips_of_contact(contact: Contact, reader: Agent, token: str) -> SafeString:
    labels = given(0, contact.pk, reader)
    return chips(labels, address("contact_labels", contact.code), token)
