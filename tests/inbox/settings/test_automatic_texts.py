"""/settings/numbers/<code>/automatic/"""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries
from pytest_django.asserts import assertContains, assertNotContains

from inbox.actions import opening_hours
from inbox.automatic.rules import Kind
from inbox.hours.plan import Span
from inbox.models import AutomaticText, AutomaticUse, Channel, ChannelEvent
from tests.factories import make_channel
from tests.inbox.automatic.texts import switch_on
from tests.inbox.replies_views.drafts import hidden_channel
from tests.inbox.settings.conftest import Statuses

pytestmark = pytest.mark.django_db
WORDS = "We are closed. Back {{ next_opening | soon }}."
LINK = "https://alma.example/privacy"


@pytest.fixture
def channel() -> Channel:
    """Monday to Friday, nine to six, with the holidays of North Rhine-Westphalia."""
    channel = make_channel(verified_name="Alma")
    hours = opening_hours.create(
        name="Shop", time_zone="Europe/Berlin", country="DE", today=date(2026, 1, 1)
    )
    opening_hours.set_week(
        hours, valid_from=date(2026, 1, 1), days=[*[(Span(540, 1080),)] * 5, (), ()]
    )
    opening_hours.change(
        hours, name="Shop", time_zone="Europe/Berlin", country="DE", state="NW"
    )
    opening_hours.hold_for(hours, channels=[channel], teams=[])
    channel.refresh_from_db()
    return channel


def page(channel: Channel, rest: str = "") -> str:
    return f"/settings/numbers/{channel.code}/automatic/{rest}"


def away(**changes: str) -> dict[str, str]:
    return {"away-is_on": "on", "away-en": WORDS} | {f"away-{k}": v for k, v in changes.items()}


def test_an_admin_switches_a_text_on(admin_client: Client, channel: Channel) -> None:
    r = admin_client.post(page(channel, "away/"), away(de="Wir sind zu."), follow=True)

    assertContains(r, "Saved.")
    text = AutomaticText.objects.get()
    assert (text.kind, text.is_on) == ("away", True)
    assert {v.language: v.body for v in text.variants.all()} == {
        "en": WORDS,
        "de": "Wir sind zu.",
    }
    channel.refresh_from_db()
    assert channel.answers_automatically
    assert ChannelEvent.objects.get().kind == "automatic_text_changed"


def test_leads_read_admins_change_and_agents_know_nothing(
    channel: Channel, statuses: Statuses
) -> None:
    ok = {"stranger": 302, "agent": 403, "lead": 200, "admin": 200}
    assert statuses(page(channel)) == ok
    assert statuses(page(channel, "try/?when=2026-12-25T10:00&who=new&speaks=de")) == ok
    refused = {"stranger": 302, "agent": 403, "lead": 403}
    assert statuses(page(channel, "away/"), away()) == refused | {"admin": 302}
    assert statuses(page(channel, "away/preview/en/"), away()) == refused | {"admin": 200}


def test_a_number_of_another_team_is_as_if_it_were_not(lead_client: Client) -> None:
    assert lead_client.get(page(hidden_channel())).status_code == 404


@pytest.mark.parametrize("rest", ["nonsense/", "away/preview/xx/", "nonsense/preview/en/"])
def test_what_there_is_not_is_not_found(
    admin_client: Client, channel: Channel, rest: str
) -> None:
    assert admin_client.post(page(channel, rest)).status_code == 404


MISTAKES: dict[str, tuple[str, dict[str, str], str]] = {
    "nothing to say": ("away", {"is_on": "on"}, "Write a text before"),
    "an unknown place": ("away", {"en": "{{ secret }}"}, "Nobody knows what this is: secret"),
    "nobody sends it": ("away", {"en": "{{ agent.name }}"}, "Nobody knows what this is"),
    "a lonely brace": ("away", {"en": "Hello {{"}, "Nobody knows what this is: {{"),
    "no fallback": (
        "greeting", {"en": "Hi {{ contact.first_name }}"}, "{{ contact.first_name | … }}",
    ),
    "an empty fallback": (
        "greeting", {"en": "Hi {{ contact.first_name | }}"}, "{{ contact.first_name | … }}",
    ),
    "advertising": ("away", {"en": "10 % discount <b>"}, "“discount” advertises a reduction."),
    "too long": ("away", {"en": "x" * 1501}, "at most 1500"),
    "no minutes": ("busy", {"en": "Wait", "after": "0"}, "greater than or equal to 1"),
    "no link": ("privacy", {"is_on": "on", "en": "See {{ link }}"}, "needs a link"),
    "a link to nowhere": ("privacy", {"link": "javascript:alert(1)"}, "Enter a valid URL"),
    "a notice without its link": (
        "privacy", {"is_on": "on", "link": LINK, "en": "See"}, "Say where the link goes",
    ),
}  # fmt: skip


@pytest.mark.parametrize(("kind", "fields", "sentence"), MISTAKES.values(), ids=MISTAKES)
def test_mistakes_are_explained_at_the_field(
    admin_client: Client, channel: Channel, kind: str, fields: dict[str, str], sentence: str
) -> None:
    form = {f"{kind}-{name}": value for name, value in fields.items()}

    r = admin_client.post(page(channel, f"{kind}/"), form)

    assertContains(r, sentence, status_code=422)
    assertNotContains(r, "<b>", status_code=422)
    assert not AutomaticText.objects.exists()


