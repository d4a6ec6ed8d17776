"""Labels on people, which stay when a case is closed."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from inbox.models.contact import Contact
from inbox.models.label import Label


class ContactLabel(models.Model):
    """A label on a contact."""

    contact = models.ForeignKey(Contact, on_delete=models.CASCADE)
    label = models.ForeignKey(Label, on_delete=models.CASCADE, db_index=False)

    class Meta:
        constraints: ClassVar = [
            # Also the index of the contacts by label.
            models.UniqueConstraint(fields=["label", "contact"], name="contact_label_once"),
        ]

    def __str__(self) -> str:
        return f"Label {self.label_id} on contact {self.contact_id}"
