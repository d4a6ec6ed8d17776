"""inbox.thread_paging"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from datetime import timezone as fixed

import pytest
from django.utils import timezone

from inbox import thread_paging
from inbox.models import Conversation, Message
from inbox.thread_paging import Key, read_key
from tests.factories import make_conversation, make_message

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 21, 12, 0, tzinfo=UTC)


@pytest.fixture
def conversation() -> Conversation:
    return make_conversation()


def _say(conversation: Conversation, count: int, *, together: int = 1) -> list[int]:
    """``together`` messages share each moment, so that the number has to break the tie."""
    at = timezone.now() - timedelta(days=1)
    messages = [
        make_message(conversation, str(n), at=at + timedelta(seconds=n // together))
        for n in range(count)
    ]
    return [message.pk for message in messages]


@pytest.mark.parametrize("together", [1, 7])
def test_pages_cover_all_without_gap_or_repeat(
    conversation: Conversation, together: int
) -> None:
    said = _say(conversation, 173, together=together)

    page = thread_paging.newest(conversation)
    seen = [entry.pk for entry in page.entries]
    while page.has_older:
        page = thread_paging.before(conversation, page.entries[0].key)
        seen = [entry.pk for entry in page.entries] + seen

    assert seen == said


def test_newer_pages_lead_back_to_the_end(conversation: Conversation) -> None:
    said = _say(conversation, 120, together=4)
    page = thread_paging.around(conversation, said[10])
    seen = [entry.pk for entry in page.entries]

    while page.has_newer:
        page = thread_paging.after(conversation, page.entries[-1].key)
        seen += [entry.pk for entry in page.entries]

    assert seen == said


def test_a_page_around_a_message_has_it_in_its_midst(conversation: Conversation) -> None:
    said = _say(conversation, 120)

    page = thread_paging.around(conversation, said[60])

    assert [entry.pk for entry in page.entries] == said[35:86]
    assert (page.has_older, page.has_newer) == (True, True)


def test_around_a_message_of_another_conversation_is_the_end(
    conversation: Conversation,
) -> None:
    said = _say(conversation, 3)
    elsewhere = make_message(make_conversation())

    page = thread_paging.around(conversation, elsewhere.pk)

    assert [entry.pk for entry in page.entries] == said
    assert not page.has_newer


def test_reactions_are_no_entries_of_their_own(conversation: Conversation) -> None:
    make_message(conversation, direction="out", kind=Message.Kind.REACTION)

    assert thread_paging.newest(conversation).entries == []


def test_changed_ones_are_found_by_moment_and_place(conversation: Conversation) -> None:
    now = timezone.now()
    ages = [timedelta(hours=3), timedelta(hours=2), timedelta(hours=1)]
    first, second, third = (
        make_message(conversation, at=now - age, changed_at=now - timedelta(minutes=5))
        for age in ages
    )
    Message.objects.filter(pk__in=[first.pk, third.pk]).update(changed_at=now)
    start = Key(second.at, second.pk)

    found = thread_paging.changed(conversation, since=now - timedelta(minutes=1), start=start)

    assert [entry.pk for entry in found] == [third.pk]


def test_what_was_stored_a_moment_before_is_found_as_well(conversation: Conversation) -> None:
    now = timezone.now()
    message = make_message(conversation, changed_at=now - timedelta(seconds=9))

    found = thread_paging.changed(conversation, since=now, start=Key(message.at, message.pk))

    assert [entry.pk for entry in found] == [message.pk]


def test_keys_sort_as_texts() -> None:
    keys = [Key(NOW, 9), Key(NOW, 10), Key(NOW + timedelta(microseconds=1), 1)]

    assert sorted(map(str, keys)) == [str(key) for key in keys]
    assert [read_key(str(key)) for key in keys] == keys


def test_keys_say_their_moment_in_one_zone() -> None:
    berlin = NOW.astimezone(fixed(timedelta(hours=1)))

    assert str(Key(berlin, 1)) == str(Key(NOW, 1)) == "2026-11-21T12:00:00.000000Z~000000000001"


@pytest.mark.parametrize(
    "text",
    ["", "x", "~1", "2026-11-21~1", "2026-11-21T12:00:00Z", "2026-11-21T12:00:00Z~", "now~1",
     "2026-11-21T12:00:00Z~-1", "2026-11-21T12:00:00Z~²", f"2026-11-21T12:00:00Z~{'9' * 19}"],
)  # fmt: skip
def test_what_is_no_key_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r".*"):
        read_key(text)
