"""Quick replies in the composer: found behind "/", filled in, sent with what goes along."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.shell.conftest import Open
from tests.desk import Desk

pytestmark = pytest.mark.browser

MAKE = """
from tests.factories import *
from tests.inbox.quick_replies.made import *
from inbox.actions.quick_replies import Words
from inbox.models import Channel, Label
label = Label.objects.create(name="Retoure")
make_quick_reply("danke", "Danke für Ihre Geduld!", name="Dank")
make_quick_reply("rück", "So senden Sie es zurück.", name="Rücksendung",
    acts={"labels": [str(label.code)], "close": True})
make_quick_reply("termin", "Hallo {{ contact.first_name }}, Termin bei {{ team.name }} steht.")
make_quick_reply("angebot", "20 % auf alles, Ihr Dank", content_class="advertising")
make_quick_reply("gruss", name="Schluss", texts=(
    Words("Viele Grüße", "de"), Words("Kind regards", "en")))
add_file(make_quick_reply("agb", "Unsere AGB"), "agb.txt", b"Alles gut", "text/plain")
channel = Channel.objects.first()
for number in range(9):
    contact = make_contact(
        phone=f"49301234580{number}", profile_name="Lena Hofmann", language="de")
    conversation = make_conversation(contact=contact, channel=channel)
    make_message(conversation, "Hello", wamid=f"wamid.quick{number}")
    print("conversation", conversation.code)
