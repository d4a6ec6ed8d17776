"""A customer, and the ids WhatsApp knows them by."""

from __future__ import annotations

import uuid
from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class Contact(models.Model):
    """A person who writes to us.

    ``phone``, ``bsuid`` and ``username`` are the ids that hold today, copied from
    ``ContactIdentity`` for lists and for sending; any of them may be missing.
    """

    class AddressForm(models.TextChoices):
        """How German texts speak to them."""

        DU = "du", _("Du")
        SIE = "sie", _("Sie")

    code = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    # What agents read: own name, else profile name, user name, number (inbox.names).
    display_name = models.CharField(max_length=200)
    name = models.CharField(_("name"), max_length=200, blank=True)  # given by an agent
    profile_name = models.CharField(_("profile name"), max_length=200, blank=True)
    language = models.CharField(_("language"), max_length=8, blank=True)
    address_form = models.CharField(
        _("form of address"), max_length=3, choices=AddressForm, blank=True
    )
    phone = models.CharField(_("phone"), max_length=20, blank=True)  # digits, no plus
    bsuid = models.CharField(max_length=140, blank=True)
    username = models.CharField(_("user name"), max_length=64, blank=True)
    # The random id that the consent app knows this person by; all it knows.
    consent_subject = models.UUIDField(unique=True)
    blocked_at = models.DateTimeField(null=True, blank=True)
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        indexes: ClassVar = [
            # Used by the list of contacts.
            models.Index(fields=["display_name", "id"], name="contact_by_name"),
        ]

    def __str__(self) -> str:
        return self.display_name


class ContactIdentity(models.Model):
    """One id of a contact, and when it held. Ended ones stay, so that old rows find home."""

    class Kind(models.TextChoices):
        BSUID = "bsuid", "BSUID"
        PARENT_BSUID = "parent_bsuid", "Parent BSUID"
        PHONE = "phone", _("Phone")
        USERNAME = "username", _("User name")

    contact = models.ForeignKey(Contact, on_delete=models.CASCADE, related_name="identities")
    kind = models.CharField(max_length=12, choices=Kind)
    value = models.CharField(max_length=140)
    # Portfolio or account a BSUID holds in; "" for phones and user names.
    scope = models.CharField(max_length=64, blank=True)
    first_seen_at = models.DateTimeField(default=timezone.now)
    last_seen_at = models.DateTimeField(default=timezone.now)
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints: ClassVar = [
            # User names are labels, never keys: two people may show the same one in turn.
            models.UniqueConstraint(
                fields=["kind", "value", "scope"],
                condition=Q(ended_at=None) & ~Q(kind="username"),
                name="contact_identity_lives_once",
            ),
        ]
        indexes: ClassVar = [
            # Used by the way in, to find whose id this is or was.
            models.Index(fields=["value", "kind"], name="contact_identity_lookup"),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}"
