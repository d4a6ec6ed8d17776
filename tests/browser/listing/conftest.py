"""A desk with more conversations than fit on a page."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.browser.shell.conftest import open_page, signed_in
from tests.desk import Desk

__all__ = ["desk", "open_page", "signed_in"]

PREPARE = """
from datetime import timedelta
from inbox import search
from inbox.models import *
from tests.factories import *
channel = make_channel(name="Shop")
make_agent("Anna Keller", email="anna@example.org")
Label.objects.create(name="VIP", colour="#7c3aed")
Label.objects.create(name="Order", description="Something is to be sent", position=1)
Label.objects.create(name="Complaint", position=2)
for number in range(75):
    contact = make_contact(profile_name=f"Customer {number:02}")
    conversation = make_conversation(
        contact=contact, channel=channel, wrote=timedelta(minutes=10 + number),
        last_message_kind="text", last_message_direction="in", last_message_preview="Hello",
    )
    message = make_message(conversation, f"Where is parcel number{number:02}?")
    search.index_messages([message])
    search.index_contacts([contact])
"""


@pytest.fixture(scope="package")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    desk = Desk(tmp_path_factory.mktemp("desk"))
    try:
        desk.set_up()
        desk.run_python(PREPARE)
        desk.start("web")
        yield desk
    finally:
        desk.stop()
