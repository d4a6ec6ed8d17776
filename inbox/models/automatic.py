"""What numbers say by themselves, how often they did, and who has their privacy notice."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from inbox.automatic.rules import Kind
from inbox.models.channel import Channel
from inbox.models.contact import Contact
from inbox.models.message import Message

# Nobody asks anything with these.
SPEECHLESS = frozenset(
    {
        *(Message.Kind.UNSUPPORTED, Message.Kind.UNKNOWN, Message.Kind.REACTION),
        Message.Kind.CALL_PERMISSION,
    }
)
LONGEST = 1500  # letters: two such texts, filled in, still make one message


class AutomaticText(models.Model):
    """One occasion on which a number says something, and whether it does.

    A privacy notice has a ``version``: whoever was told an older one is told again.
    """

    class Occasion(models.TextChoices):
        GREETING = Kind.GREETING.value, _("Greeting")
        RETURNING = Kind.RETURNING.value, _("Returning customer")
        AWAY = Kind.AWAY.value, _("Outside opening hours")
        BUSY = Kind.BUSY.value, _("Nobody has answered yet")
        PRIVACY = Kind.PRIVACY.value, _("Privacy notice")

    channel = models.ForeignKey(
        Channel, on_delete=models.CASCADE, related_name="automatic_texts", db_index=False
    )
    kind = models.CharField(max_length=12, choices=Occasion)
    is_on = models.BooleanField(_("switched on"), default=False)
    # Days without a conversation (RETURNING), minutes without an answer (BUSY).
    after = models.PositiveIntegerField(default=0)
    link = models.URLField(_("link"), max_length=300, blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["channel", "kind"], name="automatic_text_once"),
        ]

    def __str__(self) -> str:
        return self.get_kind_display()


class AutomaticVariant(models.Model):
    """The words for customers of a language who are addressed in a way; "" is any."""

    text = models.ForeignKey(
        AutomaticText, on_delete=models.CASCADE, related_name="variants", db_index=False
    )
    language = models.CharField(max_length=8, choices=settings.LANGUAGES, blank=True)
    form = models.CharField(max_length=3, choices=Contact.AddressForm, blank=True)
    body = models.TextField(max_length=LONGEST)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["text", "language", "form"], name="automatic_variant_once"
            ),
        ]

    def __str__(self) -> str:
        return self.body[:60]


class AutomaticUse(models.Model):
    """How often a text was sent on a day: messages cost money, and counting them takes time."""

    text = models.ForeignKey(
        AutomaticText, on_delete=models.CASCADE, related_name="uses", db_index=False
    )
    day = models.DateField()
    count = models.PositiveIntegerField(default=0)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["text", "day"], name="automatic_use_a_day"),
        ]

    def __str__(self) -> str:
        return f"{self.count} on {self.day}"


class GivenNotice(models.Model):
    """Whom a number has told its privacy notice, in which version, and with which message."""

    contact = models.ForeignKey(
        Contact, on_delete=models.CASCADE, related_name="given_notices", db_index=False
    )
    channel = models.ForeignKey(
        Channel, on_delete=models.CASCADE, related_name="+", db_index=False
    )
    version = models.PositiveIntegerField()
    message = models.ForeignKey(Message, on_delete=models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["contact", "channel", "version"], name="given_notice_once"
            ),
        ]

    def __str__(self) -> str:
        return f"version {self.version} to contact {self.contact_id}"
