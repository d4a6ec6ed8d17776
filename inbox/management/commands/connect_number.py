"""``manage.py connect_number``: a business number from the command line, for set-up scripts.

Secrets come from environment variables or are asked for, never from arguments: those would
be readable by everybody on the machine, and stay in the shell's history.
"""

from __future__ import annotations

import getpass
import os
import secrets
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext as _

from inbox.actions import channels
from inbox.actions.channels.asking import WEBHOOK_PATH

TOKEN = "WHATSAPP_TOKEN"  # noqa: S105 (the name of a variable)
APP_SECRETS = "WHATSAPP_APP_SECRETS"  # several: separated by commas
VERIFY_TOKEN = "WHATSAPP_VERIFY_TOKEN"  # noqa: S105


class Command(BaseCommand):
    help = (
        "Connects a WhatsApp business number, or brings a connected one up to date. Reads "
        f"{TOKEN}, {APP_SECRETS} and {VERIFY_TOKEN} from the environment, and asks for what "
        "is missing; other variables can be named."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--phone-number-id", required=True, metavar="DIGITS")
        parser.add_argument("--waba-id", required=True, metavar="DIGITS")
        parser.add_argument("--app-id", default="", metavar="DIGITS")
        parser.add_argument("--portfolio-id", default="", metavar="DIGITS")
        parser.add_argument("--name", default="", help="as agents see it")
        parser.add_argument("--graph-base-url", default="", help="another Graph API, for tests")
        parser.add_argument("--graph-version", default="", help="such as v26.0")
        parser.add_argument("--token-env", default=TOKEN, metavar="VARIABLE")
        parser.add_argument("--app-secrets-env", default=APP_SECRETS, metavar="VARIABLE")
        parser.add_argument("--verify-token-env", default=VERIFY_TOKEN, metavar="VARIABLE")

    def handle(self, *args: Any, **options: Any) -> None:
        number_id = _digits(options, "phone_number_id")
        verify_token = os.environ.get(options["verify_token_env"]) or secrets.token_urlsafe(24)
        channel = channels.connect(
            name=options["name"] or number_id,
            phone_number_id=number_id,
            waba_id=_digits(options, "waba_id"),
            app_id=_digits(options, "app_id"),
            portfolio_id=_digits(options, "portfolio_id"),
            token=_secret(options["token_env"], "Access token"),
            app_secrets=_several(_secret(options["app_secrets_env"], "App secret")),
            verify_token=verify_token,
            graph_base_url=options["graph_base_url"],
            graph_version=options["graph_version"],
        )
        shown = channel.display_phone_number or channel.phone_number_id
        self.stdout.write(_("%(number)s is connected.") % {"number": shown})
        self.stdout.write(
            _("Webhook address for Meta: %(address)s")
            % {"address": settings.PUBLIC_URL + WEBHOOK_PATH}
        )
        # No secret between us and the admin: it has to be typed in at Meta.
        self.stdout.write(_("Verify token for Meta: %(token)s") % {"token": verify_token})
        self.stdout.write(_("Now run: manage.py check_number %(id)s") % {"id": number_id})


def _digits(options: dict[str, Any], name: str) -> str:
    value = str(options[name]).strip()
    if value and not (value.isascii() and value.isdigit()):
        flag = "--" + name.replace("_", "-")
        raise CommandError(_("%(flag)s consists of digits only.") % {"flag": flag})
    return value


def _secret(variable: str, label: str) -> str:
    value = os.environ.get(variable, "").strip() or getpass.getpass(f"{label}: ").strip()
    if not value:
        raise CommandError(_("%(variable)s is empty.") % {"variable": variable})
    return value


def _several(value: str) -> list[str]:
    return [part.strip() for part in value.split(",") if part.strip()]
