"""The shop before anything of the samples happens: Ida asked, and we answered."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from inbox.models import Agent, Channel, Message, Reaction, Template
from tests.factories import make_channel, make_contact, make_conversation, make_message
from tests.whatsapp.bodies import NUMBER, OURS, WABA

OURS_SENT = "wamid.QkVJU1BJRUwtVU5TRVI="  # what statuses, reactions and quotes speak of
THEIRS = "wamid.QkVJU1BJRUwtSUhSRVI="
FROM_PHONE = "wamid.QkVJU1BJRUwtQVBQ"
# A minute before the first of the samples, and shortly after the last.
EARLIER = datetime.fromtimestamp(1_793_000_000, UTC) - timedelta(minutes=1)
NOW = datetime.fromtimestamp(1_793_003_300, UTC)


def set_the_scene(anna: Agent) -> Channel:
    channel = make_channel(
        name="Radhaus",
        phone_number_id=NUMBER,
        waba_id=WABA,
        display_phone_number=f"+{OURS}",
        webhook_heard_at=EARLIER,
    )
    ida = make_contact(
        profile_name="Ida Brandt", phone="491700000123", bsuid="DE.7Hq2LmN0pXyZ48102937465"
    )
    case = make_conversation(contact=ida, channel=channel, wrote=None, last_message_at=EARLIER)
    sent = {"direction": Message.Direction.OUT, "at": EARLIER}
    make_message(case, "Ist mein Rd fertig?", wamid=THEIRS, at=EARLIER)
    app = Message.Origin.PHONE_APP
    make_message(case, "Ja, ab 15 Uhr", wamid=FROM_PHONE, origin=app, **sent)
    ours = make_message(case, "Bald", wamid=OURS_SENT, author=anna, **sent)
    Reaction.objects.create(message=ours, from_us=False, emoji="👎", at=EARLIER)
    Template.objects.create(
        waba_id=WABA,
        meta_id="55012345678901",
        name="abholung",
        language="de",
        status="PENDING",
        category="UTILITY",
    )
    return channel
