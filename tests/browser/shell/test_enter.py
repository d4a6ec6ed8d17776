"""What the Enter key does in the composer: as each agent chose."""

from __future__ import annotations

import pytest
from playwright.sync_api import Locator, Page, ViewportSize, expect

from tests.browser.shell.conftest import PHONE, Open

pytestmark = pytest.mark.browser
# Where there is less room, the buttons have it.
WIDE: ViewportSize = {"width": 1900, "height": 900}


@pytest.fixture
def conversation(conversations: list[str]) -> str:
    return f"/conversations/{conversations[0]}/?in=all"


def field(page: Page) -> Locator:
    return page.locator("#composer textarea")


def test_enter_sends_and_shift_enter_begins_a_new_line(
    open_page: Open, conversation: str
) -> None:
    page = open_page(path=conversation, viewport=WIDE)
    expect(page.locator(".composer__hint:visible")).to_have_text("Enter sends")
    field(page).click()

    page.keyboard.type("Good morning")
    page.keyboard.press("Shift+Enter")
    page.keyboard.type("Lena")
    expect(field(page)).to_have_value("Good morning\nLena")
    page.keyboard.press("Enter")

    expect(page.locator("#thread .message", has_text="Good morning")).to_have_count(1)
    expect(field(page)).to_have_value("")


@pytest.mark.parametrize(
    "composing", [{"isComposing": True}, {"keyCode": 229}], ids=["as said", "as Safari says it"]
)
def test_enter_that_ends_a_word_of_another_script_sends_nothing(
    open_page: Open, conversation: str, composing: dict[str, object]
) -> None:
    page = open_page(path=conversation)
    field(page).fill("こんにちは")

    is_left_alone = field(page).evaluate(
        """(area, how) => area.dispatchEvent(new KeyboardEvent(
            "keydown", { key: "Enter", bubbles: true, cancelable: true, ...how }))""",
        composing,
    )

    assert is_left_alone
    expect(field(page)).to_have_value("こんにちは")


def test_who_chose_so_sends_with_ctrl_and_enter(open_page: Open, conversation: str) -> None:
    page = open_page("jana", path="/me/", viewport=WIDE)
    page.get_by_label("Enter sends").uncheck()
    page.get_by_role("button", name="Save").click()
    page.goto(conversation)
    expect(page.locator(".composer__hint:visible")).to_have_text("Ctrl or ⌘ + Enter sends")
    field(page).click()

    page.keyboard.type("First")
    page.keyboard.press("Enter")
    page.keyboard.type("second line")
    expect(field(page)).to_have_value("First\nsecond line")
    page.keyboard.press("Control+Enter")

    expect(field(page)).to_have_value("")
    expect(page.locator("#thread .message", has_text="second line")).to_have_count(1)


def test_on_a_phone_enter_begins_a_new_line(open_page: Open, conversation: str) -> None:
    page = open_page(path=conversation, viewport=PHONE, touch=True)
    field(page).click()

    page.keyboard.type("One")
    page.keyboard.press("Enter")
    page.keyboard.type("two")

    expect(field(page)).to_have_value("One\ntwo")
