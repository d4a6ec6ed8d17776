"""The people of the desk: inviting, rights, locking out, and what they choose for themselves.

Each change by another person is kept as an ``AgentEvent``.
"""

from __future__ import annotations

from typing import Any

from django.contrib.auth.hashers import UNUSABLE_PASSWORD_PREFIX
from django.core.cache import cache
from django.db import transaction
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from inbox import events, mails, nudges, tasks, tokens
from inbox.actions import absence, routing, sign_ins
from inbox.models import Agent, AgentEvent, Team

# Somebody else's impatience must not fill a mailbox.
PASSWORD_LINK_EVERY_SECONDS = 120


class NotPossible(Exception):
    """Why this cannot be done to this person. The text is what an admin reads."""


@transaction.atomic
def invite(
    *,
    email: str,
    name: str,
    role: str,
    language: str,
    by: Agent,
    team: Team | None = None,
    data_protection: bool = False,
) -> Agent:
    """Make room for a new colleague; ``mail_invitation`` then tells them."""
    agent = Agent.objects.create_user(
        email,
        name=name,
        role=role,
        team=team,
        language=language,
        data_protection=data_protection,
        time_zone=by.time_zone,
        invited_at=timezone.now(),
    )
    _note(agent, "invited", by=by, role=role)
    events.publish(events.AgentChanged(agent.pk))
    return agent


@transaction.atomic
def invite_again(agent: Agent, *, by: Agent) -> None:
    """The link sent before no longer works."""
    if agent.has_usable_password():
        raise NotPossible(_("%(name)s has already joined.") % {"name": agent.name})
    if not agent.is_active:
        raise NotPossible(_("%(name)s is locked out.") % {"name": agent.name})
    agent.invited_at = timezone.now()
    agent.save(update_fields=["invited_at"])
    _note(agent, "invited_again", by=by)


def mail_invitation(agent: Agent, *, by: Agent) -> bool:
    """Send the link with which the invited choose a password; False if it did not go out."""
    path = reverse("inbox:join", args=[agent.code, tokens.invitations.make_token(agent)])
    return mails.send("invitation", to=agent, path=path, by=by)


def request_password_link(email: str) -> None:
    """Have a link mailed to whoever has this address and can sign in; others hear nothing.

    The worker sends it: how long the answer takes must not tell whether somebody was found.
    """
    agent = Agent.objects.active().filter(email__iexact=email).first()
    if agent is None or not agent.has_usable_password():
        return
    if cache.add(f"password-link:{agent.pk}", 1, PASSWORD_LINK_EVERY_SECONDS):
        nudges.now(tasks.mail_password_link, agent.pk)


def mail_password_link(agent: Agent) -> None:
    token = tokens.forgotten_passwords.make_token(agent)
    mails.send(
        "password", to=agent, path=reverse("inbox:password_new", args=[agent.code, token])
    )


@transaction.atomic
def join(agent: Agent, *, password: str, name: str) -> None:
    """The invited person has chosen a password and may sign in from now on."""
    agent.set_password(password)
    agent.name = name
    agent.joined_at = timezone.now()
    agent.save(update_fields=["password", "name", "joined_at"])
    _note(agent, "joined", by=agent)
    events.publish(events.AgentChanged(agent.pk))


@transaction.atomic
def set_password(agent: Agent, *, password: str, keep: str | None = None) -> None:
    """A new password ends every session but ``keep``, the one it was changed in."""
    agent.set_password(password)
    agent.save(update_fields=["password"])
    sign_ins.end_others(agent, keep=keep)
    _note(agent, "password_changed", by=agent)


@transaction.atomic
def change_rights(
    agent: Agent, *, role: str, team: Team | None, data_protection: bool, by: Agent
) -> None:
    """Raises ``NotPossible`` when nobody would be left to run the desk."""
    current, admins = _held(agent)
    if role != Agent.Role.ADMIN:
        _require_another(admins, current)
    if role != current.role:
        _note(agent, "role_changed", by=by, **{"from": current.role, "to": role})
    if team != current.team:
        note_team(agent, was=current.team, team=team, by=by)
    if data_protection != current.data_protection:
        _note(agent, f"data_protection_{'given' if data_protection else 'taken'}", by=by)
    agent.role, agent.team, agent.data_protection = role, team, data_protection
    agent.save(update_fields=["role", "team", "data_protection"])
    events.publish(events.AgentChanged(agent.pk))


