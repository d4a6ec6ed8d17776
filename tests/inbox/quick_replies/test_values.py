"""inbox.quick_replies: which text, and what stands in its places."""

from __future__ import annotations

from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest

from inbox.models import Agent, OpeningHours, OpeningWeek, QuickReplyText
from inbox.names import first_name
from inbox.quick_replies import best_text, filled, missing_fallbacks
from tests.factories import make_agent, make_channel, make_contact, make_conversation, make_team

SUNDAY = datetime(2026, 11, 22, 12, tzinfo=ZoneInfo("Europe/Berlin"))


@pytest.mark.parametrize(
    ("there", "language", "form", "chosen"),
    [
        (["", "de", "en"], "de", "", "de"),
        (["", "de", "en"], "fr", "", ""),
        (["de", "en"], "fr", "", "en"),
        (["", "de"], "", "", ""),
        (["de"], "en", "", "de"),
        (["de", "de du", "de sie"], "de", "du", "de du"),
        (["de du", "de sie"], "de", "", "de sie"),
        (["de du", "de sie"], "de_AT", "sie", "de sie"),
        (["de", "de du"], "de", "sie", "de"),
        (["de du"], "de", "sie", "de du"),
        (["en", "de du", " sie"], "de", "sie", "de du"),
        ([" du", " sie"], "", "", " sie"),
        ([], "de", "du", None),
    ],
)
def test_the_best_text(there: list[str], language: str, form: str, chosen: str | None) -> None:
    texts = []
    for each in there:
        its_language, _, its_form = each.partition(" ")
        texts.append(QuickReplyText(language=its_language, form=its_form, body=each))

    found = best_text(texts, language, form)

    assert (found.body if found else None) == chosen


@pytest.mark.parametrize(
    ("name", "first"),
    [
        ("Anna Weber", "Anna"),
        ("Weber, Anna", "Anna"),
        ("Dr. Anna Weber", "Anna"),
        ("Prof. Dr. Weber", "Weber"),
        ("Herr Weber", ""),
        ("Frau Dr. Weber", ""),
        ("~Anna~", "Anna"),
        ("Jean-Luc Picard", "Jean-Luc"),
        ("+49 151 1234567", ""),
        ("🌸", ""),
        ("J. Schmidt", ""),
        ("王小明", "王小明"),
        (",", ""),
        ("", ""),
    ],
)
def test_a_first_name_is_taken_only_where_there_is_one(name: str, first: str) -> None:
    assert first_name(name) == first


def test_only_what_may_be_empty_wants_a_fallback() -> None:
    text = "{{ contact.name }} {{ agent.name }} {{ next_opening | soon }} {{ contact.name }}"

    assert missing_fallbacks(text) == ["contact.name"]


@pytest.mark.django_db
def test_the_teams_hours_go_before_those_of_the_number() -> None:
    def hours(opens: int) -> OpeningHours:
        made = OpeningHours.objects.create(name=f"From {opens}")
        days = [[[opens * 60, 18 * 60]]] * 5 + [[], []]
        OpeningWeek.objects.create(hours=made, valid_from=date(2020, 1, 1), days=days)
        return made

    team, channel = make_team("Returns"), make_channel(opening_hours=hours(8))
    contact = make_contact(profile_name="Ben Okafor", language="en")
    conversation = make_conversation(channel=channel, contact=contact)
    text = QuickReplyText(
        language="en",
        body="{{ contact.first_name }}: {{ team.name | us }} {{ next_opening }}"
        " {{ closes_at | later }} #{{ conversation.number }} {{ agent.first_name }}",
    )
    jana = make_agent("Jana Meier")

    said = filled(text, conversation, jana, now=SUNDAY)
    assert said.text == (
        f"Ben: us Monday, 23 November, from 8 am later #{conversation.pk} Jana"
    )
    assert said.missing == ()

    team.opening_hours = hours(10)
    team.save(update_fields=["opening_hours"])
    conversation.team = team
    assert (
        "Returns Monday, 23 November, from 10 am"
        in filled(text, conversation, jana, now=SUNDAY).text
    )


@pytest.mark.django_db
def test_what_is_not_known_stays_open() -> None:
    conversation = make_conversation(contact=make_contact(profile_name=""))
    text = QuickReplyText(
        body="{{ contact.first_name }} {{ next_opening }} {{ field.size | M }}"
    )

    said = filled(text, conversation, make_agent(), now=SUNDAY)

    assert said.text == "{{ contact.first_name }} {{ next_opening }} M"
    assert said.missing == ("contact.first_name", "next_opening")


@pytest.mark.django_db
def test_hours_are_read_only_where_they_are_needed(
    django_assert_num_queries: object,
) -> None:
    conversation = make_conversation()
    text = QuickReplyText(body="Hello {{ contact.name }}")

    with django_assert_num_queries(0):  # type: ignore[operator]
        filled(text, conversation, Agent(name="Jana Meier"), now=SUNDAY)
