"""inbox.prepared: queries that are made once and asked with other values"""

from __future__ import annotations

import pytest
from django.db import DatabaseError, connection
from django.test.utils import CaptureQueriesContext
from pytest_django import DjangoAssertNumQueries

from inbox.models import Conversation, Label
from inbox.prepared import Prepared, PreparedRows, fetch, in_places, places
from tests.factories import make_agent, make_conversation

MOST = 3


@pytest.fixture
def labels() -> list[int]:
    return [Label.objects.create(name=name).pk for name in ("one", "two", "three", "four")]


@pytest.mark.django_db
@pytest.mark.parametrize("how_many", range(MOST + 1))
def test_fewer_ids_than_places_find_only_their_own(labels: list[int], how_many: int) -> None:
    rows = Label.objects.filter(pk__in=places(MOST)).order_by("pk").values_list("pk")

    found = Prepared(rows).ask(in_places(labels[:how_many], MOST))

    assert [pk for (pk,) in found] == labels[:how_many]


@pytest.mark.django_db
def test_the_statement_is_the_same_however_many_there_are(labels: list[int]) -> None:
    query = Prepared(Label.objects.filter(pk__in=places(MOST)).values_list("pk"))

    with CaptureQueriesContext(connection) as asked:
        query.ask(in_places(labels[:1], MOST))
        query.ask(in_places(labels[:3], MOST))

    assert len({query["sql"].count(",") for query in asked}) == 1


@pytest.mark.django_db
@pytest.mark.parametrize("pk", [1, 70_000, 2**40])
def test_numbers_of_any_size_are_found(pk: int) -> None:
    Label.objects.create(pk=pk, name="VIP")
    query = Prepared(Label.objects.filter(pk=-1).values_list("name"))

    assert list(query.ask({-1: pk})) == [("VIP",)]


@pytest.mark.django_db
@pytest.mark.skipif(connection.vendor != "postgresql", reason="plans are PostgreSQL's")
def test_numbers_of_any_size_are_asked_by_one_plan(monkeypatch: pytest.MonkeyPatch) -> None:
    connection.ensure_connection()
    monkeypatch.setattr(connection.connection, "prepare_threshold", 1_000_000)
    query = Prepared(Label.objects.filter(pk=-1).values_list("name", "colour"))

    for pk in (1, 70_000, 2**40):
        query.ask({-1: pk})

    plans = "SELECT count(*) FROM pg_prepared_statements WHERE statement LIKE %s"
    asked = ['SELECT "inbox_label"."name"%"colour"%']
    assert fetch(plans, asked, is_uneven=True) == [(1,)]


@pytest.mark.django_db
def test_what_goes_wrong_in_the_database_is_djangos_error() -> None:
    with pytest.raises(DatabaseError):
        fetch("SELECT nothing FROM nowhere", [])


def test_more_ids_than_places_are_refused() -> None:
    with pytest.raises(ValueError, match="zip"):
        in_places([1, 2, 3, 4], MOST)


@pytest.mark.django_db
def test_whole_rows_come_with_those_beside_them(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    anna = make_agent("Anna")
    hers, nobodys = make_conversation(assignee=anna), make_conversation()
    rows = Conversation.objects.filter(pk=-1).select_related("contact", "assignee")
    query = PreparedRows(rows)

    with django_assert_num_queries(2):
        [[found], [other]] = [query.ask({-1: row.pk}) for row in (hers, nobodys)]

        assert (found, found.contact, found.assignee) == (hers, hers.contact, anna)
        assert (other, other.contact, other.assignee) == (nobodys, nobodys.contact, None)
    assert found.changed_at == hers.changed_at
    assert found.contact.code == hers.contact.code
