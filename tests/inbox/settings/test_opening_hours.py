"""/settings/hours/"""

from __future__ import annotations

from datetime import date
from uuid import uuid4

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries
from pytest_django.asserts import assertContains, assertNotContains

from inbox.actions import opening_hours as actions
from inbox.hours.plan import Span
from inbox.models import Channel, OpeningHours, SpecialOpening, Team
from tests.factories import make_channel
from tests.inbox.settings.conftest import Statuses

pytestmark = pytest.mark.django_db
URL = "/settings/hours/"
NEW_YEAR = date(2026, 1, 1)
WEEK = {f"day_{day}": "8-12, 13-17" for day in range(5)} | {"day_5": "", "day_6": ""}


@pytest.fixture
def hours() -> OpeningHours:
    return actions.create(name="Shop", time_zone="Europe/Berlin", country="DE", today=NEW_YEAR)


@pytest.fixture
def page(hours: OpeningHours) -> str:
    return f"{URL}{hours.code}/"


def place(**changes: object) -> dict[str, object]:
    fields = {"name": "Shop", "time_zone": "Europe/Berlin", "country": "DE", "state": ""}
    return fields | changes


def test_new_hours_begin_with_a_usual_week(admin_client: Client) -> None:
    form = {"name": "Shop", "time_zone": "Europe/Berlin", "country": "DE"}

    r = admin_client.post(f"{URL}create/", form, follow=True)

    assertContains(r, "<dd>09:00–17:00</dd>", count=5)
    assertContains(r, "holds now")


def test_the_list_says_whether_it_is_open_and_for_whom(
    admin_client: Client, hours: OpeningHours
) -> None:
    actions.hold_for(hours, channels=[make_channel(name="Service")], teams=[])
    actions.set_week(hours, valid_from=NEW_YEAR, days=[(Span(0, 1440),)] * 7)
    actions.change(hours, name="Shop", time_zone="Europe/Berlin", country="", state="")

    r = admin_client.get(URL)

    assertContains(r, "Always open")
    assertContains(r, "Service")


def test_a_week_can_be_planned_ahead(
    admin_client: Client, hours: OpeningHours, page: str
) -> None:
    r = admin_client.post(f"{page}week/", WEEK | {"valid_from": "2030-07-01"}, follow=True)

    assertContains(r, "from then on")
    plan = hours.plan("en")
    assert plan.on(date(2030, 6, 28)).spans == (Span(540, 1020),)
    assert plan.on(date(2030, 7, 1)).spans == (Span(480, 720), Span(780, 1020))


def test_the_same_day_again_replaces_the_week(
    admin_client: Client, hours: OpeningHours, page: str
) -> None:
    admin_client.post(f"{page}week/", WEEK | {"valid_from": "2026-01-01"})

    assert hours.weeks.get().as_week().days[0] == (Span(480, 720), Span(780, 1020))


def test_hours_that_cannot_be_read_are_kept_and_explained(
    admin_client: Client, hours: OpeningHours, page: str
) -> None:
    form = WEEK | {"valid_from": "2026-07-01", "day_0": "nine <b>", "day_1": "9-13, 12-14"}

    r = admin_client.post(f"{page}week/", form)

    assertContains(r, "“nine &lt;b&gt;” is no hours", status_code=422)
    assertContains(r, 'value="nine &lt;b&gt;"', status_code=422)
    assertContains(r, "These overlap: 09:00–13:00, 12:00–14:00", status_code=422)
    assert hours.weeks.count() == 1


def test_the_last_week_stays(admin_client: Client, hours: OpeningHours, page: str) -> None:
    r = admin_client.post(f"{page}week/remove/", {"valid_from": "2026-01-01"}, follow=True)
    assertContains(r, "The only week stays")

    actions.set_week(hours, valid_from=date(2030, 1, 1), days=[()] * 7)
    admin_client.post(f"{page}week/remove/", {"valid_from": "2026-01-01"})
    assert hours.weeks.get().valid_from == date(2030, 1, 1)


def test_days_that_are_different(admin_client: Client, hours: OpeningHours, page: str) -> None:
    form = {"name": "Christmas Eve", "first_day": "2026-12-24", "last_day": "2026-12-24"}

    r = admin_client.post(
        f"{page}special-days/", form | {"every_year": "on", "spans": "9-12"}, follow=True
    )

    assertContains(r, "24 December, every year")
    assert hours.plan("en").on(date(2029, 12, 24)).spans == (Span(540, 720),)
    special = SpecialOpening.objects.get()
    admin_client.post(f"{URL}special-days/{special.code}/remove/")
    assert not SpecialOpening.objects.exists()


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"last_day": "2026-12-23"}, "before the first day"),
        ({"last_day": "2027-12-23", "every_year": "on"}, "300 days at most"),
        ({"spans": "soon"}, "is no hours"),
        ({"name": ""}, "required"),
        ({"first_day": "yesterday"}, "valid date"),
    ],
)
def test_days_that_cannot_be(
    admin_client: Client, page: str, changes: dict[str, str], sentence: str
) -> None:
    form = {"name": "Fair", "first_day": "2026-12-24", "last_day": "2026-12-24", "spans": ""}

    r = admin_client.post(f"{page}special-days/", form | changes)

    assertContains(r, sentence, status_code=422)
    assert not SpecialOpening.objects.exists()


