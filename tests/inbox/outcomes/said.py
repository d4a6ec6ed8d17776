"""What customers say: a bubble each, and the list shows it."""

from __future__ import annotations

from tests.inbox.outcomes.words import ANSWERABLE, WROTE_FIRST, Changes, wrote

ROWS: dict[str, Changes] = {
    "audio": wrote("Sound from Ida Brandt", "Audio"),
    "button_reply": wrote("Anna Keller Bald Button pressed Vormittag", "Vormittag"),
    "button_reply_bare": wrote("Button pressed Nachmittag", "Nachmittag"),
    "call_permission_refused": wrote(
        "Anna Keller Bald The customer does not want to be called.", "Answer about calls"
    ),
    "call_permission_reply": wrote(
        "Anna Keller Bald The customer allows calls for a while.", "Answer about calls"
    ),
    "contacts": wrote(
        (
            "Opa Franz Huber OG +43 660 000 11 22 01 000 33 franz@huber.example Gasse 1, "
            "Graz, AT https://huber.example Birthday: 1950-02-03"
        ),
        "Opa Franz",
    ),
    "contacts_bare": {
        "list": ["Kim · Contact card · 1 unread · waits"],
        "thread": ["Kim: Contact card 436600009988", "The conversation began"],
        "composer": [ANSWERABLE],
        "person": [
            "Kim",
            WROTE_FIRST,
            "Advertising Not agreed",
            "User name: @kim.malt",
            "Language: –",
        ],
    },
    "contacts_requested": {
        "list": ["Kim · Kim · 1 unread · waits"],
        "thread": [
            "Kim: Answer to our question for the number Kim +43 660 000 99 88",
            "The conversation began",
        ],
        "composer": [ANSWERABLE],
        "person": [
            "Kim",
            WROTE_FIRST,
            "Advertising Not agreed",
            "Phone: +43 660 0009988",
            "User name: @kim.malt",
            "Language: –",
        ],
    },
    "contacts_two": {
        "list": ["Ida Brandt · Opa Franz · 1 unread · waits"],
        "thread": ["Ida Brandt: Opa Franz +43 660 0001122 Oma Resi +43 660 0001133"],
        "composer": [ANSWERABLE],
        "person": [WROTE_FIRST, "Phone: +49 170 0000124"],
    },
    "document": wrote("Kaufvertrag.pdf 15 bytes Download Unterschrieben", "Unterschrieben"),
    "document_with_url": wrote("Rechnung.pdf 15 bytes Download Bitte prüfen", "Bitte prüfen"),
    "flow_reply": wrote("Anna Keller Bald Form filled in: flow groesse M Sent", "Sent"),
    "flow_reply_broken": wrote("Anna Keller Bald Form filled in: flow [1, 2 Sent", "Sent"),
    "forwarded_often": wrote("Forwarded many times Kettenbrief", "Kettenbrief"),
    "image": wrote(
        (
            "Picture from Ida Brandt This file differs from what WhatsApp announced. Take "
            "care when opening it. Die kaputte Bremse"
        ),
        "Die kaputte Bremse",
    ),
    "image_bare": wrote("Picture from Ida Brandt", "Picture"),
    "image_unfetchable": wrote(
        "This file could not be fetched. Ask the customer to send it again.", "Picture"
    ),
    "interactive_new": wrote(
        "A message of a kind this desk does not know yet (interactive).", "Unknown message"
    ),
    "list_reply": wrote("Anna Keller Bald Chosen from a list Linz Hauptplatz", "Linz"),
    "location": wrote(
        "Werkstatt Süd Am Ring 4, Wien 48.20820, 16.37380 Open map Website", "Werkstatt Süd"
    ),
    "location_bare": wrote("Forwarded Location 48.25089, 16.40539 Open map", "Location"),
    "order": wrote(
        "Order Article Quantity Price KETTE-8 2 19.9 EUR LICHT 1 35 EUR Bitte bis Freitag",
        "Bitte bis Freitag",
    ),
    "order_bare": wrote("Order Article Quantity Price PUMPE 3 30 EUR", "Order"),
    "product_question": wrote("Anna Keller Bald Gibt es das in Blau?", "Gibt es das in Blau?"),
    "referral": wrote(
        (
            "Came from an advertisement Räder im Herbst Minus 20 % Look at it Gilt das "
            "Angebot noch?"
        ),
        "Gilt das Angebot noch?",
    ),
    "sticker": wrote("Picture from Ida Brandt", "Sticker"),
    "template_button": {
        "list": ["Ida Brandt · Abmelden · 1 unread · waits"],
        "thread": [
            "Ida Brandt: Anna Keller Bald Button of a template Abmelden",
            "The customer does not want advertising any more",
        ],
        "composer": [ANSWERABLE],
        "person": [
            WROTE_FIRST,
            "Advertising Stopped by the customer",
        ],
    },
    "template_button_bare": wrote("Button of a template Zwei Stück", "Zwei Stück"),
    "text": wrote("Ist mein Fahrrad schon fertig? 🚲", "Ist mein Fahrrad schon fertig? 🚲"),
    "text_by_phone_only": wrote("Nur mit Nummer", "Nur mit Nummer"),
    "text_empty_from": wrote("Ohne Absender", "Ohne Absender"),
    "text_escaped": wrote("Grüße & </script> 50/50 👋", "Grüße & </script> 50/50 👋"),
    "text_ninth_digit": {
        "list": ["Rita Lopes · Oi · 1 unread · waits"],
        "thread": ["Rita Lopes: Oi", "The conversation began"],
        "composer": [ANSWERABLE],
        "person": [
            "Rita Lopes",
            WROTE_FIRST,
            "Advertising Not agreed",
            "Phone: +55 51 99999-0000",
            "Language: –",
        ],
    },
    "text_without_contacts": wrote("Wer bin ich?", "Wer bin ich?"),
    "text_without_phone": {
        "list": ["Kim · Servus · 1 unread · waits"],
        "thread": ["Kim: Servus", "The conversation began"],
        "composer": [ANSWERABLE],
        "person": [
            "Kim",
            WROTE_FIRST,
            "Advertising Not agreed",
            "User name: @kim.malt",
            "Language: –",
        ],
    },
    "unsupported_bare": wrote(
        (
            "WhatsApp does not pass this kind of message on to us. Ask the customer to "
            "send it differently."
        ),
        "Unsupported message",
    ),
    "unsupported_unnamed": wrote(
        (
            "WhatsApp does not pass this kind of message on to us. Ask the customer to "
            "send it differently."
        ),
        "Unsupported message",
    ),
    "video": wrote("Forwarded Video from Ida Brandt So klappert es", "So klappert es"),
}
