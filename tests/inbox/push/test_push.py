"""inbox.push: what is sent to browsers in which the desk is closed"""

from __future__ import annotations

import httpx
import pytest
from pytest_django import Settings

from inbox.push import keys
from inbox.push.addresses import NotAnAddress, checked
from inbox.push.sending import Outcome, Parcel, send
from tests.inbox.push.browser import PushedBrowser, service


def parcel(browser: PushedBrowser, content: bytes = b'{"text": "Hello"}') -> Parcel:
    return Parcel(browser.address, content, topic="a" * 32)


def test_only_the_browser_it_is_for_reads_it() -> None:
    one, other = PushedBrowser("one"), PushedBrowser("other")

    outcomes = [o for _, o in send([parcel(one), parcel(other)], service(one, other))]

    assert outcomes == [Outcome.ACCEPTED, Outcome.ACCEPTED]
    assert one.heard == other.heard == [{"text": "Hello"}]
    assert not any(b"Hello" in sent for sent in (*one.carried, *other.carried))


@pytest.mark.parametrize(
    ("status", "outcome"),
    [
        (404, Outcome.GONE),
        (410, Outcome.GONE),
        (413, Outcome.FAILED),
        (429, Outcome.FAILED),
        (500, Outcome.FAILED),
        (302, Outcome.FAILED),
    ],
)
def test_what_the_service_answers_decides(status: int, outcome: Outcome) -> None:
    browser = PushedBrowser(status=status)
    assert [o for _, o in send([parcel(browser)], service(browser))] == [outcome]


def test_a_service_that_is_down_stops_nobody_else(caplog: pytest.LogCaptureFixture) -> None:
    one, other = PushedBrowser("one"), PushedBrowser("other")

    def carry(request: httpx.Request) -> httpx.Response:
        if str(request.url) == one.endpoint:
            raise httpx.ConnectTimeout("too slow: /wpush/v2/one", request=request)
        return other.carry(request)

    outcomes = [o for _, o in send([parcel(one), parcel(other)], httpx.MockTransport(carry))]

    assert outcomes == [Outcome.FAILED, Outcome.ACCEPTED]
    assert "wpush" not in caplog.text


def test_the_key_stays_the_same_until_the_encryption_key_changes(settings: Settings) -> None:
    settings.ENCRYPTION_KEYS = ["one"]
    before = keys.public_key()
    assert keys.public_key() == before
    assert len(before) == 87  # 65 bytes

    settings.ENCRYPTION_KEYS = ["two", "one"]

    assert keys.public_key() != before


@pytest.mark.parametrize(
    "endpoint",
    [
        "http://updates.push.services.mozilla.com/x",
        "https://127.0.0.1/x",
        "https://localhost/x",
        "https://169.254.169.254/latest/meta-data",
        "https://fcm.googleapis.com.evil.example/x",
        "https://evilfcm.googleapis.com/x",
        "https://fcm.googleapis.com@evil.example/x",
        "https://user@fcm.googleapis.com/x",
        "https://fcm.googleapis.com:8443/x",
        "https://push.services.mozilla.com.evil.example/x",
        "https://[::1]/x",
        "https://fcm.googleapis.com:99999999/x",
        "file:///etc/passwd",
        "",
        "https://fcm.googleapis.com/" + "x" * 2000,
    ],
)
def test_nobody_has_us_call_other_addresses(endpoint: str) -> None:
    good = PushedBrowser().address
    with pytest.raises(NotAnAddress):
        checked(endpoint, good.p256dh, good.auth)


@pytest.mark.parametrize(
    "wrong",
    [
        {"p256dh": "", "auth": ""},
        {"p256dh": "nonsense"},
        {"p256dh": "ü"},
        {"p256dh": "A" * 87},  # no point of the curve
        {"p256dh": "A" * 100_000},
        {"auth": "AAAA"},
        {"auth": "ü"},
    ],
)
def test_keys_that_are_none_are_refused(wrong: dict[str, str]) -> None:
    good = PushedBrowser().address
    keys_ = {"p256dh": good.p256dh, "auth": good.auth} | wrong
    with pytest.raises(NotAnAddress):
        checked(good.endpoint, **keys_)


def test_what_browsers_give_is_taken() -> None:
    for host in ("fcm.googleapis.com", "web.push.apple.com", "wns2-db5p.notify.windows.com"):
        good = PushedBrowser().address
        assert checked(f"https://{host}/x", good.p256dh, good.auth).secret
        assert checked(f"https://{host}/x", good.p256dh + "=", good.auth + "==").secret


def test_an_address_that_became_forbidden_is_given_up(settings: Settings) -> None:
    browser = PushedBrowser()
    settings.PUSH_SERVICES = ["fcm.googleapis.com"]

    assert [o for _, o in send([parcel(browser)], service(browser))] == [Outcome.GONE]
    assert browser.heard == []
