"""A door that nobody else uses."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from inbox.door.receiver import Receiver


@pytest.fixture
def door() -> Iterator[Receiver]:
    fresh = Receiver()
    yield fresh
    fresh.intake.close()
