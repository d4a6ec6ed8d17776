"""Texts that admins find in empty forms, to be changed and switched on. Pure."""

from __future__ import annotations

from inbox.automatic.rules import Kind

# By kind, language and form of address.
SUGGESTIONS: dict[Kind, dict[tuple[str, str], str]] = {
    Kind.GREETING: {
        ("de", ""): "Guten Tag! Willkommen bei {{ company }}. Womit können wir Ihnen helfen?",
        ("de", "du"): "Hallo! Willkommen bei {{ company }}. Womit können wir dir helfen?",
        ("en", ""): "Hello and welcome to {{ company }}! How can we help you?",
    },
    Kind.RETURNING: {
        ("de", ""): "Schön, wieder von Ihnen zu hören! Wir sind gleich für Sie da.",
        ("de", "du"): "Schön, wieder von dir zu hören! Wir sind gleich für dich da.",
        ("en", ""): "Good to hear from you again! We will be with you shortly.",
    },
    Kind.AWAY: {
        ("de", ""): (
            "Danke für Ihre Nachricht! Im Moment ist niemand da. "
            "Wir antworten Ihnen: {{ next_opening | sobald wir wieder da sind }}."
        ),
        ("de", "du"): (
            "Danke für deine Nachricht! Im Moment ist niemand da. "
            "Wir antworten dir: {{ next_opening | sobald wir wieder da sind }}."
        ),
        ("en", ""): (
            "Thank you for your message! Nobody is here at the moment. "
            "We will answer you: {{ next_opening | as soon as we are back }}."
        ),
    },
    Kind.BUSY: {
        ("de", ""): (
            "Im Moment sind alle im Gespräch. Ihre Nachricht ist angekommen, "
            "wir antworten so bald wie möglich."
        ),
        ("de", "du"): (
            "Im Moment sind alle im Gespräch. Deine Nachricht ist angekommen, "
            "wir antworten so bald wie möglich."
        ),
        ("en", ""): (
            "Everybody is busy at the moment. Your message has arrived, "
            "and we will answer as soon as we can."
        ),
    },
    Kind.PRIVACY: {
        ("de", ""): (
            "Hinweis: Ihre Nachricht verarbeitet {{ company }} zur Beantwortung; "
            "WhatsApp/Meta ist technischer Dienstleister. "
            "Details und Ihre Rechte: {{ link }}\n"
            "*Sie können der Nutzung Ihrer Daten für Werbung jederzeit widersprechen.*\n"
            "Bitte keine Gesundheits- oder Kontodaten senden."
        ),
        ("en", ""): (
            "Note: {{ company }} processes your message to answer it; "
            "WhatsApp/Meta is our technical provider. Details and your rights: {{ link }}\n"
            "*You may object to marketing use of your data at any time.*\n"
            "Please do not send health or account data."
        ),
    },
}
USUAL_AFTER = {Kind.RETURNING: 90, Kind.BUSY: 10}
