"""The page and its connection: what it tells, when it is lost, and who else is there."""

from __future__ import annotations

import json
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.browser.shell.conftest import Open
from tests.desk import Desk, wait_for

pytestmark = pytest.mark.browser

LISTEN = """
window.heard = [];
for (const name of ["connected", "hint", "stale", "presence", "channel"]) {
  document.addEventListener(`desk:${name}`, ({ detail }) => heard.push([name, detail]));
}
"""


def listening(page: Page) -> Page:
    """Begin anew, remembering what the shell tells the page from the first moment on."""
    page.add_init_script(LISTEN)
    page.reload()
    wait_until_heard(page, "connected")
    return page


def wait_until_heard(page: Page, name: str) -> Any:
    """What was told. (Playwright's own waiting needs eval, which the policy refuses.)"""
    ask = f"heard.find(([name]) => name === '{name}') || null"
    return wait_for(lambda: page.evaluate(ask), f"the page hears {name}", seconds=10)[1]


def tell(page: Page, name: str, detail: dict[str, Any]) -> None:
    event = f"new CustomEvent('{name}', {{ detail: {json.dumps(detail)} }})"
    page.evaluate(f"document.dispatchEvent({event})")


def say(desk: Desk, code: str) -> None:
    """A customer of this conversation has written, as the worker would say it."""
    desk.run_python(
        "from inbox import events; from inbox.models import Conversation;"
        f"events.publish(events.about(Conversation.objects.get(code='{code}'), incoming=True))"
    )


def test_a_hint_reaches_the_page(open_page: Open, desk: Desk, conversations: list[str]) -> None:
    page = listening(open_page())

    say(desk, conversations[0])

    assert wait_until_heard(page, "hint")["code"] == conversations[0]
    assert wait_until_heard(page, "stale")["hints"][0]["code"] == conversations[0]


def test_the_first_hint_is_told_at_once_and_the_rest_together(open_page: Open) -> None:
    page = listening(open_page())
    page.clock.install()
    page.clock.pause_at("2050-01-01")
    page.evaluate("heard.length = 0")
    hint = """document.dispatchEvent(
        new CustomEvent("desk:hint", { detail: { kind: "conversation", code: "x" } }));"""

    page.evaluate(hint)
    page.clock.run_for(100)
    page.evaluate(f"for (let n = 0; n < 49; n++) {hint}")
    page.clock.run_for(800)
    assert gathered(page) == [1]
    page.clock.run_for(200)
    assert gathered(page) == [1, 49]


def gathered(page: Page) -> list[int]:
    told = page.evaluate("heard.filter(([name]) => name === 'stale')")
    return [len(detail["hints"]) for _name, detail in told]


def test_a_tab_that_missed_a_lot_fetches_everything(open_page: Open) -> None:
    page = listening(open_page())
    page.evaluate("heard.length = 0")

    page.evaluate(
        """for (let n = 0; n < 600; n++) document.dispatchEvent(
             new CustomEvent("desk:hint", { detail: { kind: "conversation", code: "x" } }))"""
    )

    wait_until_heard(page, "connected")
    assert page.evaluate("heard.some(([name]) => name === 'stale')") is False


def test_a_lost_connection_is_said_after_a_while_and_mended(open_page: Open) -> None:
    page = open_page()
    chip = page.locator("#connection")
    page.route("**/live/", lambda route: route.abort())
    page.reload()

    expect(chip).to_be_hidden()
    expect(chip).to_be_visible(timeout=8000)

    page.unroute("**/live/")
    expect(chip).to_be_hidden(timeout=40_000)


def test_colleagues_see_each_other(open_page: Open, conversations: list[str]) -> None:
    path = f"/conversations/{conversations[0]}/"
    mine = listening(open_page("anna", path))
    theirs = listening(open_page("jana", path))
    wait_until_shown(mine, viewing=["Jana Meier"])

    tell(theirs, "desk:typing", {"code": conversations[0], "note": False})
    wait_until_shown(mine, writing=["Jana Meier"])

    theirs.goto("/me/")
    wait_until_shown(mine, viewing=[], writing=[])


def wait_until_shown(page: Page, **expected: list[str]) -> None:
    """The newest word about who is there says this."""
    ask = "heard.findLast(([name]) => name === 'presence')?.[1] || null"

    def is_shown() -> bool:
        newest = page.evaluate(ask)
        return newest is not None and all(
            [person["name"] for person in newest[state]] == names
            for state, names in expected.items()
        )

    wait_for(is_shown, f"{expected} is shown", seconds=10)


STUB_AUDIO = "window.played = 0; window.Audio = class { async play() { played += 1; } };"


