"""The lists the demo's shop has put together."""

from __future__ import annotations

from inbox.actions import saved_views
from inbox.demo.company import Company


def put_together(company: Company) -> None:
    """Made by the admin, for everybody; by Jana, for herself."""
    admin = next(agent for agent in company.agents if agent.is_admin)
    open_ones = {"field": "status", "op": "is", "value": ["open"]}
    waited = {"field": "waiting", "op": "longer_than", "value": [60]}
    urgent = {"field": "priority", "op": "is", "value": [1, 2]}
    tree = {"all": [{"all": [open_ones]}, {"any": [waited, urgent]}]}
    name = "Eilig oder wartet lange"
    saved_views.create(name=name, share="all", sort="waiting", tree=tree, by=admin)
    mine = {"field": "assignee", "op": "is", "value": ["me"]}
    ends = {"field": "window", "op": "ends_within", "value": [6]}
    saved_views.create(
        name="Meine, Fenster endet bald",
        share="me",
        sort="waiting",
        tree={"all": [open_ones, mine, ends]},
        by=company.agents[1],
    )
