"""The sample bodies of tests/payloads/whatsapp, and the people in them."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any, TypeVar

from inbox.whatsapp.happenings import Happening, Person
from inbox.whatsapp.payloads import read

FOLDER = Path(__file__).parents[1] / "payloads" / "whatsapp"
FILES = sorted(FOLDER.glob("*.json"))

WABA = "881200345600017"
NUMBER = "109200774410451"
OURS = "4930555010"
IDA = Person(
    bsuid="DE.7Hq2LmN0pXyZ48102937465", phone="491700000123", profile_name="Ida Brandt"
)

H = TypeVar("H", bound=Happening)


def happenings_in(name: str) -> list[Happening]:
    return read((FOLDER / f"{name}.json").read_bytes())


def only(kind: type[H], name: str) -> H:
    """The only happening of a file, which has to be of this kind."""
    (happening,) = happenings_in(name)
    assert type(happening) is kind
    return happening


def encoded(document: object) -> bytes:
    return json.dumps(document).encode()


def change(field: str, value: object) -> dict[str, Any]:
    changes = [{"field": field, "value": value}]
    return {
        "object": "whatsapp_business_account",
        "entry": [{"id": WABA, "changes": changes}],
    }


def read_value(value: dict[str, Any], field: str = "messages") -> list[Happening]:
    return read(encoded(change(field, value)))
