"""The people who use the desk, and their teams."""

from __future__ import annotations

import uuid
import zoneinfo
from datetime import datetime
from typing import Any, ClassVar

from django.conf import settings
from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from inbox import notices


def validate_time_zone(name: str) -> None:
    if name not in zoneinfo.available_timezones():
        raise ValidationError(_("There is no time zone of this name."))


class Team(models.Model):
    """Agents who share work, such as "Sales" or "Returns"."""

    code = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    name = models.CharField(_("name"), max_length=60, unique=True)
    # Go before those of the number a conversation came in on.
    opening_hours = models.ForeignKey(
        "inbox.OpeningHours", on_delete=models.SET_NULL, null=True, related_name="teams"
    )

    class Meta:
        ordering: ClassVar = ["name"]

    def __str__(self) -> str:
        return self.name


class AgentManager(BaseUserManager["Agent"]):
    def create_user(self, email: str, password: str | None = None, **fields: Any) -> Agent:
        agent = self.model(email=self.normalize_email(email).lower(), **fields)
        agent.set_password(password)
        agent.save()
        return agent

    def get_by_natural_key(self, username: str | None) -> Agent:
        # Exactly, but for case: the database's own ignoring of case lets look-alikes through.
        return self.get(email=(username or "").lower())

    def active(self) -> models.QuerySet[Agent]:
        return self.filter(is_active=True)


class Agent(AbstractBaseUser):
    """Someone who works at the desk and signs in with an e-mail address."""

    class Role(models.TextChoices):
        AGENT = "agent", _("Agent")
        LEAD = "lead", _("Team lead")
        ADMIN = "admin", _("Admin")

    class Presence(models.TextChoices):
        """What the agent says of themselves; ``offline`` also when no tab is open."""

        ONLINE = "online", _("Online")
        AWAY = "away", _("Away")
        OFFLINE = "offline", _("Offline")

    class Theme(models.TextChoices):
        SYSTEM = "system", _("As the system")
        LIGHT = "light", _("Light")
        DARK = "dark", _("Dark")

    class NotifyAbout(models.TextChoices):
        NOTHING = "nothing", _("Nothing")
        MINE = "mine", _("Conversations assigned to me")
        ALL = "all", _("Mine and unassigned ones")

    code = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    email = models.EmailField(_("e-mail address"), unique=True)
    name = models.CharField(_("name"), max_length=80)
    role = models.CharField(_("role"), max_length=10, choices=Role, default=Role.AGENT)
    data_protection = models.BooleanField(
        _("data protection"),
        default=False,
        help_text=_("May see the privacy room, consents and requests."),
    )
    team = models.ForeignKey(
        Team,
        verbose_name=_("team"),
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="agents",
    )
    is_active = models.BooleanField(_("may sign in"), default=True)
    invited_at = models.DateTimeField(null=True, blank=True)
    joined_at = models.DateTimeField(null=True, blank=True)

    language = models.CharField(
        _("language"), max_length=2, choices=settings.LANGUAGES, default="de"
    )
    time_zone = models.CharField(
        _("time zone"), max_length=64, default="Europe/Berlin", validators=[validate_time_zone]
    )
    theme = models.CharField(_("appearance"), max_length=6, choices=Theme, default=Theme.SYSTEM)
    presence = models.CharField(
        _("presence"), max_length=7, choices=Presence, default=Presence.OFFLINE
    )
    last_seen_at = models.DateTimeField(null=True, blank=True)
    # Since when they are away or offline; None while they are online.
    absent_since = models.DateTimeField(null=True, blank=True)
    # None: as many as the number says. 0: nothing is assigned to them by itself.
    conversation_limit = models.PositiveSmallIntegerField(
        _("open conversations at most"),
        null=True,
        blank=True,
        help_text=_("Empty: as many as the number allows. 0: none are assigned by themselves."),
    )
    # Shift + Enter begins a new line then; otherwise Ctrl + Enter sends.
    enter_sends = models.BooleanField(_("Enter sends"), default=True)
    plays_sound = models.BooleanField(_("play a sound"), default=True)
    notify_about = models.CharField(
        _("when a customer writes"), max_length=7, choices=NotifyAbout, default=NotifyAbout.MINE
    )
    # Words of inbox.notices.Why: what open pages show, and what reaches browsers without one.
    shown_notices = models.CharField(max_length=80, blank=True, default=notices.ALL)
    pushed_notices = models.CharField(max_length=80, blank=True, default=notices.ALL)
    waits_long_minutes = models.PositiveSmallIntegerField(
        _("too long is, in minutes"),
        default=30,
        validators=[MinValueValidator(1), MaxValueValidator(1440)],
    )
    quiet_begins = models.TimeField(_("quiet from"), null=True, blank=True)
    quiet_ends = models.TimeField(_("until"), null=True, blank=True)
    is_quiet_at_weekends = models.BooleanField(_("quiet at weekends"), default=False)
    digest = models.CharField(
        _("by mail"), max_length=6, choices=notices.Digest, default=notices.Digest.NEVER
    )
    digest_sent_at = models.DateTimeField(null=True, blank=True)
    # Folder or saved view that the inbox opens with; "": the usual one.
    opens_with = models.CharField(max_length=40, blank=True)

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["name"]

    objects = AgentManager()

    class Meta:
        ordering: ClassVar = ["name", "id"]
        constraints: ClassVar = [
            models.UniqueConstraint(Lower("email"), name="agent_email_ignoring_case"),
        ]

    def __str__(self) -> str:
        return self.name

    def get_short_name(self) -> str:
        return self.name.split(" ")[0]

    @property
    def is_admin(self) -> bool:
        return self.role == self.Role.ADMIN

    @property
    def is_lead(self) -> bool:
        """Team leads may do what agents may, and more; admins may do all that leads may."""
        return self.role in {self.Role.LEAD, self.Role.ADMIN}

    @property
    def time_zone_info(self) -> zoneinfo.ZoneInfo:
        return zoneinfo.ZoneInfo(self.time_zone)

    def is_quiet(self, moment: datetime) -> bool:
        """Whether they want to be left alone at this moment."""
        return notices.is_quiet(
            moment.astimezone(self.time_zone_info),
            begins=self.quiet_begins,
            ends=self.quiet_ends,
            weekends=self.is_quiet_at_weekends,
        )


class AgentEvent(models.Model):
    """Who did what to whom among the people: invited, locked out, role changed. Append-only."""

    agent = models.ForeignKey(Agent, on_delete=models.CASCADE, related_name="events")
    by = models.ForeignKey(Agent, on_delete=models.SET_NULL, null=True, related_name="+")
    what = models.CharField(max_length=40)
    detail = models.JSONField(default=dict)
    at = models.DateTimeField(default=timezone.now)

    def __str__(self) -> str:
        return f"{self.what} {self.at:%Y-%m-%d}"
