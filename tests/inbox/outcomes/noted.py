"""What is told of people and their conversations, and what others said in our name."""

from __future__ import annotations

from tests.inbox.outcomes.words import (
    ANSWERED_ELSEWHERE,
    MAY_BE_ANSWERED,
    NEVER_WROTE,
    NEW_ID,
    NOT_BUILT_SO,
    NOT_KNOWN,
    ON_THE_PHONE,
    ONLY_TEMPLATES,
    PART_MISSING,
    WROTE_FIRST,
    Changes,
    news,
    thread,
    wrote,
)

ROWS: dict[str, Changes] = {
    "address_book": {
        "list": ["Ida Brandt (Rad)"],
        "thread": [
            "Ida Brandt (Rad): Ist mein Rd fertig?",
            "Anna Keller Bald Sent 👎 👎 Ida Brandt (Rad)",
        ],
        "person": ["Ida Brandt (Rad)", "Calls themselves: Ida Brandt"],
    },
    "address_book_by_user_id": {
        "list": ["Ida vom Radverein"],
        "thread": [
            "Ida vom Radverein: Ist mein Rd fertig?",
            "Anna Keller Bald Sent 👎 👎 Ida vom Radverein",
        ],
        "person": ["Ida vom Radverein", "User name: @ida.rad", "Calls themselves: Ida Brandt"],
    },
    "call_ours": thread("Call to the customer"),
    "call_ours_answered": {
        "thread": ["Call to the customer"],
        "person": ["User name: @ida.rad"],
    },
    "call_status": {"thread": ["Call to the customer"], **MAY_BE_ANSWERED},
    "call_terminate": {
        "list": ["Ida Brandt · 1 unread"],
        "thread": ["Call, 1:05 min"],
        **MAY_BE_ANSWERED,
    },
    "echo_empty_to": {
        "list": ["Ida Brandt · Sent: Bis gleich!"],
        "thread": [f"{ON_THE_PHONE}: Bis gleich! {ON_THE_PHONE} Sent"],
    },
    "echo_swapped": {
        "list": ["Ida Brandt · Sent: Picture"],
        "thread": [f"{ON_THE_PHONE}: Picture · {ON_THE_PHONE} {ON_THE_PHONE} Sent"],
    },
    "handover_taken": thread("The conversation is answered here again"),
    "history": news(
        "Information: Older messages were handed over",
        list=["WhatsApp user …7566 · Ohne Nummer", "Ida Brandt · Earlier file"],
        thread=[
            f"{ON_THE_PHONE}: Ja, ab 15 Uhr {ON_THE_PHONE} Sent 😀 😀 Ida Brandt",
            "WhatsApp user …7566: Ohne Nummer",
            "Ida Brandt: Guten Morgen",
            f"{ON_THE_PHONE}: Guten Morgen, Ida {ON_THE_PHONE} Read",
            "Ida Brandt: An earlier file; it may still follow.",
        ],
        composer=[
            ONLY_TEMPLATES,
            ONLY_TEMPLATES,
        ],
        person=[
            "WhatsApp user …7566",
            *NEVER_WROTE,
            "Language: –",
            "Ida Brandt",
            *NEVER_WROTE,
            "Phone: +49 170 0000123",
            "Language: –",
        ],
    ),
    "history_echo": {
        "list": ["Ida Brandt · Sent: Document"],
        "thread": [f"{ON_THE_PHONE}: Angebot.pdf 15 bytes Download {ON_THE_PHONE} Sent"],
        "composer": [ONLY_TEMPLATES],
        "person": [
            "Ida Brandt",
            *NEVER_WROTE,
            "Phone: +49 170 0000123",
            "Language: –",
        ],
    },
    "history_echo_text": {
        "list": ["Ida Brandt · Sent: Damals noch per App"],
        "thread": [f"{ON_THE_PHONE}: Damals noch per App {ON_THE_PHONE} Sent"],
        "composer": [ONLY_TEMPLATES],
        "person": [
            "User name: @ida.rad",
            "Ida Brandt",
            *NEVER_WROTE,
            "Phone: +49 170 0000123",
            "User name: @ida.rad",
            "Language: –",
        ],
    },
    "history_media": {
        "list": ["Ida Brandt · Picture"],
        "thread": ["Ida Brandt: Picture from Ida Brandt"],
        "composer": [ONLY_TEMPLATES],
        "person": [
            "Ida Brandt",
            *NEVER_WROTE,
            "Phone: +49 170 0000123",
            "Language: –",
        ],
    },
    "link_click": thread("The customer tapped a link in one of our messages"),
    "message_with_summary": {
        "list": ["Ida Brandt · Ein Mensch bitte · 1 unread · waits"],
        "thread": [
            "Ida Brandt: Ein Mensch bitte",
            "Summary by the other app: Wollte einen Termin, der Bot fand keinen.",
        ],
        **MAY_BE_ANSWERED,
    },
    "number_changed": {
        "thread": ["The customer's number changed from +49 170 0000123 to +49 170 0000999"],
        "person": ["Phone: +49 170 0000999"],
    },
    "preference_other": {
        "thread": ["The customer changed what they want to receive"],
        "person": ["User name: @ida.rad"],
    },
    "preference_resume": {
        "list": ["Kim"],
        "thread": ["The customer allows advertising in WhatsApp again"],
        "composer": [ONLY_TEMPLATES],
        "person": [
            "Kim",
            *NEVER_WROTE,
            "User name: @kim.malt",
            "Language: –",
        ],
    },
    "preference_stop_by_user_id": {
        "thread": ["The customer switched off advertising in WhatsApp"],
        "person": ["Advertising Stopped by the customer", "User name: @ida.rad"],
    },
    "repeat": wrote("Doppelt hält besser", "Doppelt hält besser"),
    "request_welcome": {**MAY_BE_ANSWERED},
    "standby": {
        "list": ["Ida Brandt · Sent: Passt das? · 1 unread"],
        "thread": [
            "Anna Keller Bald Delivered 👎 👎 Ida Brandt",
            "Ida Brandt: Frage an den Bot",
            "Sent by another app: Ida Template bot_gruss Sent by another app Sent",
            "Sent by another app: Bot Passt das? automatisch Ja Nein Sent by another app Sent",
        ],
        "composer": [ANSWERED_ELSEWHERE],
        "person": [WROTE_FIRST],
    },
    "standby_message": {
        "list": ["Ida Brandt · Noch eine Frage an den Bot · 1 unread"],
        "thread": ["Ida Brandt: Noch eine Frage an den Bot"],
        "composer": [ANSWERED_ELSEWHERE],
        "person": [WROTE_FIRST],
    },
    "system_new": thread("WhatsApp says: Ida is on Mars now"),
    "unknown": {
        "parked": [
            NOT_KNOWN + ' · {"messaging_product": "whatsapp", "rain": [1, {"mm": 2}]}',
        ],
    },
    "user_id_changed": thread(NEW_ID),
    "user_id_changed_bare": thread(NEW_ID),
    "user_id_changed_with_number": {
        "thread": ["The customer's number changed from +49 170 0000123 to +49 170 0000998"],
        "person": ["Phone: +49 170 0000998"],
    },
    "user_id_update": thread(NEW_ID),
    "wrong_shapes": {
        "list": ["Ida Brandt · Nachher · 5 unread · waits"],
        "parked": [
            NOT_BUILT_SO + ' · {"field": "messages", "value": []}',
            NOT_BUILT_SO + ' · {"field": "messages"}',
            NOT_BUILT_SO + ' · {"item": null}',
            NOT_BUILT_SO + ' · {"item": {"id": "x"}}',
            PART_MISSING + ' · {"type": "text"}',
            NOT_BUILT_SO + ' · {"item": []}',
            NOT_BUILT_SO + ' · {"item": "Text"}',
            NOT_BUILT_SO + ' · {"item": 17}',
            NOT_BUILT_SO + ' · {"item": null}',
            NOT_BUILT_SO + ' · {"id": 12}',
            NOT_BUILT_SO + ' · {"item": null}',
        ],
        "thread": [
            "Anna Keller Bald Read 👎 👎 Ida Brandt",
            "Ida Brandt: Vorher",
            "Ida Brandt: Typ als Liste",
            "Ida Brandt: A message of a kind this desk does not know yet (text).",
            "Ida Brandt: A message of a kind this desk does not know yet (image).",
            "Ida Brandt: Nachher",
        ],
        **MAY_BE_ANSWERED,
    },
}
