"""A conversation whose messages are drawn."""

from __future__ import annotations

import pytest

from inbox.models import Conversation
from tests.factories import make_contact, make_conversation


@pytest.fixture
def conversation(db: None) -> Conversation:
    return make_conversation(contact=make_contact(profile_name="Lena Hofmann"))
