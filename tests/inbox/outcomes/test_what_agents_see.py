"""Each body of tests/payloads/whatsapp, posted as WhatsApp posts it: what people then read.

The tables beside this file say it screen by screen; what they do not name must stay as it was.
"""

from __future__ import annotations

from collections import Counter

import pytest

from inbox.models import Agent
from tests.inbox.outcomes import in_german, marked, noted, said, told_of_numbers
from tests.inbox.outcomes.conftest import Tell
from tests.inbox.outcomes.words import Changes
from tests.whatsapp.bodies import FILES, FOLDER

ENGLISH = (said, marked, noted, told_of_numbers)
TABLE: list[tuple[str, str, Changes]] = [
    *((name, "en", changes) for table in ENGLISH for name, changes in table.ROWS.items()),
    *((name, "de", changes) for name, changes in in_german.ROWS.items()),
]


@pytest.mark.parametrize(
    ("name", "language", "changes"), TABLE, ids=[f"{name}-{lang}" for name, lang, _ in TABLE]
)
def test_what_people_read_then(
    name: str, language: str, changes: Changes, agent: Agent, admin: Agent, tell: Tell
) -> None:
    for person in (agent, admin):
        person.language = language
        person.save()

    seen = tell((FOLDER / f"{name}.json").read_bytes())

    assert seen == {screen: sorted(words) for screen, words in changes.items()}


def test_every_body_has_its_row_and_every_row_its_body() -> None:
    rows = Counter(name for name, _language, _changes in TABLE)

    assert set(rows) == {file.stem for file in FILES}
    assert max(rows.values()) == 1
