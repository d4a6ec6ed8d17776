"""What the sample bodies speak of: a customer, a conversation, a number, a template."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from inbox.models import Channel, Conversation, Message, Template
from tests.factories import make_channel, make_contact, make_conversation, make_message
from tests.whatsapp.bodies import NUMBER, OURS, WABA

OURS_SENT = "wamid.QkVJU1BJRUwtVU5TRVI="  # what statuses, reactions and quotes speak of
THEIRS = "wamid.QkVJU1BJRUwtSUhSRVI="
FROM_PHONE = "wamid.QkVJU1BJRUwtQVBQ"


@dataclass
class Scene:
    """Ida wrote, and we answered: from the desk, and from the phone."""

    channel: Channel
    conversation: Conversation
    ours: Message
    theirs: Message
    from_phone: Message
    template: Template

    def now(self) -> Scene:
        for thing in (
            *(self.channel, self.conversation, self.ours, self.theirs, self.from_phone),
            self.template,
        ):
            thing.refresh_from_db()
        return self

    def newest(self) -> Message:
        return Message.objects.exclude(kind=Message.Kind.EVENT).latest("pk")

    def line(self) -> dict[str, object]:
        content: dict[str, object] = (
            Message.objects.filter(kind=Message.Kind.EVENT).latest("pk").content
        )
        return content


def set_the_scene() -> Scene:
    """A minute before anything in the samples."""
    channel = make_channel(
        phone_number_id=NUMBER, waba_id=WABA, display_phone_number=f"+{OURS}"
    )
    contact = make_contact(
        profile_name="Ida Brandt", phone="491700000123", bsuid="DE.7Hq2LmN0pXyZ48102937465"
    )
    conversation = make_conversation(contact=contact, channel=channel, wrote=None)
    earlier = datetime.fromtimestamp(1_793_000_000, UTC) - timedelta(minutes=1)
    said = {"wamid": OURS_SENT, "direction": "out", "at": earlier}
    return Scene(
        channel=channel,
        conversation=conversation,
        theirs=make_message(conversation, "Ist mein Rd fertig?", wamid=THEIRS, at=earlier),
        from_phone=make_message(
            conversation,
            "Ja, ab 15 Uhr",
            **(said | {"wamid": FROM_PHONE, "origin": "phone_app"}),
        ),
        ours=make_message(conversation, "Bald", **said),
        template=Template.objects.create(
            waba_id=WABA,
            meta_id="55012345678901",
            name="abholung",
            language="de",
            status="PENDING",
            category="UTILITY",
        ),
    )
