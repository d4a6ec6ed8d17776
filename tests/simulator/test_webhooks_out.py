"""simulator.webhooks: what is posted to the desk, and how stubbornly."""

from __future__ import annotations

import pytest

from simulator.remote import Remote
from tests.simulator.conftest import Graph
from tests.simulator.desk import Desk, Json


def test_a_message_is_posted_with_a_signature_over_the_raw_bytes(
    whatsapp: Remote, desk: Desk
) -> None:
    person = whatsapp.person(name="Zoë Müller", phone="4915100000001")

    wamid = whatsapp.says(person, "Grüße / 👋")
    whatsapp.settle()

    [post] = desk.posts
    assert post.is_signed()
    assert not post.is_signed("another secret")
    assert b"Gr\\u00fc\\u00dfe \\/ \\ud83d\\udc4b" in post.raw
    [value] = post.values
    assert value["metadata"]["phone_number_id"] == "200000000000001"
    assert value["contacts"][0]["profile"]["name"] == "Zoë Müller"
    assert value["contacts"][0]["user_id"] == person["user_id"]
    [message] = value["messages"]
    assert message["id"] == wamid
    assert message["from"] == "4915100000001"
    assert message["text"]["body"] == "Grüße / 👋"
    assert message["timestamp"].isdigit()


def test_a_refused_post_is_repeated_whole_until_it_is_heard(
    whatsapp: Remote, desk: Desk
) -> None:
    desk.answers.extend([500, 403, 204])
    person = whatsapp.person()

    whatsapp.says(person, "Hallo")
    whatsapp.settle()

    assert len(desk.posts) == 4
    assert len({post.raw for post in desk.posts}) == 1
    [delivery] = whatsapp.deliveries(state="delivered")
    assert [attempt["result"] for attempt in delivery["attempts"]] == [500, 403, 204, 200]


def test_a_dropped_post_comes_on_the_second_attempt(whatsapp: Remote, desk: Desk) -> None:
    whatsapp.webhooks(drop_next=1)

    whatsapp.says(whatsapp.person(), "Hallo")
    whatsapp.settle()

    assert len(desk.posts) == 1
    [delivery] = whatsapp.deliveries()
    assert [attempt["result"] for attempt in delivery["attempts"]] == ["dropped", 200]


@pytest.mark.parametrize("shape", ["separate", "merged"])
def test_waiting_updates_travel_in_one_post(whatsapp: Remote, desk: Desk, shape: str) -> None:
    person = whatsapp.person()
    whatsapp.webhooks(paused=True, batch_size=1000, shape=shape)
    whatsapp.says(person, "Nachricht", times=700)

    whatsapp.webhooks(paused=False)
    whatsapp.settle()

    [post] = desk.posts
    assert len(desk.messages) == 700
    assert len(post.values) == (1 if shape == "merged" else 700)
    assert len({message["id"] for message in desk.messages}) == 700
    if shape == "merged":
        assert len(post.values[0]["contacts"]) == 1


def test_no_post_is_larger_than_three_megabytes(whatsapp: Remote, desk: Desk) -> None:
    person = whatsapp.person()
    whatsapp.webhooks(paused=True, batch_size=1000)
    whatsapp.says(person, "ä/" * 2000, times=400)

    whatsapp.webhooks(paused=False)
    whatsapp.settle()

    assert len(desk.messages) == 400
    assert 1 < len(desk.posts) < 6
    assert max(len(post.raw) for post in desk.posts) <= 3 * 10**6


def test_reordering_loses_nothing_and_follows_the_seed(whatsapp: Remote, desk: Desk) -> None:
    def told() -> list[str]:
        desk.clear()
        whatsapp.reset(seed="7")
        whatsapp.webhooks(paused=True, reorder=20)
        person = whatsapp.person()
        for number in range(12):
            whatsapp.says(person, f"{number}")
        whatsapp.webhooks(paused=False)
        whatsapp.settle()
        return [message["text"]["body"] for message in desk.messages]

    first, second = told(), told()

    assert first == second
    assert first != sorted(first, key=int)
    assert sorted(first, key=int) == [f"{number}" for number in range(12)]


