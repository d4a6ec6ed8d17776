"""Rules: made, tried out, switched."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, path

from inbox.views.settings import rules

_ROOM = "settings/rules/"
_ONE = f"{_ROOM}<uuid:code>/"

urlpatterns: list[URLPattern | URLResolver] = [
    path(_ROOM, rules.rules, name="settings_rules"),
    path(f"{_ROOM}new/", rules.new, name="settings_rule_new"),
    path(_ONE, rules.rule, name="settings_rule"),
    path(f"{_ONE}trial/", rules.trial, name="settings_rule_trial"),
    path(f"{_ONE}switch/", rules.switch, name="settings_rule_switch"),
    path(f"{_ONE}delete/", rules.delete, name="settings_rule_delete"),
]
