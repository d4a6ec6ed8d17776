"""The demo's shop: its people, labels and number."""

from __future__ import annotations

from dataclasses import dataclass

from django.conf import settings

from inbox.actions import templates
from inbox.encryption import fingerprint
from inbox.models import Agent, AppSecret, Channel, Label, Team

PASSWORD = "demo-desk-2026"  # noqa: S105 (printed by `make demo`)
APP_SECRET = "simulator-app-secret"  # noqa: S105 (the simulator's)

# name, e-mail, role, data protection, language
PEOPLE = (
    ("Anna Keller", "anna@demo.example", Agent.Role.AGENT, False, "de"),
    ("Jana Meier", "jana@demo.example", Agent.Role.AGENT, False, "de"),
    ("Tobias Brandt", "tobias@demo.example", Agent.Role.LEAD, False, "en"),
    ("Adele Minck", "adele@demo.example", Agent.Role.ADMIN, True, "de"),
)
LABELS = {
    "Bestellung": "#d97706",
    "Rückfrage": "#2563eb",
    "Reklamation": "#be123c",
    "VIP": "#7c3aed",
    "Termin": "#0f766e",
    "Rechnung": "#475569",
}
# The English scripts' words for the same labels.
SAME_LABEL = {
    "Order": "Bestellung",
    "Question": "Rückfrage",
    "Complaint": "Reklamation",
    "Appointment": "Termin",
    "Invoice": "Rechnung",
}


@dataclass(frozen=True, slots=True)
class Company:
    channel: Channel
    agents: list[Agent]
    labels: dict[str, Label]


def found() -> Company:
    """Make the shop."""
    team = Team.objects.create(name="Kundenservice")
    agents = [
        Agent.objects.create_user(
            email,
            PASSWORD,
            name=name,
            role=role,
            data_protection=data_protection,
            language=language,
            team=team,
        )
        for name, email, role, data_protection, language in PEOPLE
    ]
    labels = [
        Label(name=name, colour=colour, position=position)
        for position, (name, colour) in enumerate(LABELS.items())
    ]
    made = {label.name: label for label in Label.objects.bulk_create(labels)}
    return Company(_number(), agents, made)


def _number() -> Channel:
    channel = Channel.objects.create(
        name="Möbelhaus Alma",
        phone_number_id="200000000000001",
        waba_id="100000000000001",
        display_phone_number="+49 30 901820",
        verified_name="Möbelhaus Alma",
        token="simulator-token",  # noqa: S106 (the simulator's)
        verify_token="simulator-verify",  # noqa: S106
        graph_base_url=settings.GRAPH_BASE_URL,
        quality="GREEN",
        messaging_limit="TIER_1K",
    )
    AppSecret.objects.create(
        channel=channel, secret=APP_SECRET, fingerprint=fingerprint(APP_SECRET)
    )
    templates.request_sync(channel)  # when the worker starts; the simulator has some
    return channel
