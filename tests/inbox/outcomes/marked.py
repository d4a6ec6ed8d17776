"""What becomes of messages that are there: ticks, reactions, edits and deletions."""

from __future__ import annotations

from tests.inbox.outcomes.words import (
    MAY_BE_ANSWERED,
    NOT_KNOWN,
    NOTHING,
    ON_THE_PHONE,
    UNREACHABLE,
    Changes,
    bald,
    thread,
)

ROWS: dict[str, Changes] = {
    "echo_edit": thread(f"{ON_THE_PHONE}: Ja, ab 16 Uhr. {ON_THE_PHONE} edited Sent"),
    "echo_edit_swapped": thread(f"{ON_THE_PHONE}: Ja, ab 17 Uhr. {ON_THE_PHONE} edited Sent"),
    "echo_revoke": thread(f"{ON_THE_PHONE}: This message was deleted. {ON_THE_PHONE} Sent"),
    "edit": thread("Ida Brandt: Ist mein Rad fertig? edited"),
    "edit_by_user_id": thread("Ida Brandt: Ist mein Rad heute fertig? edited"),
    "reaction": {"thread": ["Anna Keller Bald Sent 🙏 🙏 Ida Brandt"], **MAY_BE_ANSWERED},
    "reaction_removed": {"thread": ["Anna Keller Bald Sent"], **MAY_BE_ANSWERED},
    "reaction_removed_old": {"thread": ["Anna Keller Bald Sent"], **MAY_BE_ANSWERED},
    "status_delivered": bald("Delivered"),
    "status_delivered_bare": bald("Delivered"),
    "status_failed": bald(
        "Not sent More than 24 hours have passed since this person last wrote. Send a "
        "template instead. Try again"
    ),
    "status_failed_bare": bald(f"Not sent {UNREACHABLE} Try again"),
    "status_failed_payment": bald(
        "Not sent WhatsApp cannot charge for this message. An administrator has to "
        "check the payment method of the account. Try again"
    ),
    "status_group": bald("Delivered"),
    "status_new_word": NOTHING,
    "status_out_of_order": bald("Read"),
    "status_payment": {
        "parked": [
            NOT_KNOWN + ' · {"id": "wamid.QkVJU1BJRUwtVU5TRVI=", '
            '"payment": {"reference_id": "r-1"}, "recipient_id": "491700000123", '
            '"recipient_user_id": "DE.7Hq2LmN0pXyZ48102937465", "status": "failed", '
            '"timestamp": "1793002340", "type": "payment"}'
        ]
    },
    "status_played": bald("Played"),
    "status_played_priced": bald("Played"),
    "status_read": bald("Read"),
    "status_sent": NOTHING,
    "status_sent_group": NOTHING,
}
