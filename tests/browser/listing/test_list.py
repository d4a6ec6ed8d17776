"""The list in a real browser: endless, live, and kept where the agent looks."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.shell.conftest import PHONE, Open
from tests.desk import Desk, wait_for

pytestmark = pytest.mark.browser

CHANGE = """
from django.utils import timezone
from inbox import events
from inbox.models import Conversation
c = Conversation.objects.get(contact__profile_name="{name}", status="open")
{change}
c.save()
events.publish(events.about(c))
"""


@pytest.fixture
def page(open_page: Open) -> Page:
    page = open_page(path="/inbox/all/?sort=newest")
    page.locator("#rows .row").first.wait_for()
    return page


def change(desk: Desk, name: str, what: str) -> None:
    desk.run_python(CHANGE.format(name=name, change=what))


def names(page: Page) -> list[str]:
    return page.locator("#rows .row__name").all_text_contents()


def to_the_end(page: Page) -> None:
    page.locator("#rows").evaluate("rows => rows.scrollTo(0, rows.scrollHeight)")


def test_it_goes_on_to_the_end_while_scrolling(page: Page) -> None:
    def all_are_there() -> bool:
        to_the_end(page)
        return page.locator("#rows .row").count() >= 70

    wait_for(all_are_there, "the whole list is loaded", seconds=20)

    seen = names(page)
    assert len(seen) == len(set(seen))
    expect(page.locator("#rows-more")).to_have_count(0)


def test_who_writes_comes_to_the_top_and_nothing_jumps(page: Page, desk: Desk) -> None:
    page.locator("#rows").evaluate("rows => rows.scrollTo(0, 1000)")
    looked_at = page.locator("#rows .row").nth(15)
    name, before = looked_at.get_attribute("id"), looked_at.bounding_box()

    change(
        desk,
        "Customer 24",
        "c.last_message_at, c.last_message_preview = timezone.now(), 'It <b>came</b>'",
    )

    first = page.locator("#rows > .row").first
    expect(first).to_contain_text("Customer 24", timeout=10_000)
    expect(first).to_contain_text("It <b>came</b>")
    after = page.locator(f"[id='{name}']").bounding_box()
    assert before and after
    assert abs(before["y"] - after["y"]) < 2


def test_what_is_closed_leaves(page: Page, desk: Desk) -> None:
    row = page.locator("#rows .row", has_text="Customer 03")
    expect(row).to_be_visible()

    change(desk, "Customer 03", "c.status, c.closed_at = 'closed', timezone.now()")

    expect(row).to_have_count(0, timeout=10_000)


def test_after_a_lost_connection_every_loaded_row_is_true_again(page: Page, desk: Desk) -> None:
    def two_pages_are_there() -> bool:
        to_the_end(page)
        return page.locator("#rows .row").count() > 31

    wait_for(two_pages_are_there, "a second page", seconds=20)
    row = page.locator("#rows .row", has_text="Customer 40")
    expect(row).to_have_count(1)
    # Without a hint: it was lost.
    desk.run_python(
        "from inbox.models import Conversation; from django.utils import timezone;"
        "Conversation.objects.filter(contact__profile_name='Customer 40')"
        ".update(status='closed', closed_at=timezone.now())"
    )

    page.evaluate("document.dispatchEvent(new CustomEvent('desk:connected'))")

    expect(row).to_have_count(0, timeout=10_000)
    assert page.locator("#rows .row").count() > 31


def test_a_change_keeps_the_keyboards_place(page: Page, desk: Desk) -> None:
    link = page.locator("#rows .row", has_text="Customer 05").locator("a")
    link.focus()

    change(desk, "Customer 05", "c.last_message_preview = 'One more thing'")

    expect(link).to_contain_text("One more thing", timeout=10_000)
    expect(link).to_be_focused()


def test_the_open_conversation_is_marked_and_has_its_person(page: Page) -> None:
    row = page.locator("#rows .row", has_text="Customer 07").locator("a")

    row.click()

    expect(page.locator("#thread")).to_contain_text("number07")
    expect(row).to_have_attribute("aria-current", "true")
    expect(page.locator("#person")).to_contain_text("Customer wrote first")


def test_a_label_from_the_panel_appears_in_the_row(page: Page) -> None:
    row = page.locator("#rows .row", has_text="Customer 08")
    row.locator("a").click()
    page.locator("#person").get_by_text("Add").first.click()
    page.locator("#label-menu").get_by_role("button", name="VIP").click()
    page.keyboard.press("Escape")

    expect(page.locator("#person .chip")).to_contain_text("VIP")
    expect(row.locator(".chip")).to_have_text("VIP", timeout=10_000)
    colour = row.locator(".chip").evaluate("c => getComputedStyle(c).getPropertyValue('--c')")
    assert colour == "#7c3aed"


def test_search_finds_while_typing_and_leads_to_the_place(page: Page) -> None:
    page.keyboard.press("/")
    page.keyboard.type("number09")

    hit = page.locator(".found__link")
    expect(hit.locator("mark")).to_have_text("number09")
    expect(page.locator("#rows")).to_be_hidden()
    page.keyboard.press("Enter")

    expect(page.locator("#thread")).to_contain_text("number09")
    wait_for(lambda: "?at=" in page.evaluate("location.href"), "the address leads there")
    assert "number09" not in page.evaluate("location.href")

    page.locator("[data-search] input[type=search]").focus()
    page.keyboard.press("Escape")
    expect(page.locator("#rows")).to_be_visible()


def test_on_a_phone_there_is_one_pane_and_a_way_back(open_page: Open) -> None:
    page = open_page(path="/inbox/all/?sort=newest", viewport=PHONE)
    expect(page.locator("#conversation")).to_be_hidden()

    page.locator("#rows .row", has_text="Customer 11").locator("a").click()
    expect(page.locator("#thread")).to_be_visible()
    expect(page.locator("#list")).to_be_hidden()

    page.locator("#conversation [data-back]").click()
    expect(page.locator("#list")).to_be_visible()


def test_what_one_looked_for_stays_out_of_addresses(page: Page) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.keyboard.press("/")
    page.keyboard.type("number12")
    page.locator(".found__link").click()
    expect(page.locator("#thread .message--found")).to_contain_text("number12")

    marked = page.evaluate("[...CSS.highlights.get('found')].map(String)")

    assert marked == ["number12"]
    assert not [url for url in asked if "number12" in url]


def test_back_and_reload_after_a_search_show_the_list_again(page: Page) -> None:
    """Nothing is sent twice, and the browser asks nothing."""
    page.keyboard.press("/")
    page.keyboard.type("number14")
    page.locator(".found__link").click()
    expect(page.locator("#thread")).to_contain_text("number14")
    page.locator("[data-search] input[type=search]").focus()
    page.keyboard.press("Escape")

    go_back_from_thread(page)

    expect(page).to_have_url(re.compile(r"/inbox/all/\?sort=newest$"))
    expect(page.locator("#rows .row").first).to_be_visible()
    expect(page.locator("#conversation")).to_contain_text("Choose a conversation")
    expect(page.locator("#person")).to_be_empty()
    expect(page.locator("#rows [aria-current]")).to_have_count(0)
    page.go_forward()
    expect(page.locator("#thread")).to_contain_text("number14")
    page.reload()
    expect(page.locator("#thread")).to_contain_text("number14")
    expect(page.locator("[data-search] input[type=search]")).to_have_value("")


def go_back_from_thread(page: Page) -> None:
    """The address follows the thread; before that there is nothing to go back from."""
    expect(page).to_have_url(re.compile("/conversations/"))
    page.go_back()


def test_after_going_back_the_list_still_lives(page: Page, desk: Desk) -> None:
    page.locator("#rows .row", has_text="Customer 16").locator("a").click()
    expect(page.locator("#thread")).to_contain_text("number16")
    go_back_from_thread(page)
    expect(page.locator("#conversation")).to_contain_text("Choose a conversation")

    change(desk, "Customer 17", "c.last_message_preview = 'Still there?'")

    row = page.locator("#rows .row", has_text="Customer 17")
    expect(row).to_contain_text("Still there?", timeout=10_000)
    page.keyboard.press("/")
    page.keyboard.type("number18")
    expect(page.locator(".found__link mark")).to_have_text("number18")


def test_the_filter_is_fetched_when_it_opens_and_narrows_the_list(page: Page) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))

    page.locator(".list__filter summary").click()

    assigned = page.get_by_label("Assigned to")
    expect(assigned).to_be_visible()
    expect(page.locator(".list__form [name=label]").first).to_be_focused()
    assert sum("/filter/" in url for url in asked) == 1
    assigned.select_option(label="Anna Keller")
    page.get_by_role("button", name="Show").click()
    expect(page.locator("#rows")).to_contain_text("Nothing here fits the filter")
    expect(page.locator(".list__line .chip")).to_contain_text("Anna Keller")

    page.locator(".list__filter summary").click()
    chosen = page.get_by_label("Assigned to").locator("option:checked")
    expect(chosen).to_have_text("Anna Keller")
