"""Each sample body of tests/payloads/whatsapp, and what it leads to."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import pytest

from consent import gate
from inbox.actions import draining
from inbox.models import (
    Attachment,
    Channel,
    ChannelEvent,
    Contact,
    Conversation,
    Message,
    ParkedHappening,
    Reaction,
    Template,
)
from tests.factories import make_channel, make_contact, make_conversation, make_message
from tests.inbox.inbound.posting import store
from tests.whatsapp.bodies import FILES, FOLDER, NUMBER, OURS, WABA

pytestmark = pytest.mark.django_db

Kind = Message.Kind
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
        return Message.objects.exclude(kind=Kind.EVENT).latest("pk")

    def line(self) -> dict[str, object]:
        content: dict[str, object] = (
            Message.objects.filter(kind=Kind.EVENT).latest("pk").content
        )
        return content


@pytest.fixture
def scene() -> Scene:
    channel = make_channel(
        phone_number_id=NUMBER, waba_id=WABA, display_phone_number=f"+{OURS}"
    )
    contact = make_contact(
        profile_name="Ida Brandt", phone="491700000123", bsuid="DE.7Hq2LmN0pXyZ48102937465"
    )
    conversation = make_conversation(contact=contact, channel=channel, wrote=None)
    # A minute before anything in the samples.
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


def post(name: str) -> None:
    webhook = store((FOLDER / f"{name}.json").read_bytes())
    draining.drain(webhook.lane)


def bubble(kind: str, body: str = "", /, **content: object) -> Callable[[Scene], bool]:
    def is_there(scene: Scene) -> bool:
        message = scene.newest()
        assert (message.kind, message.body, message.direction) == (kind, body, "in")
        assert {key: message.content.get(key) for key in content} == content
        assert message.conversation == scene.conversation
        assert scene.now().conversation.unread_count == 1
        return True

    return is_there


def event(word: str, **data: object) -> Callable[[Scene], bool]:
    def is_there(scene: Scene) -> bool:
        line = scene.line()
        assert {key: line.get(key) for key in ("event", *data)} == {"event": word, **data}
        return True

    return is_there


def status(word: str) -> Callable[[Scene], bool]:
    return lambda scene: scene.now().ours.status == word


def of_number(severity: str, kind: str) -> Callable[[Scene], bool]:
    def is_there(scene: Scene) -> bool:
        told = ChannelEvent.objects.get(channel=scene.channel)
        assert (told.severity, told.kind) == (severity, kind)
        return True

    return is_there


def template(**fields: object) -> Callable[[Scene], bool]:
    def is_changed(scene: Scene) -> bool:
        stored = scene.now().template
        assert {name: getattr(stored, name) for name in fields} == fields
        return ChannelEvent.objects.filter(channel=scene.channel).exists()

    return is_changed


def contact(**fields: object) -> Callable[[Scene], bool]:
    return lambda scene: Contact.objects.filter(**fields).count() == 1


def parked(state: str, kind: str) -> Callable[[Scene], bool]:
    return lambda scene: ParkedHappening.objects.filter(state=state, kind=kind).count() == 1


def number(**fields: object) -> Callable[[Scene], bool]:
    def is_so(scene: Scene) -> bool:
        stored = scene.now().channel
        assert {name: getattr(stored, name) for name in fields} == fields
        return ChannelEvent.objects.filter(channel=scene.channel).exists()

    return is_so


def _echo(scene: Scene) -> bool:
    message = scene.newest()
    return (
        message.origin == "phone_app"
        and message.direction == "out"
        and message.author is None
        and scene.now().conversation.window_expires_at is None
    )


def _history(scene: Scene) -> bool:
    imported = Message.objects.filter(conversation__status="closed")
    return imported.exists() and not Conversation.objects.exclude(unread_count=0).exists()


def _standby(scene: Scene) -> bool:
    case = scene.now().conversation
    origins = set(case.messages.values_list("origin", flat=True))
    return case.owned_elsewhere and "other_app" in origins and case.waiting_since is None


def _reaction(emoji: str) -> Callable[[Scene], bool]:
    return lambda scene: Reaction.objects.get(message=scene.ours, from_us=False).emoji == emoji


def _stopped(scene: Scene) -> bool:
    subject = scene.conversation.contact.consent_subject
    wanted = gate.Request(subject, NUMBER, gate.MessageClass.MARKETING)
    verdict = gate.ask(wanted, now=datetime.now(UTC))
    return verdict.reason == gate.Reason.OBJECTED and event("preference", value="stop")(scene)


def _unavailable(scene: Scene) -> bool:
    attachment = Attachment.objects.get()
    return (attachment.state, attachment.failure) == ("failed", "unavailable")


def _failed(scene: Scene) -> bool:
    ours = scene.now().ours
    return (ours.status, ours.failure_class, ours.failure_code) == (
        *("failed", "need_template"),
        131047,
    )


def _neighbours(scene: Scene) -> bool:
    bodies = set(Message.objects.values_list("body", flat=True))
    return {"Vorher", "Nachher"} <= bodies and ParkedHappening.objects.count() >= 5


def _once(scene: Scene) -> bool:
    return Message.objects.filter(body="Doppelt hält besser").count() == 1


def _quotes(scene: Scene) -> bool:
    return scene.newest().quoted == scene.ours


def _file(kind: str, /, **fields: object) -> Callable[[Scene], bool]:
    def is_expected(scene: Scene) -> bool:
        attachment = Attachment.objects.get(message=scene.newest(), **fields)
        return scene.newest().kind == kind and attachment.state == "pending"

    return is_expected


def _nothing(scene: Scene) -> bool:
    return Message.objects.count() == 3 and not ParkedHappening.objects.exists()


def both(*checks: Callable[[Scene], bool]) -> Callable[[Scene], bool]:
    return lambda scene: all(check(scene) for check in checks)


OUTCOMES: dict[str, Callable[[Scene], bool]] = {
    "account_alert": of_number("alert", "account_alerts"),
    "account_banned": number(account_status="DISABLE"),
    "account_deleted": number(account_status="ACCOUNT_DELETED"),
    "account_partner": of_number("info", "account_update"),
    "account_partner_without_field": of_number("info", "account_update"),
    "account_restricted": number(
        replies_restricted_until=datetime.fromtimestamp(1_793_003_600, UTC)
    ),
    "account_review": of_number("info", "account_review_update"),
    "account_settings": of_number("info", "account_settings_update"),
    "account_tier": number(account_status=""),
    "account_violation": of_number("alert", "account_update"),
    "address_book": contact(name="Ida Brandt (Rad)"),
    "automatic_events": of_number("info", "automatic_events"),
    "business_username": number(username="radhaus"),
    "button_reply": both(bubble("button_reply", "Vormittag", payload="termin:1"), _quotes),
    "call_connect": event("call", from_us=False, status=""),
    "call_ours": event("call", from_us=True),
    "call_permission_reply": bubble("call_permission", accepted=True, is_permanent=False),
    "call_status": event("call", from_us=True, status="ACCEPTED"),
    "call_terminate": event("call", from_us=False, status="COMPLETED", duration=65),
    "capability": number(messaging_limit="TIER_10K"),
    "capability_per_phone": number(messaging_limit="1000"),
    "contacts": bubble("contacts", requested=False),
    "contacts_requested": contact(bsuid="AT.55aa10293847566", phone="436600009988"),
    "document": _file("document", filename="Kaufvertrag.pdf"),
    "echo": _echo,
    "echo_edit": lambda s: s.now().from_phone.body == "Ja, ab 16 Uhr.",
    "echo_revoke": lambda s: s.now().from_phone.revoked_at is not None,
    "echo_swapped": both(_echo, _file("image")),
    "edit": lambda s: (
        s.now().theirs.body == "Ist mein Rad fertig?"
        and s.theirs.edited_at is not None
        and s.theirs.versions.get().body == "Ist mein Rd fertig?"
    ),
    "flow_event": of_number("warning", "flows"),
    "flow_reply": bubble("flow_reply", "Sent", answers={"flow_token": "t-81", "groesse": "M"}),
    "flow_reply_broken": bubble("flow_reply", "Sent", answers=None, response_json="[1, 2"),
    "forwarded_often": bubble("text", "Kettenbrief", forwarded="often"),
    "group_lifecycle_update": of_number("info", "group_lifecycle_update"),
    "group_participants_update": of_number("info", "group_participants_update"),
    "group_settings_update": of_number("info", "group_settings_update"),
    "group_status_update": of_number("info", "group_status_update"),
    "group_text": both(
        bubble("unsupported", "Hallo Gruppe", kind="group"),
        lambda s: s.now().conversation.window_expires_at is None,
    ),
    "handover_passed": both(
        event("summary"), lambda s: not s.now().conversation.owned_elsewhere
    ),
    "handover_taken": event("ownership", elsewhere=False, role="escalation"),
    "history": _history,
    "history_declined": of_number("warning", "history_declined"),
    "history_echo": both(_history, _file("document", filename="Angebot.pdf")),
    "history_media": both(_history, _file("image")),
    "identity_changed": event("identity_key_changed"),
    "image": both(_file("image"), bubble("image", "Die kaputte Bremse")),
    "image_unfetchable": _unavailable,
    "interactive_new": bubble("unknown", type="interactive"),
    "link_click": event("click"),
    "list_reply": bubble("button_reply", "Linz", source="list", description="Hauptplatz"),
    "location": bubble("location", name="Werkstatt Süd", latitude=48.2082),
    "message_with_summary": both(
        bubble("text", "Ein Mensch bitte"),
        event("summary", text="Wollte einen Termin, der Bot fand keinen."),
    ),
    "number_changed": event("number_changed", old="491700000123"),
    "number_errors": of_number("warning", "errors"),
    "number_name": of_number("warning", "phone_number_name_update"),
    "number_quality": number(messaging_limit="TIER_2K"),
    "order": bubble("order", "Bitte bis Freitag", catalog_id="61200900"),
    "partner_solutions": of_number("info", "partner_solutions"),
    "payment_configuration": of_number("info", "payment_configuration_update"),
    "preference_resume": event("preference", value="resume"),
    "preference_stop": _stopped,
    "product_question": bubble(
        "text",
        "Gibt es das in Blau?",
        product={"catalog_id": "61200900", "product_id": "KETTE-8"},
    ),
    "reaction": _reaction("🙏"),
    "reaction_removed": _reaction(""),
    "reaction_removed_old": _reaction(""),
    "referral": lambda s: s.newest().content["referral"]["headline"] == "Räder im Herbst",
    "repeat": _once,
    "request_welcome": _nothing,
    "revoke": lambda s: (
        s.now().theirs.revoked_at is not None
        and s.theirs.body == ""
        and s.theirs.versions.get().body == "Ist mein Rd fertig?"
    ),
    "security": of_number("alert", "security"),
    "standby": _standby,
    "status_delivered": status("delivered"),
    "status_failed": _failed,
    "status_failed_bare": lambda s: s.now().ours.failure_class == "recipient",
    "status_group": status("delivered"),
    "status_new_word": status("sent"),
    "status_out_of_order": both(status("read"), lambda s: s.ours.delivered_at is not None),
    "status_payment": both(status("sent"), parked("unknown", "Unknown")),
    "status_played": status("played"),
    "status_read": status("read"),
    "status_sent": lambda s: s.now().ours.price_type == "free_entry_point",
    "sticker": both(_file("sticker"), bubble("sticker", animated=True)),
    "system_new": event("system", text="Ida is on Mars now"),
    "template_approved": of_number("info", "message_template_status_update"),
    "template_button": bubble("button_reply", "Abmelden", payload="abmelden:7"),
    "template_category": template(category="MARKETING", previous_category="UTILITY"),
    "template_components": of_number("info", "message_template_components_update"),
    "template_correct_category": template(category="UTILITY"),
    "template_disabled": template(status="DISABLED"),
    "template_paused": template(status="PAUSED"),
    "template_quality": template(quality="RED"),
    "template_quality_misfiled": template(quality="YELLOW"),
    "template_rejected": template(status="REJECTED", rejected_reason="INVALID_FORMAT"),
    "text": bubble("text", "Ist mein Fahrrad schon fertig? 🚲"),
    "text_ninth_digit": contact(phone="5551999990000"),
    "text_without_contacts": bubble("text", "Wer bin ich?"),
    "text_without_phone": contact(bsuid="AT.55aa10293847566", phone=""),
    "tracking_events": of_number("info", "tracking_events"),
    "unknown": parked("unknown", "Unknown"),
    "unknown_type": bubble("unknown", type="hologram"),
    "unsupported": bubble("unsupported", kind="poll_creation", code=131051),
    "unsupported_bare": bubble("unsupported", kind="", code=131060),
    "user_id_changed": both(
        event("user_id_changed"), contact(phone="491700000123", bsuid="DE.NEW00000000002")
    ),
    "user_id_update": contact(phone="491700000123", bsuid="DE.NEW00000000003"),
    "video": both(_file("video"), bubble("video", "So klappert es", forwarded=True)),
    "voice": both(_file("voice", kind="audio"), bubble("voice")),
    "wrong_shapes": _neighbours,
}


@pytest.mark.parametrize("name", OUTCOMES)
def test_it_has_its_outcome(name: str, scene: Scene) -> None:
    post(name)

    assert OUTCOMES[name](scene)
    assert not ParkedHappening.objects.filter(state="failed", kind__endswith="ed").exists()


@pytest.mark.parametrize("name", OUTCOMES)
def test_hearing_it_twice_changes_nothing(name: str, scene: Scene) -> None:
    post(name)
    before = _everything()

    post(name)

    assert _everything() == before


def test_every_sample_is_in_the_table() -> None:
    assert {file.stem for file in FILES} == set(OUTCOMES)


def _everything() -> list[object]:
    return [
        list(Message.objects.order_by("pk").values("pk", "kind", "body", "status", "content")),
        list(Conversation.objects.order_by("pk").values("pk", "status", "unread_count")),
        list(Contact.objects.order_by("pk").values("pk", "phone", "bsuid", "display_name")),
        list(Reaction.objects.order_by("pk").values("pk", "emoji", "at")),
        list(ChannelEvent.objects.order_by("pk").values("pk")),
        list(Channel.objects.values("quality", "account_status", "messaging_limit")),
        list(Attachment.objects.order_by("pk").values("pk", "state")),
    ]
