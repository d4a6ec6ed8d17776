"""supportdesk.postgres: a lost connection is noticed, and a good one is not asked."""

from __future__ import annotations

import pytest
from django.db import DEFAULT_DB_ALIAS, connection, connections

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif("connection.vendor != 'postgresql'", reason="about PostgreSQL"),
]


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[bool]:
    """What the server was found to be each time it was asked, between two pages."""
    wrapper, answers = connections[DEFAULT_DB_ALIAS], []
    is_usable = wrapper.is_usable

    def note() -> bool:
        answers.append(is_usable())
        return answers[-1]

    monkeypatch.setattr(wrapper, "is_usable", note)
    monkeypatch.setattr(wrapper, "health_check_enabled", True)
    return answers


def backend() -> int:
    """The number of the server's process: another one for each connection."""
    connection.close_if_unusable_or_obsolete()
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        return int(cursor.fetchone()[0])


def test_a_good_connection_is_kept_without_a_question(asked: list[bool]) -> None:
    assert backend() == backend()
    assert asked == []


def test_a_connection_that_the_server_closed_is_replaced(asked: list[bool]) -> None:
    first = backend()
    other = connection.copy()
    with other.cursor() as cursor:
        cursor.execute("SELECT pg_terminate_backend(%s, 5000)", [first])
    other.close()

    assert backend() != first
    assert asked == [False]
