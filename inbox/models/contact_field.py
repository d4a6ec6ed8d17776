"""What a company keeps of its contacts beside what WhatsApp tells: fields of its own."""

from __future__ import annotations

import uuid
from datetime import date
from decimal import Decimal
from typing import ClassVar

from django.core.validators import RegexValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from inbox.models.contact import Contact

LONGEST_TEXT = 500


class ContactFieldQuerySet(models.QuerySet["ContactField"]):
    def active(self) -> ContactFieldQuerySet:
        return self.filter(archived_at=None)


class ContactField(models.Model):
    """One thing that is asked of every contact. Archived ones keep their values, unseen."""

    class Kind(models.TextChoices):
        TEXT = "text", _("Text")
        NUMBER = "number", _("Number")
        DATE = "date", _("Date")
        CHOICE = "choice", _("Choice")

    code = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    # How texts with places call it: {{ field.customer_number }}. Never changes.
    key = models.CharField(
        _("key"),
        max_length=40,
        unique=True,
        validators=[
            RegexValidator(
                r"^[a-z][a-z0-9_]*\Z",
                _("Small letters, digits and underscores, beginning with a letter."),
            )
        ],
    )
    name = models.CharField(_("name"), max_length=80)
    kind = models.CharField(_("kind"), max_length=8, choices=Kind, default=Kind.TEXT)
    choices = models.JSONField(default=list, blank=True)  # texts, in their order
    position = models.PositiveIntegerField(default=0)
    archived_at = models.DateTimeField(null=True, blank=True)

    objects = ContactFieldQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["position", "pk"]

    def __str__(self) -> str:
        return self.name


class ContactValue(models.Model):
    """What one field holds for one contact, in the column of its kind."""

    contact = models.ForeignKey(Contact, on_delete=models.CASCADE, related_name="values")
    field = models.ForeignKey(
        ContactField, on_delete=models.CASCADE, related_name="values", db_index=False
    )
    text = models.CharField(max_length=LONGEST_TEXT, blank=True)  # texts and choices
    number = models.DecimalField(max_digits=20, decimal_places=6, null=True, blank=True)
    day = models.DateField(null=True, blank=True)

    class Meta:
        constraints: ClassVar = [
            # Also the index by field.
            models.UniqueConstraint(fields=["field", "contact"], name="contact_value_once"),
        ]

    def __str__(self) -> str:
        return f"Value of field {self.field_id} for contact {self.contact_id}"

    @property
    def value(self) -> str | Decimal | date | None:
        """Whichever column the field's kind uses."""
        match self.field.kind:
            case ContactField.Kind.NUMBER:
                return self.number
            case ContactField.Kind.DATE:
                return self.day
        return self.text
