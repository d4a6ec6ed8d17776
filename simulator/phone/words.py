"""The phone's texts in English and German. The page gets one of the two as a whole."""

from __future__ import annotations

_WORDS: dict[str, tuple[str, str]] = {
    "title": ("Telephones", "Telefone"),
    "subtitle": (
        "Simulated customers. Choose one and be the customer.",
        "Simulierte Kundschaft. Wählen Sie jemanden und schreiben Sie als Kunde.",
    ),
    "new_phone": ("New telephone", "Neues Telefon"),
    "search": ("Find a person", "Person suchen"),
    "nobody": ("Nobody here yet.", "Noch niemand da."),
    "nobody_hint": (
        "Make a telephone, write a message and watch it arrive at the desk.",
        "Legen Sie ein Telefon an, schreiben Sie und sehen Sie zu, wie es am Desk ankommt.",
    ),
    "choose": ("Choose a telephone on the left.", "Wählen Sie links ein Telefon."),
    "phone_of": ("{name}’s telephone", "Telefon von {name}"),
    "back": ("Back to the list", "Zurück zur Liste"),
    "options": ("Options", "Optionen"),
    "typing": ("writing …", "schreibt …"),
    "message": ("Message", "Nachricht"),
    "send": ("Send", "Senden"),
    "attach": ("Attach", "Anhängen"),
    "photo_file": ("Photo or video from this computer …", "Foto oder Video von hier …"),
    "photo_sample": ("Sample photo", "Beispielfoto"),
    "voice_sample": ("Voice note (sample)", "Sprachnachricht (Beispiel)"),
    "document_file": ("File from this computer …", "Datei von hier …"),
    "document_sample": ("Sample invoice (PDF)", "Beispielrechnung (PDF)"),
    "location": ("Location", "Standort"),
    "contact": ("Contact card", "Kontaktkarte"),
    "share_phone": ("My telephone number", "Meine Telefonnummer"),
    "sticker": ("Sticker", "Sticker"),
    "read_automatically": ("Opening the chat reads it", "Öffnen heißt gelesen"),
    "mark_read": ("Mark as read", "Als gelesen markieren"),
    "online": ("Telephone is switched on", "Telefon ist eingeschaltet"),
    "block": ("Block the business", "Unternehmen blockieren"),
    "unblock": ("Unblock", "Blockierung aufheben"),
    "blocked": (
        "You have blocked this business. It cannot write to you.",
        "Sie haben dieses Unternehmen blockiert. Es kann Ihnen nicht schreiben.",
    ),
    "blocked_by_business": (
        "The business has blocked this telephone. It hears nothing you write.",
        "Das Unternehmen hat dieses Telefon blockiert und hört nichts mehr davon.",
    ),
    "change_number": ("Change telephone number …", "Telefonnummer wechseln …"),
    "change_number_hint": (
        "The new number, or leave it empty and one is made up.",
        "Die neue Nummer, oder leer lassen für eine erfundene.",
    ),
    "call": ("Ring (nobody answers)", "Anrufen (niemand nimmt ab)"),
    "stop_marketing": ("Stop advertising", "Werbung abstellen"),
    "resume_marketing": ("Allow advertising", "Werbung erlauben"),
    "forget": ("Remove this telephone", "Dieses Telefon entfernen"),
    "forget_sure": (
        "Remove {name}’s telephone from the simulator? The desk keeps what it has.",
        "Das Telefon von {name} aus dem Simulator entfernen? Am Desk bleibt alles.",
    ),
    "name": ("Name", "Name"),
    "phone_number": ("Telephone number (may stay empty)", "Telefonnummer (darf leer bleiben)"),
    "without_number": (
        "Shows only a user name, no number",
        "Zeigt nur einen Benutzernamen, keine Nummer",
    ),
    "writes_to": ("Writes to", "Schreibt an"),
    "cancel": ("Cancel", "Abbrechen"),
    "create": ("Create", "Anlegen"),
    "change": ("Change", "Wechseln"),
    "remove": ("Remove", "Entfernen"),
    "reply": ("Reply", "Antworten"),
    "react": ("React", "Reagieren"),
    "delete": ("Delete for everyone", "Für alle löschen"),
    "take_back": ("Take the reaction back", "Reaktion zurücknehmen"),
    "deleted": ("This message was deleted", "Diese Nachricht wurde gelöscht"),
    "edited": ("edited", "bearbeitet"),
    "photo": ("Photo", "Foto"),
    "video": ("Video", "Video"),
    "voice": ("Voice note", "Sprachnachricht"),
    "audio": ("Audio", "Audio"),
    "document": ("Document", "Dokument"),
    "order": ("Order", "Bestellung"),
    "unsupported": ("Something the business cannot see", "Etwas, das dort nicht ankommt"),
    "link_missing": ("File behind a link: {link}", "Datei hinter einem Link: {link}"),
    "today": ("Today", "Heute"),
    "yesterday": ("Yesterday", "Gestern"),
    "tick_sent": ("Sent", "Gesendet"),
    "tick_delivered": ("Arrived at the desk", "Am Desk angekommen"),
    "tick_read": ("Read", "Gelesen"),
    "reconnecting": ("Connection lost, trying again …", "Verbindung weg, neuer Versuch …"),
    "too_large": ("The file is too large (16 MB at most).", "Die Datei ist zu groß (16 MB)."),
    "went_wrong": ("That did not work: {reason}", "Das ging nicht: {reason}"),
    "empty_chat": (
        "Nothing here yet. Write the first message to {name}.",
        "Noch nichts hier. Schreiben Sie {name} die erste Nachricht.",
    ),
    "unread": ("unread", "ungelesen"),
    "language": ("Deutsch", "English"),
    "remove_quote": ("Do not quote", "Nicht zitieren"),
    "earlier": ("Earlier messages", "Frühere Nachrichten"),
}


def words(language: str) -> dict[str, str]:
    place = 1 if language == "de" else 0
    return {key: texts[place] for key, texts in _WORDS.items()}


def choose_language(asked: str, accepted: str) -> str:
    """``asked`` is an explicit choice, ``accepted`` the Accept-Language header."""
    if asked in ("de", "en"):
        return asked
    ranked = []
    for position, part in enumerate(accepted.split(",")[:20]):
        tag, _, rest = part.partition(";")
        language = tag.strip().lower().partition("-")[0]
        if language in ("de", "en"):
            ranked.append((-_quality(rest), position, language))
    return min(ranked)[2] if ranked else "en"


def _quality(text: str) -> float:
    try:
        return float(text.strip().removeprefix("q="))
    except ValueError:
        return 1.0
