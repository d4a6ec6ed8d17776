"""Notifications of the system, shown by the desk's service worker."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import Page, Worker, expect

from tests.browser.shell.conftest import Open
from tests.desk import wait_for

pytestmark = pytest.mark.browser
REGISTERED = "navigator.serviceWorker.getRegistration().then((found) => Boolean(found?.active))"
SHOWN = """registration.getNotifications().then((all) =>
  all.map(({ title, body, tag, data }) => ({ title, body, tag, data })))"""
PRESS = """registration.getNotifications().then(([notification]) =>
  dispatchEvent(new NotificationEvent("notificationclick", { notification })))"""
# As if somebody looked at another window: browsers of tests are always looked at.
LOOK_AWAY = "document.hasFocus = () => false"


def allowed(open_page: Open, path: str = "/inbox/all/", name: str = "anna") -> Page:
    page = open_page(name, path)
    page.context.grant_permissions(["notifications"])
    page.reload()
    return page


def worker_of(page: Page) -> Worker:
    page.wait_for_function(REGISTERED)
    [worker] = page.context.service_workers
    return worker


def a_customer_writes(page: Page, code: str) -> None:
    page.evaluate(LOOK_AWAY)
    page.evaluate("localStorage.removeItem('desk.sound')")
    me = int(page.locator("body").get_attribute("data-agent-id") or 0)
    hint = {"kind": "conversation", "code": code, "incoming": True, "assignee": me}
    page.evaluate(
        "(detail) => document.dispatchEvent(new CustomEvent('desk:hint', { detail }))", hint
    )


def shown(worker: Worker) -> list[dict[str, Any]]:
    wait_for(lambda: bool(worker.evaluate(SHOWN)), "a notification", seconds=10)
    return list(worker.evaluate(SHOWN))


def test_a_notification_leads_to_the_conversation_and_tells_nothing(
    open_page: Open, conversations: list[str]
) -> None:
    code = conversations[1]
    page = allowed(open_page)
    worker = worker_of(page)

    a_customer_writes(page, code)

    [note] = shown(worker)
    assert (note["title"], note["body"]) == ("Supportdesk", "A customer has written.")
    assert "Mehmet" not in str(note)

    worker.evaluate(PRESS)
    page.wait_for_url(f"**/conversations/{code}/**")
    expect(page.locator("#conversation")).to_contain_text("Mehmet Sahin")
    assert worker.evaluate(SHOWN) == []


def test_a_notification_is_pressed_on_a_page_without_the_list(
    open_page: Open, conversations: list[str]
) -> None:
    page = allowed(open_page, "/me/notifications/")
    worker = worker_of(page)
    a_customer_writes(page, conversations[2])
    assert shown(worker)

    worker.evaluate(PRESS)

    page.wait_for_url(f"**/conversations/{conversations[2]}/")


def test_without_permission_there_is_no_worker(open_page: Open) -> None:
    page = open_page(path="/me/notifications/")

    expect(page.get_by_role("button", name="Ask for it now")).to_be_visible()
    assert page.evaluate(REGISTERED) is False


def test_permission_is_asked_for_and_the_answer_said(open_page: Open) -> None:
    page = open_page(path="/me/notifications/")
    page.context.grant_permissions(["notifications"])  # what the browser will answer

    page.get_by_role("button", name="Ask for it now").click()

    expect(page.get_by_text("This browser may show notifications.")).to_be_visible()
    expect(page.get_by_role("button", name="Ask for it now")).to_be_hidden()
    worker_of(page)


def test_who_wants_none_has_no_worker_any_more(open_page: Open) -> None:
    page = allowed(open_page, "/me/notifications/", "adele")
    worker_of(page)

    for tick in page.locator("input[name=shown_notices], input[name=pushed_notices]").all():
        tick.uncheck()
    page.get_by_role("button", name="Save").click()

    page.wait_for_function("navigator.serviceWorker.getRegistration().then((found) => !found)")
