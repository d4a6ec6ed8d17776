"""Rules that make the Graph API misbehave: always, for the next n calls, or every n-th."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict, dataclass, fields

from simulator.people import digits
from simulator.shapes import Json

EFFECTS = ("code", "http", "timeout", "disconnect", "fail_code", "slow_ms")


@dataclass(slots=True)
class Fault:
    """When a call matches ``endpoint``, ``method``, ``number`` and ``recipient``: misbehave.

    ``before`` means the call had no effect; ``after`` means it was accepted and only the
    answer is lost. ``fail_code`` accepts the message and reports it as failed later.
    """

    id: str
    endpoint: str = "*"
    method: str = ""
    number: str = ""
    recipient: str = ""
    next: int = 0  # how many calls it still holds for; 0 with every=0 means always
    every: int = 0
    code: int = 0
    subcode: int = 0
    http: int = 0
    details: str = ""
    retry_after: int = 0
    body: str = ""  # answered word for word together with http, e.g. a proxy's HTML page
    timeout: str = ""  # before or after
    seconds: float = 60.0
    disconnect: str = ""  # before or after
    fail_code: int = 0
    slow_ms: int = 0
    limited: bool = False
    seen: int = 0
    hits: int = 0

    def concerns(self, endpoint: str, method: str, number: str, recipient: str) -> bool:
        if self.endpoint not in ("*", endpoint):
            return False
        if self.method and self.method.upper() != method:
            return False
        if self.number and self.number != number:
            return False
        return not self.recipient or _same(self.recipient, recipient)

    def strikes(self) -> bool:
        self.seen += 1
        if self.limited and self.next <= 0:
            return False
        if self.every and self.seen % self.every:
            return False
        if self.limited:
            self.next -= 1
        self.hits += 1
        return True


def _same(wanted: str, given: str) -> bool:
    if wanted == given:
        return True
    return bool(digits(wanted)) and digits(wanted) == digits(given) and "." not in given


class Faults:
    def __init__(self) -> None:
        self._rules: dict[str, Fault] = {}
        self._count = 0

    def __iter__(self) -> Iterator[Fault]:
        return iter(self._rules.values())

    def add(self, data: Json) -> Fault:
        """Make a rule from JSON. Raises ValueError with what is wrong."""
        known = {field.name for field in fields(Fault)} - {"id", "seen", "hits", "limited"}
        if strange := set(data) - known - {"always"}:
            raise ValueError(f"unknown keys: {', '.join(sorted(strange))}")
        if not any(data.get(effect) for effect in EFFECTS):
            raise ValueError(f"one of {', '.join(EFFECTS)} is needed")
        self._count += 1
        values = {key: value for key, value in data.items() if key in known}
        rule = Fault(id=f"fault-{self._count}", limited=bool(data.get("next")), **values)
        self._rules[rule.id] = rule
        return rule

    def strike(self, endpoint: str, method: str, number: str, recipient: str) -> Fault | None:
        """The first rule that concerns this call and is due."""
        for rule in self:
            if rule.concerns(endpoint, method, number, recipient) and rule.strikes():
                return rule
        return None

    def remove(self, rule_id: str) -> bool:
        return self._rules.pop(rule_id, None) is not None

    def clear(self) -> None:
        self._rules.clear()

    def as_json(self) -> list[Json]:
        return [asdict(rule) for rule in self]