def test_next_opening_is_certain_where_it_is_closed(
    admin_client: Client, channel: Channel
) -> None:
    assert admin_client.post(
        page(channel, "away/"), away(en="Back {{ next_opening }}.")
    ).headers["Location"] == page(channel)


def test_a_new_version_of_the_notice(admin_client: Client, channel: Channel) -> None:
    form = {"privacy-is_on": "on", "privacy-link": LINK, "privacy-en": "See {{ link }}"}
    admin_client.post(page(channel, "privacy/"), form)
    assert AutomaticText.objects.get().version == 2 - 1

    admin_client.post(page(channel, "privacy/"), form)
    assert AutomaticText.objects.get().version == 1

    admin_client.post(page(channel, "privacy/"), form | {"privacy-is_new_version": "on"})
    assert AutomaticText.objects.get().version == 2


def test_what_is_written_is_shown_as_the_customer_sees_it(
    admin_client: Client, channel: Channel
) -> None:
    form = {"away-de": "{{ contact.first_name | Sie }} <i>: {{ next_opening }}, ein Angebot"}

    r = admin_client.post(page(channel, "away/preview/de/"), form)

    assertContains(r, "Maria &lt;i&gt;: ")
    assertContains(r, "Uhr, ein Angebot")
    assertContains(r, "Does “angebot” sell something?")


def tried(client: Client, channel: Channel, **choice: str) -> Any:
    query = {"when": "2026-12-25T10:00", "who": "new", "speaks": "de"} | choice
    return client.get(page(channel, "try/"), query, headers={"HX-Request": "true"})


def test_across_christmas_the_next_opening_is_a_monday(
    lead_client: Client, channel: Channel
) -> None:
    switch_on(channel, Kind.AWAY, de="Wieder da: {{ next_opening }}")

    r = tried(lead_client, channel)

    assertContains(r, "It is outside the opening hours. That day is Christmas Day.")
    assertContains(r, "Wieder da: Montag, 28. Dezember, ab 9 Uhr")


def test_a_moment_is_one_of_the_place_across_the_clock_change(
    lead_client: Client, channel: Channel
) -> None:
    """In summer nine o'clock is earlier than in winter; the reader's own zone is neither."""
    switch_on(channel, Kind.GREETING, Kind.AWAY)

    assertContains(tried(lead_client, channel, when="2026-10-23T09:00"), "Welcome!")
    assertContains(tried(lead_client, channel, when="2026-10-26T09:00"), "Welcome!")
    assertContains(tried(lead_client, channel, when="2026-10-26T08:59"), "We are closed")


def test_it_shows_what_comes_later_as_well(lead_client: Client, channel: Channel) -> None:
    switch_on(channel, Kind.AWAY, Kind.BUSY)

    r = tried(lead_client, channel, who="known")

    assertContains(r, "Monday, 28 December 2026, 09:10")
    assertContains(r, "A moment, please.")


@pytest.mark.parametrize(
    ("who", "expected"),
    [
        ("new", "Welcome!"),
        ("known", "Nothing is sent."),
        ("returning", "Good to see you again."),
    ],
)
def test_it_depends_on_who_writes(
    lead_client: Client, channel: Channel, who: str, expected: str
) -> None:
    switch_on(channel, Kind.GREETING, Kind.RETURNING)

    assertContains(tried(lead_client, channel, who=who, when="2026-12-22T10:00"), expected)


def test_what_is_switched_off_is_not_sent(lead_client: Client, channel: Channel) -> None:
    switch_on(channel, Kind.AWAY)
    AutomaticText.objects.update(is_on=False)

    assertContains(tried(lead_client, channel), "Nothing is sent.")


@pytest.mark.parametrize("when", ["", "soon", "9999-12-31T10:00", "2026-12-25T10:00Z"])
def test_moments_that_make_no_sense(lead_client: Client, channel: Channel, when: str) -> None:
    assert tried(lead_client, channel, when=when).status_code == 422


def test_it_also_works_as_a_page(lead_client: Client, channel: Channel) -> None:
    switch_on(channel, Kind.AWAY)
    query = {"when": "2026-12-25T10:00", "who": "new", "speaks": "en"}

    assertContains(lead_client.get(page(channel, "try/"), query), "We are closed until Monday")


def test_it_says_how_many_were_sent(lead_client: Client, channel: Channel) -> None:
    [text] = switch_on(channel, Kind.AWAY)
    today = timezone.localdate()
    for days, count in ((0, 3), (29, 4), (30, 100)):
        day = date.fromordinal(today.toordinal() - days)
        AutomaticUse.objects.create(text=text, day=day, count=count)

    assertContains(lead_client.get(page(channel)), "sent 7 times in 30 days")


def test_more_texts_cost_no_more_queries(
    admin_client: Client,
    channel: Channel,
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    # The session and its agent, the number, its hours with weeks and special days; texts,
    # their variants, how often they were sent. The allowance is remembered.
    admin_client.get(page(channel))
    switch_on(channel, *Kind, de="{{ next_opening }}", en="{{ next_opening }}")
    with django_assert_max_num_queries(10) as many:
        admin_client.get(page(channel))
    AutomaticText.objects.exclude(kind="away").delete()
    with django_assert_max_num_queries(10) as few:
        admin_client.get(page(channel))

    assert len(many) == len(few)
