"""inbox.prepared: queries that are made once and asked with other values"""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from inbox.models import Label
from inbox.prepared import Prepared, in_places, places

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


def test_more_ids_than_places_are_refused() -> None:
    with pytest.raises(ValueError, match="zip"):
        in_places([1, 2, 3, 4], MOST)