@pytest.mark.parametrize(
    ("change", "sounds"),
    [
        ({}, 1),
        ({"incoming": False}, 0),
        ({"assignee": 999_999}, 0),
        ({"assignee": None}, 0),
    ],
    ids=["mine", "not the customer", "a colleague's", "nobody's"],
)
def test_only_news_that_concern_me_sound(
    open_page: Open, change: dict[str, Any], sounds: int
) -> None:
    page = open_page()
    page.add_init_script(STUB_AUDIO)
    page.reload()
    me = int(page.locator("body").get_attribute("data-agent-id") or 0)
    hint = {"kind": "conversation", "code": "x", "incoming": True, "assignee": me} | change

    tell(page, "desk:hint", hint)
    tell(page, "desk:hint", hint | {"code": "y"})

    # Two at once are one sound.
    assert page.evaluate("played") == sounds


def test_what_i_am_looking_at_makes_no_sound(open_page: Open) -> None:
    page = open_page()
    page.add_init_script(STUB_AUDIO)
    page.reload()
    me = int(page.locator("body").get_attribute("data-agent-id") or 0)

    tell(page, "desk:opened", {"code": "x"})
    tell(
        page,
        "desk:hint",
        {"code": "x", "incoming": True, "assignee": me, "kind": "conversation"},
    )

    assert page.evaluate("played") == 0


def test_a_session_that_ended_is_said_and_nothing_is_lost(open_page: Open) -> None:
    page = open_page("jana")
    page.context.clear_cookies()

    page.evaluate("document.dispatchEvent(new CustomEvent('desk:signed-out'))")

    link = page.locator("#signed-out a")
    expect(link).to_be_visible()
    assert "/login/?next=" in (link.get_attribute("href") or "")


def test_a_stream_that_is_refused_says_so(open_page: Open) -> None:
    page = open_page("jana")
    page.context.clear_cookies()

    page.evaluate("dispatchEvent(new Event('online'))")  # connects again

    expect(page.locator("#signed-out")).to_be_visible()


def test_locking_out_stops_an_open_tab_at_once(open_page: Open, desk: Desk) -> None:
    desk.run_python(
        "from tests.factories import make_agent;"
        "make_agent('Gone Soon', email='gone@example.org')"
    )
    page = listening(open_page("gone"))

    desk.run_python(
        "from inbox.actions import agents; from inbox.models import Agent;"
        "agents.lock_out(Agent.objects.get(email='gone@example.org'),"
        " by=Agent.objects.get(email='adele@example.org'))"
    )

    page.wait_for_url("**/login/**")


def test_a_failed_request_says_so(open_page: Open) -> None:
    page = open_page()
    page.evaluate("htmx.ajax('POST', '/nowhere/', { swap: 'none' })")

    expect(page.locator(".toast")).to_contain_text("This is not here any more.")
    page.locator(".toast button").last.click()
    expect(page.locator(".toast")).to_have_count(0)


def test_a_row_that_is_redrawn_while_it_opens_still_opens_all(
    open_page: Open, conversations: list[str]
) -> None:
    page = open_page(path="/inbox/all/")
    row = page.locator(f".row[data-code='{conversations[1]}'] a")
    row.wait_for()

    row.evaluate("(link) => { link.click(); link.closest('.row').remove(); }")

    expect(page.locator("#conversation")).to_contain_text("Mehmet Sahin")
    expect(page.locator("#person")).to_contain_text("Mehmet Sahin")


def test_a_toast_may_offer_a_way_back(open_page: Open) -> None:
    page = open_page()
    page.evaluate(
        """const action = { label: "Undo", run: () => (window.undone = true) };
           const detail = { text: "<b>Closed</b>", action };
           document.dispatchEvent(new CustomEvent("desk:toast", { detail }));"""
    )

    expect(page.locator(".toast span")).to_have_text("<b>Closed</b>")
    page.get_by_role("button", name="Undo").click()

    assert page.evaluate("undone") is True
    expect(page.locator(".toast")).to_have_count(0)


def test_a_double_click_sends_once(open_page: Open) -> None:
    page = open_page(path="/me/")
    page.evaluate(
        """document.querySelector("main").insertAdjacentHTML("beforeend",
             '<form id="twice" method="post" action="/nowhere/" target="_blank"></form>');
           window.sent = 0;
           twice.addEventListener("submit", (event) => { event.preventDefault(); sent += 1; });
           twice.requestSubmit(); twice.requestSubmit();"""
    )

    assert page.evaluate("sent") == 1


def test_times_stay_true(open_page: Open) -> None:
    page = open_page()
    page.clock.install(time="2026-11-21T12:00:00Z")
    page.reload()
    page.evaluate(
        """document.querySelector("main").insertAdjacentHTML("beforeend",
             '<time data-moment id="at" datetime="2026-11-21T11:42:00Z">?</time>')"""
    )
    time = page.locator("#at")

    page.clock.run_for(31_000)
    expect(time).to_have_text("12:42")  # in Berlin
    page.clock.fast_forward("12:00:00")
    expect(time).to_have_text("Yesterday")
    page.clock.fast_forward("24:00:00")
    expect(time).to_have_text("Saturday")
