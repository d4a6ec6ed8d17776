"""What the demo's labels mean, one that not everybody sees, and labels on people."""

from __future__ import annotations

from collections.abc import Sequence

from inbox.actions import labels
from inbox.demo.company import Company
from inbox.models import Contact, Label

DESCRIPTIONS = {
    "Bestellung": "Eine Bestellung aufgeben, ändern oder stornieren",
    "Rückfrage": "Uns fehlt noch etwas, bevor wir helfen können",
    "Reklamation": "Beschädigt, falsch oder gar nicht angekommen",
    "VIP": "Stammkunden und Firmen mit Rahmenvertrag",
}


def set_up(company: Company, contacts: Sequence[Contact]) -> None:
    for name, description in DESCRIPTIONS.items():
        Label.objects.filter(name=name).update(description=description)
    admin = company.agents[-1]
    sensitive = labels.create(
        name="Barrierefreie Lieferung",
        colour="#a21caf",
        description="Jemand im Haus kann nicht selbst tragen oder an die Tür kommen",
        is_sensitive=True,
        by=admin,
    )
    for contact in contacts[2:9:3]:
        labels.add_to_contact(contact, company.labels["VIP"], by=admin)
    for contact in contacts[4:6]:
        labels.add_to_contact(contact, sensitive, by=admin)
