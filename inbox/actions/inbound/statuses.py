"""What became of messages we sent. Statuses come in any order and only move forward."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any
from uuid import UUID

from django.utils import timezone

from consent import gate
from inbox.actions import bulk
from inbox.actions.inbound import parking
from inbox.actions.inbound.arrivals import Arrival
from inbox.actions.inbound.cases import Cases
from inbox.actions.inbound.messages import LONGEST_WAMID
from inbox.actions.inbound.news import News
from inbox.actions.statements import fetch, instances
from inbox.models import Conversation, Message
from inbox.whatsapp import classify
from inbox.whatsapp.errors import STOPPED_MARKETING
from inbox.whatsapp.happenings import StatusReported

Report = Arrival[StatusReported]
Status = Message.Status

REPORTED = {
    "sent": Status.SENT,
    "delivered": Status.DELIVERED,
    "read": Status.READ,
    "played": Status.PLAYED,
    "failed": Status.FAILED,
}
WINDOW_CLOSED = 131047
COLUMNS = (
    "id", "code", "channel_id", "conversation_id", "direction", "wamid", "status", "due_at",
    "sent_at", "delivered_at", "read_at", "played_at", "failed_at",
    "failure_class", "failure_code", "failure_detail", "price_category", "price_type",
)  # fmt: skip
# In order of their ids, so that two who wait never wait for each other.
TARGETS = f"""
    SELECT {", ".join(COLUMNS)} FROM inbox_message WHERE {{}}
    ORDER BY id FOR NO KEY UPDATE
"""  # noqa: S608
BY_CODE = TARGETS.format("code = ANY(%b::uuid[])")
BY_WAMID = TARGETS.format("wamid = ANY(%b::text[]) AND channel_id = ANY(%b::bigint[])")
SHOWN = """
    SELECT id, last_message_id FROM inbox_conversation
    WHERE id = ANY(%b::bigint[]) AND last_message_id = ANY(%b::bigint[])
    ORDER BY id FOR NO KEY UPDATE
"""


class _Step:
    """A message and what has changed about it in this batch."""

    __slots__ = ("changed", "failed_with", "message")

    def __init__(self, message: Message) -> None:
        self.message = message
        self.changed: dict[str, object] = {}
        self.failed_with: Report | None = None

    def set(self, name: str, value: object) -> None:
        if getattr(self.message, name) != value:
            setattr(self.message, name, value)
            self.changed[name] = value


def apply(reports: Sequence[Report], news: News) -> None:
    coded = [(report, _code(report)) for report in reports]
    targets = _targets(coded)
    steps: dict[int, _Step] = {}
    missing: list[Report] = []
    for report, code in coded:
        message = targets.get(code or _NOBODY) or targets.get(_key(report))
        if message is None:
            missing.append(report)
        elif message.direction == Message.Direction.OUT:
            step = steps.get(message.pk) or steps.setdefault(message.pk, _Step(message))
            _take(step, report, news)
    parking.wait((r, r.happening.wamid[:LONGEST_WAMID]) for r in missing)
    _store([step for step in steps.values() if step.changed], news)


_NOBODY = UUID(int=0)
Target = UUID | tuple[int, str]


def _code(report: Report) -> UUID | None:
    """Our own id, which travelled with the message."""
    told = report.happening.callback_data
    try:
        return UUID(told[4:]) if told.startswith("msg:") else None
    except ValueError:
        return None


def _key(report: Report) -> tuple[int, str]:
    return (report.channel.pk, report.happening.wamid)


def _targets(coded: Sequence[tuple[Report, UUID | None]]) -> dict[Target, Message]:
    """By our own id first; by Meta's where that is not told or not known."""
    found: dict[Target, Message] = {}
    codes = {code: report for report, code in coded if code}
    if codes:
        for message in _locked(BY_CODE, list(codes)):
            # Ids of other numbers mean nothing here.
            if message.channel_id == codes[message.code].channel.pk:
                found[message.code] = message
    keys = {_key(report) for report, code in coded if (code or _NOBODY) not in found}
    if keys:
        channels, wamids = zip(*keys, strict=True)
        known = {message.pk: message for message in found.values()}
        for message in _locked(BY_WAMID, list(wamids), list(set(channels))):
            found[message.channel_id, message.wamid or ""] = known.get(message.pk, message)
    return found


