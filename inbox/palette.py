"""The colours labels may have: few, and told apart in light and in dark."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

COLOURS: dict[str, str | Promise] = {
    "#0f766e": _("Teal"),
    "#15803d": _("Green"),
    "#65a30d": _("Lime"),
    "#ca8a04": _("Yellow"),
    "#d97706": _("Orange"),
    "#b91c1c": _("Red"),
    "#be123c": _("Rose"),
    "#a21caf": _("Purple"),
    "#7c3aed": _("Violet"),
    "#2563eb": _("Blue"),
    "#0e7490": _("Cyan"),
    "#475569": _("Grey"),
}
