"""``manage.py create_admin``: the first person who can sign in and invite the others."""

from __future__ import annotations

import getpass
from typing import Any

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.core.validators import validate_email

from inbox.models import Agent


class Command(BaseCommand):
    help = "Creates an admin. Asks for what is not given; the password is always asked for."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--email")
        parser.add_argument("--name")
        parser.add_argument("--language", choices=["de", "en"], default="de")

    def handle(self, *args: Any, **options: Any) -> None:
        agent = Agent(
            email=(options["email"] or input("E-mail address: ")).strip().lower(),
            name=(options["name"] or input("Name: ")).strip(),
            language=options["language"],
            role=Agent.Role.ADMIN,
            data_protection=True,
        )
        password = getpass.getpass("Password (10 characters or more): ")
        try:
            validate_email(agent.email)
            validate_password(password, agent)
            agent.set_password(password)
            agent.full_clean()
        except ValidationError as error:
            raise CommandError("\n".join(error.messages)) from error
        agent.save()
        self.stdout.write(f"{agent.name} can sign in now.")
