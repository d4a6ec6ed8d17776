"""What is kept for a moment would outlive the test that asked."""

from __future__ import annotations

import pytest

from inbox.lately import Lately


@pytest.fixture(autouse=True)
def _nothing_is_kept() -> None:
    Lately.forget_all()