def test_duplicates_are_the_same_bytes_again(whatsapp: Remote, desk: Desk) -> None:
    whatsapp.webhooks(duplicate_next=1)
    person = whatsapp.person()

    whatsapp.says(person, "eins")
    whatsapp.says(person, "zwei")
    whatsapp.settle()

    texts = [message["text"]["body"] for message in desk.messages]
    assert texts == ["eins", "eins", "zwei"]


@pytest.mark.parametrize(
    ("conduct", "expected"),
    [("wrong_signature_next", False), ("no_signature_next", None)],
    ids=["wrong", "missing"],
)
def test_signatures_can_be_wrong_or_missing(
    whatsapp: Remote, desk: Desk, conduct: str, expected: bool | None
) -> None:
    whatsapp.webhooks(**{conduct: 1})
    person = whatsapp.person()

    whatsapp.says(person, "verdächtig")
    whatsapp.says(person, "echt")
    whatsapp.settle()

    strange, honest = desk.posts
    assert (strange.signature is None) is (expected is None)
    assert not strange.is_signed()
    assert honest.is_signed()


def test_a_status_can_come_before_the_response(
    whatsapp: Remote, desk: Desk, graph: Graph, lena: Json
) -> None:
    whatsapp.webhooks(status_before_response=True)
    told_by_then: list[int] = []

    answer = graph.send(lena["phone"], biz_opaque_callback_data="msg:1")
    told_by_then.append(len(desk.statuses))
    whatsapp.settle()

    assert told_by_then[0] >= 1
    first = desk.statuses[0]
    assert first["status"] == "sent"
    assert first["id"] == answer["messages"][0]["id"]
    assert first["biz_opaque_callback_data"] == "msg:1"
    assert [status["status"] for status in desk.statuses] == ["sent", "delivered"]


def test_a_delivery_can_be_posted_again(whatsapp: Remote, desk: Desk) -> None:
    whatsapp.says(whatsapp.person(), "Hallo")
    whatsapp.settle()
    [delivery] = whatsapp.deliveries(body=True)

    whatsapp.ask("POST", f"/deliveries/{delivery['id']}/again")

    assert [post.raw.decode() for post in desk.posts] == [delivery["body"]] * 2


def test_raw_bodies_are_signed_word_for_word(whatsapp: Remote, desk: Desk) -> None:
    whatsapp.raw(text='{"object": "whatsapp_business_account", "entry": []}')
    whatsapp.raw(text="not json \ud800")

    assert desk.posts[0].raw == b'{"object": "whatsapp_business_account", "entry": []}'
    assert all(post.is_signed() for post in desk.posts)


def test_a_rotated_app_secret_signs_from_then_on(whatsapp: Remote, desk: Desk) -> None:
    whatsapp.ask("PATCH", "/apps/300000000000001", {"secret": "fresh"})

    whatsapp.says(whatsapp.person(), "Hallo")
    whatsapp.settle()

    assert desk.posts[0].is_signed("fresh")


def test_the_customers_second_tick_means_that_the_desk_has_it(
    whatsapp: Remote, desk: Desk
) -> None:
    desk.answers.append(500)
    whatsapp.webhooks(retry_ms=60_000)
    desk.answers.append(500)
    person = whatsapp.person()

    whatsapp.says(person, "Hallo")
    whatsapp.settle(retries=False)
    desk.wait_for_posts(2)

    [record] = whatsapp.ask("GET", "/export")["messages"]
    assert list(record["statuses"]) == ["sent"]


def test_a_burst_tells_every_message_once(whatsapp: Remote, desk: Desk) -> None:
    report = whatsapp.burst(messages=500, people=20, batch=50, concurrency=3)

    assert report["updates"] == 500
    assert report["posts"] == len(desk.posts) == 10
    assert len({message["id"] for message in desk.messages}) == 500
    assert len({message["from"] for message in desk.messages}) == 20