def lock_out(agent: Agent, *, by: Agent) -> None:
    """Ends every session at once; open tabs stop. What they have goes back to the queue."""
    if agent == by:
        raise NotPossible(_("You cannot lock yourself out."))
    if _lock_out(agent, by):
        # Afterwards: the rows of admins are free again, which colleagues at work need.
        absence.send_back_all(agent)


@transaction.atomic
def _lock_out(agent: Agent, by: Agent) -> bool:
    current, admins = _held(agent)
    if not current.is_active:
        return False
    _require_another(admins, current)
    agent.is_active, agent.presence = False, Agent.Presence.OFFLINE
    agent.save(update_fields=["is_active", "presence"])
    sign_ins.end_all(agent)
    _note(agent, "locked_out", by=by)
    events.publish(events.AgentChanged(agent.pk, locked_out=True))
    return True


@transaction.atomic
def let_in(agent: Agent, *, by: Agent) -> None:
    if not Agent.objects.filter(pk=agent.pk, is_active=False).update(is_active=True):
        return
    agent.is_active = True
    _note(agent, "let_in", by=by)
    events.publish(events.AgentChanged(agent.pk))


@transaction.atomic
def set_preferences(
    agent: Agent,
    *,
    name: str,
    language: str,
    time_zone: str,
    theme: str,
    enter_sends: bool,
) -> None:
    """What agents choose for themselves."""
    agent.name, agent.language, agent.time_zone, agent.theme = name, language, time_zone, theme
    agent.enter_sends = enter_sends
    agent.save(update_fields=["name", "language", "time_zone", "theme", "enter_sends"])
    events.publish(events.AgentChanged(agent.pk))


def set_notices(agent: Agent, **choices: Any) -> None:
    """What they want to be told of: fields of ``Agent``, by their names."""
    for name, value in choices.items():
        setattr(agent, name, value)
    agent.save(update_fields=list(choices))


@transaction.atomic
def set_presence(agent: Agent, presence: str) -> None:
    is_here = presence == Agent.Presence.ONLINE
    since = None if is_here else Coalesce("absent_since", timezone.now())
    other = Agent.objects.filter(pk=agent.pk).exclude(presence=presence)
    changed = other.update(presence=presence, absent_since=since)
    agent.presence = presence
    if changed:
        events.publish(events.AttendanceChanged((agent.pk,)))
        if is_here:
            routing.request()


@transaction.atomic
def set_conversation_limit(agent: Agent, limit: int | None, *, by: Agent) -> None:
    """None: as many as the number allows."""
    changed = Agent.objects.filter(pk=agent.pk).exclude(conversation_limit=limit)
    if limit is not None:
        changed = Agent.objects.filter(pk=agent.pk).exclude(
            conversation_limit__isnull=False, conversation_limit=limit
        )
    if not changed.update(conversation_limit=limit):
        return
    agent.conversation_limit = limit
    _note(agent, "limit_changed", by=by, limit="" if limit is None else str(limit))
    routing.request()


def note_team(agent: Agent, *, was: Team | None, team: Team | None, by: Agent) -> None:
    names = {"from": was.name if was else "", "to": team.name if team else ""}
    _note(agent, "team_changed", by=by, **names)


def _note(agent: Agent, what: str, *, by: Agent, **detail: str) -> None:
    AgentEvent.objects.create(agent=agent, by=by, what=what, detail=detail)


def _held(agent: Agent) -> tuple[Agent, list[Agent]]:
    """The agent as stored, and all who can act as admin.

    The admins' rows are held, in one order, so that two cannot take away each other's rights.
    """
    admins = Agent.objects.active().filter(role=Agent.Role.ADMIN).order_by("pk")
    joined = admins.exclude(password__startswith=UNUSABLE_PASSWORD_PREFIX)
    held = list(joined.select_for_update())
    return Agent.objects.select_related("team").get(pk=agent.pk), held


def _require_another(admins: list[Agent], agent: Agent) -> None:
    if admins == [agent]:
        raise NotPossible(
            _("%(name)s is the last admin. Make somebody else an admin first.")
            % {"name": agent.name}
        )
