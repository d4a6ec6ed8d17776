"""Away across a holiday: a customer writes while nobody is there, and reads when we are back.

Everything is real: web, worker, and the simulated WhatsApp with its phone.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.shell.conftest import DESKTOP, sign_in
from tests.desk import Desk, open_desk

pytestmark = [pytest.mark.browser, pytest.mark.processes]
PATIENCE_MS = 20_000  # a busy machine
WEEKDAYS = ("Montag", "Dienstag", "Mittwoch", "Donnerstag", "Freitag", "Samstag", "Sonntag")
MONTHS = (
    *("Januar", "Februar", "März", "April", "Mai", "Juni", "Juli", "August", "September"),
    *("Oktober", "November", "Dezember"),
)

# Open every day from nine to six, but today and tomorrow are holidays.
SHOP = """
from datetime import date, timedelta
from inbox.actions import automatic, opening_hours
from inbox.automatic.rules import Kind
from inbox.hours.plan import Span
from inbox.models import Channel
channel, today = Channel.objects.get(), date.fromisoformat("{today}")
hours = opening_hours.create(
    name="Shop", time_zone="Europe/Berlin", country="", today=today
)
week = [(Span(540, 1080),)] * 7
opening_hours.set_week(hours, valid_from=date(today.year, 1, 1), days=week)
opening_hours.add_special_days(
    hours, name="Feiertage", first_day=today, last_day=today + timedelta(days=1),
    every_year=False, spans=(),
)
opening_hours.hold_for(hours, channels=[channel], teams=[])
words = {{("de", ""): "Wir sind wieder da: {{{{ next_opening }}}}.", ("en", ""): "Closed."}}
automatic.change(channel, Kind.AWAY, is_on=True, words=words, by=None)
"""


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    expect.set_options(timeout=PATIENCE_MS)
    with open_desk(tmp_path) as desk:
        desk.whatsapp.rules(ladder="sent:0,delivered:200")
        desk.run_python(SHOP.format(today=_today()))
        yield desk


def _today() -> date:
    return datetime.now(ZoneInfo("Europe/Berlin")).date()


def _spoken(day: date) -> str:
    return f"{WEEKDAYS[day.weekday()]}, {day.day}. {MONTHS[day.month - 1]}"


def _phone(chromium: Browser, desk: Desk) -> Page:
    page = chromium.new_context(locale="de-DE").new_page()
    page.goto(desk.simulator_url)
    page.locator("[data-new]:visible").first.click()
    page.get_by_label("Name", exact=True).fill("Lena Hofmann")
    page.get_by_role("button", name="Anlegen").click()
    return page


def test_an_away_text_on_a_holiday_says_when_we_are_back(chromium: Browser, desk: Desk) -> None:
    phone = _phone(chromium, desk)
    anna = chromium.new_context(base_url=desk.url, viewport=DESKTOP).new_page()
    sign_in(anna, "anna")
    anna.goto("/inbox/unassigned/")

    phone.locator("[data-text]").fill("Ist heute offen?")
    phone.keyboard.press("Enter")

    back = f"Wir sind wieder da: {_spoken(_today() + timedelta(days=2))}, ab 9 Uhr."
    told = phone.locator(".bubble--them", has_text=back)
    expect(told).to_be_visible()

    # A second message is not answered again, and the customer still waits for a person.
    phone.locator("[data-text]").fill("Hallo?")
    phone.keyboard.press("Enter")
    row = anna.locator("#rows li:has-text('Lena Hofmann')")
    expect(row).to_contain_text("Hallo?")
    row.locator("a").first.click()
    thread = anna.locator("#thread")
    expect(thread).to_contain_text("Automatic: outside opening hours")
    expect(thread).to_contain_text("Hallo?")
    expect(thread.locator(".message", has_text=back)).to_have_count(1)
    expect(told).to_have_count(1)
    for page in (phone, anna):
        page.context.close()
