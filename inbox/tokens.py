"""Links that let somebody choose a password: who was invited, and who forgot theirs.

Both live ``PASSWORD_RESET_TIMEOUT`` and die with the first use.
"""

from __future__ import annotations

from django.contrib.auth.tokens import PasswordResetTokenGenerator, default_token_generator

from inbox.models import Agent


class InvitationTokens(PasswordResetTokenGenerator):
    """Of several invitations to one person only the newest opens the door."""

    key_salt = "inbox.invitations"

    def _make_hash_value(self, user: Agent, timestamp: int) -> str:
        return f"{super()._make_hash_value(user, timestamp)}{user.invited_at}"


invitations = InvitationTokens()
forgotten_passwords = default_token_generator
