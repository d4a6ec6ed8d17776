"""``manage.py seed_demo``: a made-up shop with people and some weeks of conversations."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from inbox.demo import (
    assignment,
    automatic,
    contact_matters,
    labels,
    quick_replies,
    rules,
    saved_views,
)
from inbox.demo.company import PEOPLE, found
from inbox.demo.past import Past
from inbox.demo.teamwork import work_together
from inbox.models import Agent


class Command(BaseCommand):
    help = "Fills an empty desk with a demo company. Doing it again changes nothing."

    def handle(self, *args: Any, **options: Any) -> None:
        emails = [person[1] for person in PEOPLE]
        if Agent.objects.filter(email__in=emails).exists():
            return
        if Agent.objects.exists():
            raise CommandError("People work at this desk already; the demo wants an empty one.")
        with transaction.atomic():
            company = found()
            past = Past(company)
            past.write()
            assignment.tell(company)
            quick_replies.write(company)
            automatic.set_up(company, past.contacts, past.now)
            labels.set_up(company, past.contacts)
            saved_views.put_together(company)
            work_together(company)
            contact_matters.furnish(company)
            rules.set_up(company)
