"""Some of every kind as German agents read them."""

from __future__ import annotations

from tests.inbox.outcomes.words import ANSWERABLE, Changes, bald, thread

ROWS: dict[str, Changes] = {
    "call_connect": {
        "list": ["Ida Brandt · 1 ungelesen · waits"],
        "thread": ["Verpasster Anruf"],
        "composer": [ANSWERABLE],
        "person": ["Service-Anfragen Hat uns zuerst geschrieben"],
    },
    "echo": {
        "list": ["Ida Brandt · Gesendet: Ja, ab 15 Uhr."],
        "thread": [
            (
                "Über die Telefon-App gesendet: Ja, ab 15 Uhr. Über die Telefon-App "
                "gesendet Gesendet"
            )
        ],
    },
    "group_text": {
        "list": ["Ida Brandt · Hallo Gruppe · 1 ungelesen"],
        "thread": [
            (
                "Ida Brandt: Hallo Gruppe In einer Gruppe geschrieben: Hier kann darauf "
                "nicht geantwortet werden."
            )
        ],
    },
    "handover_passed": thread(
        "Die Unterhaltung wird wieder hier beantwortet",
        "Zusammenfassung der anderen App: Reklamation",
    ),
    "identity_changed": thread(
        "Die Sicherheitsnummer des Kontakts hat sich geändert: ein neues Telefon oder "
        "eine neue Installation. Fragen Sie im Zweifel, wer schreibt, bevor Sie etwas "
        "Persönliches sagen"
    ),
    "preference_stop": {
        "thread": ["Der Kontakt hat Werbung in WhatsApp abgeschaltet"],
        "person": ["Werbung Abbestellt"],
    },
    "revoke": thread("Ida Brandt: Der Kontakt hat diese Nachricht gelöscht."),
    "status_failed_unreachable": bald(
        "Nicht gesendet Diese Person ist nicht erreichbar: kein WhatsApp unter dieser "
        "Nummer, eine veraltete App oder neue Nutzungsbedingungen nicht angenommen. "
        "Nehmen Sie einen anderen Weg. Noch einmal versuchen"
    ),
    "unknown_type": {
        "list": ["Ida Brandt · Unbekannte Nachricht · 1 ungelesen · waits"],
        "thread": [
            "Ida Brandt: Eine Nachricht, deren Art Supportdesk noch nicht kennt (hologram)."
        ],
        "composer": [ANSWERABLE],
        "person": ["Service-Anfragen Hat uns zuerst geschrieben"],
    },
    "unsupported": {
        "list": ["Ida Brandt · Nicht unterstützte Nachricht · 1 ungelesen · waits"],
        "thread": [
            (
                "Ida Brandt: WhatsApp gibt das nicht an uns weiter: eine Umfrage. Bitten "
                "Sie darum, es auf andere Weise zu senden."
            )
        ],
        "composer": [ANSWERABLE],
        "person": ["Service-Anfragen Hat uns zuerst geschrieben"],
    },
    "voice": {
        "list": ["Ida Brandt · Sprachnachricht · 1 ungelesen · waits"],
        "thread": ["Ida Brandt: Audio von Ida Brandt"],
        "composer": [ANSWERABLE],
        "person": ["Service-Anfragen Hat uns zuerst geschrieben"],
    },
}
