"""Renewing how secrets are encrypted at rest, after a key was added to ``ENCRYPTION_KEYS``."""

from __future__ import annotations

from collections.abc import Iterator

from cryptography.fernet import InvalidToken
from django.apps import apps
from django.db import models, transaction

from inbox.encryption import EncryptedTextField


def reencrypt() -> tuple[int, list[str]]:
    """Encrypt every secret with the newest key; how many, and which no key of ours opens."""
    renewed, unreadable = 0, []
    for model, fields in _models_with_secrets():
        for pk in model._default_manager.order_by("pk").values_list("pk", flat=True):
            try:
                renewed += _reencrypt_row(model, pk, fields)
            except InvalidToken:
                unreadable.append(f"{model._meta.label} {pk}")
    return renewed, unreadable


@transaction.atomic
def _reencrypt_row(model: type[models.Model], pk: object, fields: list[str]) -> int:
    # Held while it is read and written: somebody may be replacing the secret right now.
    row = model._default_manager.select_for_update().only(*fields).filter(pk=pk).first()
    if row is None:
        return 0
    row.save(update_fields=fields)
    return 1


def _models_with_secrets() -> Iterator[tuple[type[models.Model], list[str]]]:
    for model in apps.get_models():
        fields = [f.name for f in model._meta.fields if isinstance(f, EncryptedTextField)]
        if fields:
            yield model, fields
