"""A quick reply with all that can go along reaches the customer's phone.

Everything is real: web, worker, the simulated WhatsApp with its phone, and two browsers.
"""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from tests.browser.test_main_job import open_as, open_phone, write_on
from tests.desk import Desk, open_desk

pytestmark = [pytest.mark.browser, pytest.mark.processes]

MAKE = """
from tests.factories import *
from tests.inbox.quick_replies.made import *
from inbox.models import Label
label = Label.objects.create(name="Retoure")
reply = make_quick_reply(
    "retoure", "Hallo {{ contact.first_name }}, passt Ihnen Montag?",
    buttons=("Ja, gern", "Lieber nicht"), acts={"labels": [str(label.code)], "close": True})
add_file(reply, "rücksendung.txt", "Bitte beilegen".encode(), "text/plain")
"""


def test_text_buttons_and_file_arrive_and_the_case_is_closed(
    chromium: Browser, tmp_path: Path
) -> None:
    expect.set_options(timeout=15_000)
    with open_desk(tmp_path) as desk:
        _prepare(desk)
        phone, anna = open_phone(chromium, desk), open_as(chromium, desk, "anna")
        write_on(phone, "Ich möchte etwas zurückgeben")
        anna.locator("#rows li:has-text('Lena Hofmann') a").first.click()

        anna.locator("#composer textarea").press_sequentially("Guten Tag! /ret")
        anna.get_by_role("option", name="/retoure").click()
        expect(anna.locator("#composer textarea")).to_have_value(
            "Guten Tag! Hallo Lena, passt Ihnen Montag?"
        )
        expect(anna.locator("[data-tray]")).to_contain_text("rücksendung.txt")
        anna.get_by_role("button", name="Send", exact=True).click()

        expect(phone.locator(".bubble--them", has_text="rücksendung.txt")).to_be_visible()
        said = phone.locator(".bubble--them", has_text="Guten Tag! Hallo Lena")
        expect(said).to_be_visible()
        expect(phone.get_by_role("button", name="Lieber nicht")).to_be_visible()
        expect(anna.get_by_role("button", name="Reopen")).to_be_visible()
        expect(anna.locator("#thread")).to_contain_text("Retoure")
        # Its use was counted once, though it took two messages.
        counted = (
            "from inbox.models import QuickReplyUse; print(QuickReplyUse.objects.get().count)"
        )
        assert desk.run_python(counted).strip() == "1"

        phone.get_by_role("button", name="Ja, gern").click()
        expect(anna.locator("#thread")).to_contain_text("Ja, gern")
        for page in (phone, anna):
            page.context.close()


def _prepare(desk: Desk) -> None:
    desk.run_python(MAKE)
    desk.whatsapp.rules(ladder="sent:0,delivered:200")
