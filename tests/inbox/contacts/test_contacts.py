"""GET and POST /people/"""

from __future__ import annotations

from datetime import timedelta
from html import unescape
from typing import Any

import pytest
from django.test import Client
from pytest_django.asserts import assertContains, assertNotContains

from inbox import contact_list, search
from inbox.models import Agent, Contact, Conversation
from tests.factories import make_channel, make_contact, make_conversation, make_team

pytestmark = pytest.mark.django_db
URL = "/people/"
HTMX = {"HX-Request": "true"}


def wrote(name: str, hours: float = 1, **fields: Any) -> Contact:
    """Somebody by this name who wrote so long ago."""
    contact = make_contact(profile_name=name, **fields.pop("contact", {}))
    make_conversation(contact=contact, wrote=timedelta(hours=hours), **fields)
    search.index_contacts([contact])
    return contact


def names(agent: Agent, text: str = "") -> list[str]:
    return [person.name for person in contact_list.page(agent, text).people]


def test_it_shows_who_wrote_and_leads_to_them(agent_client: Client) -> None:
    contact = wrote("Lena Hofmann", contact={"username": "lena", "phone": "4915123456789"})

    r = agent_client.get(URL)

    assertContains(r, "Lena Hofmann")
    assertContains(r, "+49 1512 3456789 · @lena")
    assertContains(r, f'href="/contacts/{contact.code}/"')
    assertContains(r, ">Open</span>")


def test_whose_conversation_moved_last_comes_first(agent: Agent) -> None:
    wrote("closed", 2, status="closed")
    wrote("open", 3)
    wrote("put off", 1, status="snoozed")

    assert names(agent) == ["put off", "closed", "open"]


def test_each_comes_once_with_the_newest_of_their_conversations(agent: Agent) -> None:
    often = wrote("often", 9, status="closed")
    wrote("between", 5)
    make_conversation(contact=often, wrote=timedelta(hours=7), status="closed")
    make_conversation(contact=often, wrote=timedelta(hours=1))

    assert names(agent) == ["often", "between"]


def test_only_those_of_numbers_one_may_see(agent: Agent, admin: Agent) -> None:
    secret = make_channel()
    secret.teams.add(make_team())
    wrote("hidden", channel=secret)
    both = wrote("both", 5)
    make_conversation(contact=both, channel=secret, wrote=timedelta(minutes=1))
    wrote("visible", 3)
    make_contact(profile_name="never wrote")

    # What is hidden does not move anybody up either.
    assert names(agent) == ["visible", "both"]
    assert names(admin) == ["both", "hidden", "visible"]
    assert names(agent, "hidden") == []
    assert names(admin, "hidden") == ["hidden"]


@pytest.mark.parametrize("text", ["", "person"])
@pytest.mark.parametrize("ties", [False, True], ids=["one by one", "all at once"])
def test_all_come_once_page_by_page(
    agent: Agent, monkeypatch: pytest.MonkeyPatch, text: str, ties: bool
) -> None:
    monkeypatch.setattr(contact_list, "PAGE", 3)
    for number in range(10):
        status = list(Conversation.Status)[number % 3]
        wrote(f"Person {number}", 1 if ties else number, status=status)
    Conversation.objects.filter(pk__gt=0 if ties else 10**9).update(
        last_message_at=Conversation.objects.first().last_message_at  # type: ignore[union-attr]
    )

    seen, place = [], None
    for _ in range(4):
        page = contact_list.page(agent, text, place)
        seen += [person.name for person in page.people]
        place = page.next_key

    assert place is None
    assert sorted(seen) == [f"Person {number}" for number in range(10)]
    assert ties or seen == sorted(seen)


@pytest.mark.parametrize("query", ["hof", "lena hofmann", "@lena.h", "0151 2345", "+49 151 23"])
def test_one_is_found_by_name_number_and_user_name(agent_client: Client, query: str) -> None:
    wrote("Lena Hofmann", contact={"username": "lena.h", "phone": "4915123456789"})
    wrote("Somebody Else", contact={"phone": "4917000000000"})

    r = agent_client.post(URL, {"q": query}, headers=HTMX)

    assertContains(r, "Lena Hofmann")
    assertNotContains(r, "Somebody Else")
    assertNotContains(r, "<html")


def test_more_are_fetched_without_words_in_the_address(
    agent_client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(contact_list, "PAGE", 1)
    wrote("Lena Hofmann", 1)
    wrote("Lena Meier", 2)

    r = agent_client.post(URL, {"q": "lena"}, headers=HTMX)
    more = unescape(r.text.split('hx-post="')[1].split('"')[0])
    second = agent_client.post(more, {"q": "lena"}, headers=HTMX)

    assert "lena" not in more.lower()
    assertContains(second, "Lena Meier")
    assertNotContains(second, "found__more")


def test_names_are_only_ever_text(agent_client: Client) -> None:
    evil = "<script>alert(1)</script>{{ 7|add:7 }}{% debug %}\"'{0}\ue0000\ue001"
    wrote(evil, contact={"username": "<b>"})

    r = agent_client.post(URL, {"q": "alert"})

    assertNotContains(r, "<script>alert")
    assertContains(r, "&lt;script&gt;alert(1)&lt;/script&gt;{{ 7|add:7 }}{% debug %}")
    assertContains(r, "{0}")
    assertContains(r, "@&lt;b&gt;")


@pytest.mark.parametrize(
    "q", ["\x00ab", "' OR 1=1 --", "(((zz", "x" * 9999, "🙂🙂 zz", '"><script>']
)
def test_odd_words_do_no_harm(agent_client: Client, q: str) -> None:
    wrote("Lena Hofmann")

    r = agent_client.post(URL, {"q": q})

    assertContains(r, "Nothing found")
    assertNotContains(r, "<script>")


def test_one_letter_is_too_little(agent_client: Client) -> None:
    wrote("Anna")

    assertContains(agent_client.post(URL, {"q": "a"}, headers=HTMX), "two letters")


def test_nobody_yet_says_what_will_come(agent_client: Client) -> None:
    assertContains(agent_client.get(URL), "Nobody has written yet")


@pytest.mark.parametrize("after", ["nonsense", "~", "2026-01-01~1", "\x00"])
def test_a_broken_place_is_a_bad_request(agent_client: Client, after: str) -> None:
    assert agent_client.get(URL, {"after": after}).status_code == 400


def test_the_rail_leads_here(agent_client: Client) -> None:
    r = agent_client.get(URL)

    rail = r.text.split('class="rail"')[1].split("<details")[0]
    link = rail[rail.index('href="/people/"') :]
    assert 'title="Contacts"' in link
    assert 'aria-current="page"' in link[: link.index("</a>")]


def test_it_asks_strangers_to_sign_in(client: Client) -> None:
    assert client.get(URL).status_code == 302
    assert client.post(URL, {"q": "lena"}).status_code == 302


@pytest.mark.parametrize("people", [1, 31])
def test_the_number_of_queries_does_not_grow(
    agent_client: Client, django_assert_num_queries: Any, people: int
) -> None:
    channel = make_channel()
    for number in range(people):
        wrote(f"Person {number}", channel=channel)
    agent_client.get(URL)  # "last seen" is written once in a few minutes

    # Session, agent, numbers hidden from the agent, their newest conversations, the people and
    # their labels, the labels of the filter.
    with django_assert_num_queries(7):
        agent_client.get(URL)
    # The index as well, and no filter.
    with django_assert_num_queries(7):
        agent_client.post(URL, {"q": "person"}, headers=HTMX)
