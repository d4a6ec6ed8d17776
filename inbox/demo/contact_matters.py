"""What the demo's shop keeps of its contacts: fields, notes, and two who were one person."""

from __future__ import annotations

import random
import uuid
from datetime import timedelta
from decimal import Decimal

from django.utils import timezone

from consent import gate
from inbox import search
from inbox.actions import contact_fields, contact_merges, contact_notes
from inbox.contact_fields import Value
from inbox.demo.company import Company
from inbox.models import Contact, ContactField, ContactIdentity, Conversation

FILIALEN = ("Berlin", "Hamburg", "Köln", "Versand")
# key, name, kind
FIELDS = (
    ("kundennummer", "Kundennummer", "text"),
    ("schuhgroesse", "Schuhgröße", "number"),
    ("filiale", "Filiale", "choice"),
    ("kunde_seit", "Kunde seit", "date"),
)
NOTES = {
    "Lena Hofmann": "Wohnt im vierten Stock ohne Aufzug: Lieferung immer mit zwei Personen.",
    "Mehmet Şahin": "Arbeitet im Schichtdienst, am besten nach 16 Uhr schreiben.",
    "Café Rosental": "Ansprechpartnerin für Bestellungen ist Frau Rosental, für Rechnungen "
    "die Buchhaltung.",
    "Dorothea Nguyen": "Sammelt die Serie „Jon“ in Eiche. Bei Neuheiten dieser Serie Bescheid "
    "geben, wenn sie danach fragt.",
}
SAME_PERSON = "Klara Fuchs"


def furnish(company: Company) -> None:
    """Needs the contacts to be there."""
    contacts = list(Contact.objects.order_by("pk"))
    _fill_in(company, contacts)
    for name, body in NOTES.items():
        contact_notes.add(
            Contact.objects.get(profile_name=name), body=body, by=company.agents[0]
        )
    _merge(company, Contact.objects.get(profile_name=SAME_PERSON))


def _fill_in(company: Company, contacts: list[Contact]) -> None:
    fields: list[ContactField] = [
        contact_fields.create(
            key=key, name=name, kind=kind, choices=FILIALEN if kind == "choice" else ()
        )
        for key, name, kind in FIELDS
    ]
    number, size, branch, since = fields
    chance = random.Random(11)  # noqa: S311 (a story)
    for contact in contacts:
        values: dict[ContactField, Value] = {
            number: f"K-{10400 + 7 * contact.pk}",
            branch: chance.choice(FILIALEN),
            since: contact.created_at.date(),
        }
        if chance.random() < 0.4:
            values[size] = Decimal(chance.choice(("37", "38.5", "40", "42", "43.5")))
        contact_fields.fill_in(contact, values, by=chance.choice(company.agents[:3]))


def _merge(company: Company, kept: Contact) -> None:
    """She had written from her office as well."""
    lead = company.agents[2]
    office = Contact.objects.create(
        display_name="K. Fuchs (Büro)",
        profile_name="K. Fuchs (Büro)",
        phone="493090182277",
        language="de",
        consent_subject=uuid.uuid4(),
        created_at=timezone.now() - timedelta(days=60),
    )
    gate.register([office.consent_subject])
    ContactIdentity.objects.create(
        contact=office, kind=ContactIdentity.Kind.PHONE, value=office.phone
    )
    search.index_contacts([office])
    closed_at = timezone.now() - timedelta(days=55)
    Conversation.objects.create(
        channel=company.channel,
        contact=office,
        status=Conversation.Status.CLOSED,
        opened_at=closed_at - timedelta(hours=2),
        closed_at=closed_at,
        last_message_at=closed_at,
        last_message_kind="text",
        last_message_direction="in",
        last_message_preview="Danke, dann hole ich den Tisch am Samstag ab",
        assignee=company.agents[1],
    )
    contact_merges.merge(kept=kept, gone=office, by=lead)
