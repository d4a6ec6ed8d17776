"""GET /service-worker.js: what shows notifications."""

from __future__ import annotations

from django.test import Client


def test_it_is_a_script_for_the_whole_desk_that_browsers_ask_for_again(client: Client) -> None:
    response = client.get("/service-worker.js")

    assert response.headers["Content-Type"] == "text/javascript; charset=utf-8"
    assert "no-store" in response.headers["Cache-Control"]
    assert b"notificationclick" in response.content


def test_it_sees_no_requests_and_keeps_no_pages(client: Client) -> None:
    script = client.get("/service-worker.js").content

    assert b'"fetch"' not in script
    assert b"caches" not in script


def test_nothing_is_posted_to_it(client: Client) -> None:
    assert client.post("/service-worker.js").status_code == 405