def test_a_holiday_is_closed_until_it_is_switched(
    admin_client: Client, hours: OpeningHours, page: str
) -> None:
    christmas = date(2026, 12, 25)
    key = "Erster Weihnachtstag"
    assert hours.plan("en").on(christmas).spans == ()

    admin_client.post(f"{page}holiday/", {"key": key, "kept": "hours", "hours": "9-12"})
    hours.refresh_from_db()
    assert hours.plan("en").on(christmas).spans == (Span(540, 720),)

    admin_client.post(f"{page}holiday/", {"key": key, "kept": "usual"})
    hours.refresh_from_db()
    assert hours.plan("en").on(christmas).spans == (Span(540, 1020),)

    admin_client.post(f"{page}holiday/", {"key": key, "kept": "closed"})
    hours.refresh_from_db()
    assert hours.holidays == {}


def test_other_hours_on_a_holiday_have_to_be_said(admin_client: Client, page: str) -> None:
    r = admin_client.post(f"{page}holiday/", {"key": "Neujahr", "kept": "hours", "hours": ""})
    assertContains(r, "Say which hours", status_code=422)


def test_states_are_those_of_the_country(admin_client: Client, page: str) -> None:
    assertContains(admin_client.get(page), "Bayern")
    assertContains(admin_client.get(f"{URL}states/?country=AT"), "Tirol")
    assertNotContains(admin_client.get(f"{URL}states/?country=<b>"), "<b>")


def test_where_they_hold_and_for_whom(
    admin_client: Client, hours: OpeningHours, page: str
) -> None:
    channel, team = make_channel(), Team.objects.create(name="Sales")
    other = actions.create(name="Other", time_zone="UTC", country="", today=NEW_YEAR)
    actions.hold_for(other, channels=[channel], teams=[])

    form = place(state="BY", channels=[channel.code], teams=[team.code])
    admin_client.post(page, form)

    hours.refresh_from_db()
    assert hours.state == "BY"
    assert Channel.objects.get().opening_hours == hours
    assert Team.objects.get().opening_hours == hours

    admin_client.post(page, place(state="BY"))
    assert Channel.objects.get().opening_hours is None


def test_a_state_of_another_country_is_refused(
    admin_client: Client, hours: OpeningHours, page: str
) -> None:
    r = admin_client.post(page, place(country="AT", state="BY"))

    assert r.status_code == 422
    hours.refresh_from_db()
    assert hours.country == "DE"


def test_the_calendar_shows_twelve_months(admin_client: Client, page: str) -> None:
    r = admin_client.get(f"{page}calendar/")

    assertContains(r, "opening__month", count=12 + 1)  # and what holds them
    assertContains(r, "Christmas Day: closed")
    assertContains(r, "09:00–17:00")


def test_deleting_says_whom_it_concerns(
    admin_client: Client, hours: OpeningHours, page: str
) -> None:
    channel = make_channel(name="Service")
    actions.hold_for(hours, channels=[channel], teams=[])
    assertContains(admin_client.get(f"{page}delete/"), "always open from then on: Service")

    admin_client.post(f"{page}delete/")

    channel.refresh_from_db()
    assert channel.opening_hours is None


def test_who_is_let_in(statuses: Statuses, hours: OpeningHours, page: str) -> None:
    seen_by_leads = {"stranger": 302, "agent": 403, "lead": 200, "admin": 200}
    admins_only = {"stranger": 302, "agent": 403, "lead": 403}
    assert statuses(URL) == seen_by_leads
    assert statuses(f"{page}calendar/") == seen_by_leads
    assert statuses(page) == admins_only | {"admin": 200}
    assert statuses(page, place()) == admins_only | {"admin": 302}
    for path in ("week/", "week/remove/", "special-days/", "holiday/"):
        assert statuses(f"{page}{path}", {})["lead"] == 403
        assert statuses(f"{page}{path}")["admin"] == 405
    assert statuses(f"{page}delete/", {}) == admins_only | {"admin": 302}


@pytest.mark.parametrize("path", ["", "calendar/", "delete/"])
def test_no_hours_by_that_code(admin_client: Client, path: str) -> None:
    assert admin_client.get(f"{URL}{uuid4()}/{path}").status_code == 404


def test_the_number_of_queries_does_not_grow(
    admin_client: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for n in range(5):
        actions.create(name=f"Hours {n}", time_zone="UTC", country="", today=NEW_YEAR)

    # session, agent, hours; their weeks, special days, numbers, teams
    with django_assert_num_queries(7):
        admin_client.get(URL)
