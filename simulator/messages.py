"""What was said: one record per message in either direction, the oldest forgotten first."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass, field

from simulator.shapes import Json

RANK = {"accepted": 0, "sent": 1, "delivered": 2, "read": 3, "played": 4}


@dataclass(slots=True)
class Message:
    """A message on the customer's telephone.

    ``outgoing`` is seen from the business. ``statuses`` holds the first time of each status:
    for outgoing ones what the desk was told, for incoming ones delivered (the desk's webhook
    answered) and read (the desk marked it).
    """

    id: str
    number_id: str
    person_id: str
    outgoing: bool
    at: float
    type: str
    content: Json  # the part named after the type
    context: Json = field(default_factory=dict)
    request: Json = field(default_factory=dict)  # what the desk sent, word for word
    shown: Json = field(default_factory=dict)  # a template filled in, as the customer sees it
    callback_data: str = ""
    to_user_id: bool = False
    category: str = "service"
    statuses: dict[str, float] = field(default_factory=dict)
    error: int = 0
    reactions: dict[str, str] = field(default_factory=dict)  # "us" or "them" → emoji
    edited: bool = False
    revoked: bool = False
    priced: bool = False
    sequence: int = 0

    @property
    def status(self) -> str:
        if "failed" in self.statuses:
            return "failed"
        return max(self.statuses, key=lambda name: RANK.get(name, -1), default="accepted")


class Messages:
    def __init__(self, keep: int) -> None:
        self.keep = keep
        self.sent_count = 0
        self.received_count = 0
        self._by_id: dict[str, Message] = {}
        self._threads: dict[str, deque[Message]] = {}
        self._sequence = 0

    def __iter__(self) -> Iterator[Message]:
        return iter(self._by_id.values())

    def __len__(self) -> int:
        return len(self._by_id)

    def add(self, message: Message) -> Message:
        self._sequence += 1
        message.sequence = self._sequence
        if message.outgoing:
            self.sent_count += 1
        else:
            self.received_count += 1
        self._by_id[message.id] = message
        self._threads.setdefault(message.person_id, deque()).append(message)
        if len(self._by_id) > self.keep:
            self._forget_oldest()
        return message

    def _forget_oldest(self) -> None:
        oldest = self._by_id.pop(next(iter(self._by_id)))
        thread = self._threads[oldest.person_id]
        thread.popleft()
        if not thread:
            del self._threads[oldest.person_id]

    def get(self, message_id: str) -> Message | None:
        return self._by_id.get(message_id)

    def thread(self, person_id: str) -> list[Message]:
        return list(self._threads.get(person_id, ()))

    def latest(self, person_id: str) -> Message | None:
        thread = self._threads.get(person_id)
        return thread[-1] if thread else None
