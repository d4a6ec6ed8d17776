"""A desk with two contacts that are one person, fields, and templates."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.browser.shell.conftest import open_page, signed_in
from tests.desk import Desk

__all__ = ["desk", "open_page", "signed_in"]

PREPARE = """
from inbox import search
from inbox.actions import contact_fields
from tests.factories import *
from tests.inbox.outbound.templates import body, make_template
channel = make_channel(name="Shop")
lead = make_agent("Tobias Brandt", email="tobias@example.org", role="lead")
field = contact_fields.create(key="size", name="Shoe size", kind="number", choices=[])
contact_fields.create(key="branch", name="Branch", kind="choice", choices=["Berlin", "Bonn"])
make_template(channel, body("Hello {{1}}, your order is here.", "Ida"))
make_template(channel, name="sale", category="MARKETING", meta_id="2")
for name in ("Ida Brandt", "Ida B."):
    contact = make_contact(name=name)
    conversation = make_conversation(contact=contact, channel=channel)
    make_message(conversation, f"I am {name}")
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
