"""The simulated customers: who they are, how they may be addressed, what they allow."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from simulator.shapes import Json


@dataclass(slots=True)
class Person:
    """One customer with a telephone. ``phone`` is kept as digits without a plus sign."""

    id: str
    name: str
    user_id: str
    phone: str = ""
    username: str = ""
    parent_user_id: str = ""
    language: str = "de"
    hides_phone: bool = False
    reads_automatically: bool = False
    online: bool = True
    reachable: bool = True
    blocks_business: bool = False
    stopped_marketing: bool = False
    number_id: str = ""
    by_crowd: bool = False
    # By business number: when the customer last wrote, and last came through an advertisement.
    wrote_at: dict[str, float] = field(default_factory=dict)
    entered_at: dict[str, float] = field(default_factory=dict)
    # Until when the business shows as writing, by business number.
    typing_until: dict[str, float] = field(default_factory=dict)

    @property
    def shown_phone(self) -> str:
        return "" if self.hides_phone else self.phone

    def contact(self, *, with_profile: bool = True) -> Json:
        """This person as ``contacts[]`` names them; keys they do not have are left out."""
        profile = {"name": self.name, **({"username": self.username} if self.username else {})}
        entry: Json = {"profile": profile} if with_profile else {}
        if self.shown_phone:
            entry["wa_id"] = self.shown_phone
        entry["user_id"] = self.user_id
        if self.parent_user_id:
            entry["parent_user_id"] = self.parent_user_id
        return entry


class People:
    """Everybody, findable by any of their identities."""

    def __init__(self) -> None:
        self._by_id: dict[str, Person] = {}
        self._by_phone: dict[str, str] = {}
        self._by_user_id: dict[str, str] = {}

    def __iter__(self) -> Iterator[Person]:
        return iter(self._by_id.values())

    def __len__(self) -> int:
        return len(self._by_id)

    def add(self, person: Person) -> Person:
        self._by_id[person.id] = person
        self._by_user_id[person.user_id] = person.id
        if person.phone:
            self._by_phone[person.phone] = person.id
        return person

    def forget(self, person: Person) -> None:
        self._by_id.pop(person.id, None)
        self._by_user_id.pop(person.user_id, None)
        if self._by_phone.get(person.phone) == person.id:
            del self._by_phone[person.phone]

    def get(self, person_id: str) -> Person | None:
        return self._by_id.get(person_id)

    def by_phone(self, phone: str) -> Person | None:
        return self._by_id.get(self._by_phone.get(digits(phone), ""))

    def by_user_id(self, user_id: str) -> Person | None:
        return self._by_id.get(self._by_user_id.get(user_id, ""))

    def find(self, key: str) -> Person | None:
        """By our id, BSUID, telephone number or user name."""
        found = self.get(key) or self.by_user_id(key)
        if found is None and digits(key):
            found = self.by_phone(key)
        name = key.removeprefix("@")
        return found or next((p for p in self if p.username and p.username == name), None)

    def take_phone(self, person: Person, phone: str) -> None:
        """Give a number to a person; whoever had it before has none now."""
        if (holder := self.by_phone(phone)) and holder is not person:
            holder.phone = ""
        if self._by_phone.get(person.phone) == person.id:
            del self._by_phone[person.phone]
        person.phone = digits(phone)
        if person.phone:
            self._by_phone[person.phone] = person.id

    def change_user_id(self, person: Person, user_id: str) -> None:
        self._by_user_id.pop(person.user_id, None)
        person.user_id = user_id
        self._by_user_id[user_id] = person.id


def digits(text: str) -> str:
    return "".join(c for c in text if c.isascii() and c.isdigit())
