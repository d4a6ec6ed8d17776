"""What a sample body may lead to: each looks at the scene after it was applied."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime

from consent import gate
from inbox.models import (
    Attachment,
    ChannelEvent,
    Contact,
    Conversation,
    Message,
    ParkedHappening,
    Reaction,
)
from tests.inbox.inbound.scene import Scene
from tests.whatsapp.bodies import NUMBER

Check = Callable[[Scene], bool]


def bubble(kind: str, body: str = "", /, **content: object) -> Check:
    def is_there(scene: Scene) -> bool:
        message = scene.newest()
        assert (message.kind, message.body, message.direction) == (kind, body, "in")
        assert {key: message.content.get(key) for key in content} == content
        assert message.conversation == scene.conversation
        assert scene.now().conversation.unread_count == 1
        return True

    return is_there


def event(word: str, **data: object) -> Check:
    def is_there(scene: Scene) -> bool:
        line = scene.line()
        assert {key: line.get(key) for key in ("event", *data)} == {"event": word, **data}
        return True

    return is_there


def status(word: str) -> Check:
    return lambda scene: scene.now().ours.status == word


def of_number(severity: str, kind: str) -> Check:
    def is_there(scene: Scene) -> bool:
        told = ChannelEvent.objects.get(channel=scene.channel)
        assert (told.severity, told.kind) == (severity, kind)
        return True

    return is_there


def template(**fields: object) -> Check:
    def is_changed(scene: Scene) -> bool:
        stored = scene.now().template
        assert {name: getattr(stored, name) for name in fields} == fields
        return ChannelEvent.objects.filter(channel=scene.channel).exists()

    return is_changed


def contact(**fields: object) -> Check:
    return lambda scene: Contact.objects.filter(**fields).count() == 1


def parked(state: str, kind: str) -> Check:
    return lambda scene: ParkedHappening.objects.filter(state=state, kind=kind).count() == 1


def number(**fields: object) -> Check:
    def is_so(scene: Scene) -> bool:
        stored = scene.now().channel
        assert {name: getattr(stored, name) for name in fields} == fields
        return ChannelEvent.objects.filter(channel=scene.channel).exists()

    return is_so


def echo(scene: Scene) -> bool:
    message = scene.newest()
    return (
        message.origin == "phone_app"
        and message.direction == "out"
        and message.author is None
        and scene.now().conversation.window_expires_at is None
    )


def history(scene: Scene) -> bool:
    imported = Message.objects.filter(conversation__status="closed")
    return imported.exists() and not Conversation.objects.exclude(unread_count=0).exists()


def standby(scene: Scene) -> bool:
    case = scene.now().conversation
    origins = set(case.messages.values_list("origin", flat=True))
    return case.owned_elsewhere and "other_app" in origins and case.waiting_since is None


def reaction(emoji: str) -> Check:
    return lambda scene: Reaction.objects.get(message=scene.ours, from_us=False).emoji == emoji


def stopped(scene: Scene) -> bool:
    subject = scene.conversation.contact.consent_subject
    wanted = gate.Request(subject, NUMBER, gate.MessageClass.MARKETING)
    verdict = gate.ask(wanted, now=datetime.now(UTC))
    return verdict.reason == gate.Reason.OBJECTED and event("preference", value="stop")(scene)


def unavailable(scene: Scene) -> bool:
    attachment = Attachment.objects.get()
    return (attachment.state, attachment.failure) == ("failed", "unavailable")


def failed(scene: Scene) -> bool:
    ours = scene.now().ours
    return (ours.status, ours.failure_class, ours.failure_code) == (
        *("failed", "need_template"),
        131047,
    )


def neighbours(scene: Scene) -> bool:
    bodies = set(Message.objects.values_list("body", flat=True))
    return {"Vorher", "Nachher"} <= bodies and ParkedHappening.objects.count() >= 5


def once(scene: Scene) -> bool:
    return Message.objects.filter(body="Doppelt hält besser").count() == 1


def quotes(scene: Scene) -> bool:
    return scene.newest().quoted == scene.ours


def file(kind: str, /, **fields: object) -> Check:
    def is_expected(scene: Scene) -> bool:
        attachment = Attachment.objects.get(message=scene.newest(), **fields)
        return scene.newest().kind == kind and attachment.state == "pending"

    return is_expected


def nothing(scene: Scene) -> bool:
    return Message.objects.count() == 3 and not ParkedHappening.objects.exists()


def both(*checks: Check) -> Check:
    return lambda scene: all(check(scene) for check in checks)