"""


@pytest.fixture(scope="module")
def fresh(desk: Desk) -> list[str]:
    return re.findall(r"[\w-]{36}", desk.run_python(MAKE))


@pytest.fixture
def page(open_page: Open, fresh: list[str]) -> Page:
    return open_page(path=f"/conversations/{fresh.pop()}/?in=all")


def field(page: Page) -> Locator:
    return page.locator("#composer textarea")


def shown(page: Page) -> Locator:
    return page.get_by_role("listbox", name="Quick replies").get_by_role("option")


def sent(page: Page, words: str) -> Locator:
    return page.locator("#thread .message[data-direction=out]", has_text=words)


def test_what_is_typed_narrows_the_list_and_enter_inserts(page: Page) -> None:
    field(page).press_sequentially("/")
    expect(shown(page)).to_have_count(6)
    expect(field(page)).to_have_role("combobox")

    field(page).press_sequentially("dan")
    # The shortcut first, then what has it in its text.
    expect(shown(page)).to_have_text([re.compile("/danke"), re.compile("/angebot")])
    page.keyboard.press("ArrowDown")
    expect(shown(page).nth(1)).to_have_attribute("aria-selected", "true")
    page.keyboard.press("ArrowUp")
    page.keyboard.press("Enter")

    expect(field(page)).to_have_value("Danke für Ihre Geduld!")
    expect(shown(page)).to_have_count(0)
    expect(sent(page, "Danke")).to_have_count(0)


@pytest.mark.parametrize("letters", ["ruck", "rueck", "RÜCK"])
def test_umlauts_are_found_however_they_are_typed(
    open_page: Open, fresh: list[str], letters: str
) -> None:
    page = open_page(path=f"/conversations/{fresh[0]}/?in=all")
    field(page).press_sequentially(f"/{letters}")

    expect(shown(page)).to_have_text(re.compile("/rück"))
    field(page).fill("")


def test_it_goes_where_the_cursor_is_and_can_be_taken_back(page: Page) -> None:
    field(page).fill("Guten Tag!  Bis bald")
    field(page).evaluate("area => area.setSelectionRange(11, 11)")
    field(page).press_sequentially("/dank")

    shown(page).first.click()

    expect(field(page)).to_have_value("Guten Tag! Danke für Ihre Geduld! Bis bald")
    page.keyboard.press("Control+z")
    expect(field(page)).to_have_value("Guten Tag! /dank Bis bald")


def test_escape_leaves_what_was_typed_and_slashes_in_words_ask_nothing(page: Page) -> None:
    field(page).press_sequentially("am 1/2")
    expect(shown(page)).to_have_count(0)
    field(page).press_sequentially(" https://example.org/d")
    expect(shown(page)).to_have_count(0)
    field(page).press_sequentially(" /d")
    expect(shown(page).first).to_be_visible()

    page.keyboard.press("Escape")

    expect(shown(page)).to_have_count(0)
    field(page).press_sequentially("a")
    expect(shown(page)).to_have_count(0)
    expect(field(page)).to_have_value("am 1/2 https://example.org/d /da")


def test_what_is_missing_is_marked_typed_over_and_not_sent(page: Page) -> None:
    field(page).press_sequentially("/termin")
    expect(shown(page)).to_have_count(1)
    page.keyboard.press("Tab")
    text = "Hallo Lena, Termin bei {{ team.name }} steht."
    expect(field(page)).to_have_value(text)
    expect(page.locator("#composer")).to_contain_text("Still to fill in:")

    page.get_by_role("button", name="Send", exact=True).click()

    expect(page.locator("#composer [data-errors]")).to_contain_text("Fill in “{{ team.name }}”")
    expect(field(page)).to_have_value(text)
    expect(sent(page, "Termin")).to_have_count(0)
    page.keyboard.type("der Werkstatt")  # it is selected
    expect(page.locator("#composer")).not_to_contain_text("Still to fill in:")
    page.keyboard.press("Control+Enter")
    expect(sent(page, "Termin bei der Werkstatt steht.")).to_have_count(1)


def test_what_goes_along_is_done_and_undone(page: Page) -> None:
    page.locator("[data-quick-open]").click()
    field(page).press_sequentially("rück")
    expect(shown(page)).to_have_count(1)
    page.keyboard.press("Enter")
    expect(page.get_by_role("checkbox", name="Close the conversation")).to_be_checked()

    page.reload()  # the draft keeps it all
    expect(field(page)).to_have_value("So senden Sie es zurück.")
    page.get_by_role("button", name="Send", exact=True).click()

    expect(page.get_by_role("button", name="Reopen")).to_be_visible()
    expect(page.locator("#thread")).to_contain_text("Retoure")
    page.locator(".toast").get_by_role("button", name="Undo").click()
    expect(page.get_by_role("button", name="Reopen")).to_have_count(0)
    expect(page.locator("#composer [name=quick_reply]")).to_have_count(0)


def test_what_is_switched_off_is_not_done_and_another_text_can_be_chosen(page: Page) -> None:
    field(page).press_sequentially("/rück")
    expect(shown(page)).to_have_count(1)
    page.keyboard.press("Enter")
    page.get_by_role("checkbox", name="Close the conversation").uncheck()
    field(page).press_sequentially(" /gruss")
    expect(shown(page)).to_have_count(1)
    page.keyboard.press("Enter")
    expect(field(page)).to_have_value("So senden Sie es zurück. Viele Grüße")
    page.get_by_label("Text of /gruss").select_option("English")
    expect(field(page)).to_have_value("So senden Sie es zurück. Kind regards")

    page.get_by_role("button", name="Send", exact=True).click()

    expect(page.locator("#thread")).to_contain_text("Retoure")
    expect(page.get_by_role("button", name="Reopen")).to_have_count(0)


def test_advertising_is_refused_in_the_composer_and_kept(page: Page) -> None:
    field(page).press_sequentially("/angebot")
    expect(shown(page)).to_contain_text(["Advertising"])
    page.keyboard.press("Enter")
    errors = page.locator("#composer [data-errors]")
    expect(errors).to_contain_text("has not agreed to advertising")

    page.get_by_role("button", name="Send", exact=True).click()

    expect(errors).to_contain_text("has not agreed to advertising")
    expect(field(page)).to_have_value("20 % auf alles, Ihr Dank")
    expect(page.locator("#composer [name=quick_reply]")).to_have_count(1)


def test_files_stand_with_the_others_and_are_sent(page: Page) -> None:
    field(page).press_sequentially("/agb")
    expect(shown(page)).to_have_count(1)
    page.keyboard.press("Enter")
    expect(page.locator("[data-tray]")).to_contain_text("agb.txt")

    page.get_by_role("button", name="Send", exact=True).click()

    expect(sent(page, "agb.txt")).to_contain_text("Unsere AGB")
    expect(page.locator("#composer [name=quick_reply]")).to_have_count(0)
