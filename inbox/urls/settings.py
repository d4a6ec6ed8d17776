"""Settings, one group of addresses for each matter, and the word for monitors."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, path
from django.views.generic import RedirectView

from inbox.views.settings import (
    health,
    labels,
    message_templates,
    number_events,
    number_secrets,
    numbers,
    opening_hours,
    parked,
    people,
    teams,
)

to_people = RedirectView.as_view(pattern_name="inbox:settings_people")
_PERSON = "settings/people/<uuid:code>/"
_LABEL = "settings/labels/<uuid:code>/"
_HOURS = "settings/hours/<uuid:code>/"
_NUMBER = "settings/numbers/<uuid:code>/"

urlpatterns: list[URLPattern | URLResolver] = [
    path("healthz", health.healthz, name="healthz"),
    path("settings/", to_people, name="settings"),
    path("settings/people/", people.people, name="settings_people"),
    path("settings/people/invite/", people.invite, name="settings_invite"),
    path(_PERSON, people.person, name="settings_person"),
    path(f"{_PERSON}invite-again/", people.invite_again, name="settings_invite_again"),
    path(f"{_PERSON}lock-out/", people.lock_out, name="settings_lock_out"),
    path(f"{_PERSON}let-in/", people.let_in, name="settings_let_in"),
    path("settings/teams/", teams.teams, name="settings_teams"),
    path("settings/teams/create/", teams.create, name="settings_team_create"),
    path("settings/teams/<uuid:code>/", teams.team, name="settings_team"),
    path("settings/teams/<uuid:code>/delete/", teams.delete, name="settings_team_delete"),
    path("settings/labels/", labels.labels, name="settings_labels"),
    path("settings/labels/create/", labels.create, name="settings_label_create"),
    path(_LABEL, labels.label, name="settings_label"),
    path(f"{_LABEL}move/", labels.move, name="settings_label_move"),
    path(f"{_LABEL}merge/", labels.merge, name="settings_label_merge"),
    path(f"{_LABEL}delete/", labels.delete, name="settings_label_delete"),
    path("settings/hours/", opening_hours.opening_hours, name="settings_openings"),
    path("settings/hours/create/", opening_hours.create, name="settings_opening_create"),
    path("settings/hours/states/", opening_hours.states, name="settings_opening_states"),
    path(_HOURS, opening_hours.hours, name="settings_opening"),
    path(f"{_HOURS}week/", opening_hours.set_week, name="settings_opening_week"),
    path(
        f"{_HOURS}week/remove/",
        opening_hours.remove_week,
        name="settings_opening_week_remove",
    ),
    path(
        f"{_HOURS}special-days/",
        opening_hours.add_special_days,
        name="settings_opening_special",
    ),
    path(
        "settings/hours/special-days/<uuid:code>/remove/",
        opening_hours.remove_special_days,
        name="settings_opening_special_remove",
    ),
    path(f"{_HOURS}holiday/", opening_hours.switch_holiday, name="settings_opening_holiday"),
    path(f"{_HOURS}calendar/", opening_hours.calendar, name="settings_opening_calendar"),
    path(f"{_HOURS}delete/", opening_hours.delete, name="settings_opening_delete"),
    path("settings/numbers/", numbers.numbers, name="settings_numbers"),
    path("settings/numbers/connect/", numbers.connect, name="settings_connect"),
    path(_NUMBER, numbers.number, name="channel"),
    path(f"{_NUMBER}check/", numbers.check, name="settings_number_check"),
    path(f"{_NUMBER}sync/", numbers.sync, name="settings_number_sync"),
    path(f"{_NUMBER}retire/", numbers.retire, name="settings_number_retire"),
    path(f"{_NUMBER}token/", number_secrets.token, name="settings_number_token"),
    path(f"{_NUMBER}secrets/", number_secrets.add, name="settings_number_secret"),
    path(
        f"{_NUMBER}secrets/remove/",
        number_secrets.remove,
        name="settings_number_secret_remove",
    ),
    path(f"{_NUMBER}events/", number_events.events, name="settings_number_events"),
    path(
        f"{_NUMBER}events/acknowledge/",
        number_events.acknowledge,
        name="settings_number_acknowledge",
    ),
    path(
        "settings/templates/",
        message_templates.message_templates,
        name="settings_templates",
    ),
    path("settings/parked/", parked.parked, name="settings_parked"),
    path("settings/parked/<uuid:code>/", parked.happening, name="settings_happening"),
    path("settings/parked/<uuid:code>/try-again/", parked.try_again, name="settings_try_again"),
    path("settings/health/", health.health, name="settings_health"),
]
