"""Identifiers that look like WhatsApp's. With a seed, the same run gives the same ids."""

from __future__ import annotations

import base64
import random
import string

_LETTERS = string.ascii_letters + string.digits + "_-"


class Ids:
    def __init__(self, seed: int | None) -> None:
        self.chance = random.Random(seed)
        self._count = 0

    def wamid(self, subject: str) -> str:
        """A message id: like the real ones it wraps a person and a unique hexadecimal part."""
        self._count += 1
        unique = f"{self.chance.getrandbits(48):012X}{self._count:08X}".encode()
        person = subject.encode()[:40]
        packed = b"\x1c\x18" + bytes([len(person)]) + person
        packed += b"\x15\x02\x00\x12\x18" + bytes([len(unique)]) + unique + b"\x00"
        return "wamid." + base64.b64encode(packed).decode()

    def digits(self, length: int = 16) -> str:
        self._count += 1
        head = str(self.chance.randint(1, 9))
        middle = "".join(str(self.chance.randint(0, 9)) for _ in range(length - 7))
        return f"{head}{middle}{self._count % 1_000_000:06d}"

    def bsuid(self, country: str = "DE") -> str:
        return f"{country.upper()}.{self.digits(20)}"

    def word(self, length: int = 16) -> str:
        return "".join(self.chance.choice(_LETTERS) for _ in range(length))

    def trace(self) -> str:
        return "A" + self.word(22)