def _locked(statement: str, *values: Any) -> Iterable[Message]:
    return instances(Message, COLUMNS, fetch(statement, *values))


def _take(step: _Step, report: Report, news: News) -> None:
    status, message, told = (
        REPORTED.get(report.happening.status),
        step.message,
        report.happening,
    )
    if message.wamid is None and len(told.wamid) <= LONGEST_WAMID:
        step.set("wamid", told.wamid)
        news.appeared.add((message.channel_id, told.wamid))
    if told.pricing_category:
        step.set("price_category", told.pricing_category[:32])
        step.set("price_type", told.pricing_type[:32])
    if status is None:  # accepted, deleted, warning, or a word of next year
        return
    first = f"{status}_at"
    step.set(first, min(getattr(message, first) or report.at, report.at))
    if Message.RANK[status] <= Message.RANK.get(message.status, 0):
        return
    step.set("status", status)
    if message.due_at is not None:  # settled: nobody has to look again
        step.set("due_at", None)
    if status == Status.FAILED:
        _note_failure(step, report)
    elif message.failure_class:
        for name, nothing in (
            ("failure_class", ""), ("failure_code", None), ("failure_detail", "")
        ):  # fmt: skip
            step.set(name, nothing)


def _note_failure(step: _Step, report: Report) -> None:
    error = next(iter(report.happening.errors), None)
    code = error.code if error else None
    step.set("failure_class", classify(code).value)
    step.set("failure_code", code if code and abs(code) < 2**31 else None)
    step.set(
        "failure_detail",
        (error.details or error.message or error.title)[:2000] if error else "",
    )
    step.failed_with = report


def _store(steps: Sequence[_Step], news: News) -> None:
    now = timezone.now()
    bulk.change((step.message, {**step.changed, "changed_at": now}) for step in steps)
    moved = [step for step in steps if "status" in step.changed]
    news.conversations |= {step.message.conversation_id for step in steps}
    _show_in_list(moved)
    for step in steps:
        if step.failed_with:
            _draw_conclusions(step.message, step.failed_with, news)


def _show_in_list(moved: Sequence[_Step]) -> None:
    """The tick in the list's row, where the row shows this very message."""
    if not moved:
        return
    statuses = {step.message.pk: step.message.status for step in moved}
    rows = fetch(SHOWN, list({step.message.conversation_id for step in moved}), list(statuses))
    cases, now = instances(Conversation, ("id", "last_message_id"), rows), timezone.now()
    for case in cases:
        case.last_message_status = statuses[case.last_message_id or 0]
        case.changed_at = now
    bulk.write(cases, ["last_message_status", "changed_at"])


def _draw_conclusions(message: Message, report: Report, news: News) -> None:
    """Some failures say something about the person or the window."""
    codes = {error.code for error in report.happening.errors}
    if not codes & {WINDOW_CLOSED, STOPPED_MARKETING}:
        return
    case = Conversation.objects.select_related("contact").get(pk=message.conversation_id)
    subject = case.contact.consent_subject
    if WINDOW_CLOSED in codes:
        gate.deny_window(subject, report.channel.phone_number_id)
        open_until = Conversation.objects.filter(pk=case.pk, window_expires_at__gt=report.at)
        open_until.update(window_expires_at=report.at, changed_at=timezone.now())
    if STOPPED_MARKETING in codes:
        gate.object_to_advertising(subject, at=report.at, by="platform")
        cases = Cases([(case.contact, report.channel)], news)
        where = cases.for_record(case.contact, report.channel, report.at)
        cases.line(where, "opted_out", at=report.at, wish=gate.Wish.NO_ADVERTISING.value)
        cases.store()
