"""``manage.py check_number``: what is wrong with a number, or with all of them."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext as _

from inbox.actions import channels
from inbox.models import Channel

_MARKS = {True: "ok", False: "WRONG", None: "note"}


class Command(BaseCommand):
    help = "Asks Meta and ourselves what is wrong with a number; ends with 1 if something is."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("phone_number_id", nargs="?", help="default: all numbers in use")

    def handle(self, *args: Any, **options: Any) -> None:
        numbers = Channel.objects.in_use()
        if wanted := options["phone_number_id"]:
            numbers = numbers.filter(phone_number_id=wanted)
        if not numbers:
            raise CommandError(_("No such number is connected."))
        wrong = [channel for channel in numbers if not self._check(channel)]
        if wrong:
            raise SystemExit(1)

    def _check(self, channel: Channel) -> bool:
        """Print what was found; say whether all is well."""
        self.stdout.write(f"{channel.name} ({channel.phone_number_id})")
        findings = channels.check(channel)
        for finding in findings:
            self.stdout.write(f"  {_MARKS[finding.ok]:>5}  {finding.what}")
            if finding.hint and not finding.ok:
                self.stdout.write(f"         {finding.hint}")
        return all(finding.ok is not False for finding in findings)
