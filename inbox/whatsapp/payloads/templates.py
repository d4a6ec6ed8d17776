"""What Meta decides about templates."""

from __future__ import annotations

from typing import TypedDict

from inbox.whatsapp.happenings import (
    Happening,
    TemplateCategoryChanged,
    TemplateComponentsChanged,
    TemplateQualityChanged,
    TemplateStatusChanged,
)

from .fragment import Fragment
from .reading import elements, ident, moment, obj, text


class TemplateHead(TypedDict):
    template_id: str
    name: str
    language: str


def read_template_change(fragment: Fragment) -> Happening:
    """Go by the keys: Meta's own example of a quality update names the wrong field."""
    value = fragment.raw
    if "new_quality_score" in value:
        return _quality(fragment)
    if "new_category" in value or "correct_category" in value:
        return _category(fragment)
    if "event" in value:
        return _status(fragment)
    if any(key.startswith("message_template_") for key in value):
        return _components(fragment)
    return fragment.unknown("template change without a template")


def template_head(value: dict[str, object]) -> TemplateHead:
    return {
        "template_id": ident(value.get("message_template_id")),
        "name": text(value.get("message_template_name")),
        "language": text(value.get("message_template_language")).replace("-", "_"),
    }


def _status(fragment: Fragment) -> Happening:
    value = fragment.raw
    other = obj(value.get("other_info")) or obj(value.get("rejection_info"))
    return TemplateStatusChanged(
        **fragment.head(),
        **template_head(value),
        event=text(value.get("event")).upper(),
        reason=text(value.get("reason") or other.get("reason")),
        category=text(value.get("message_template_category")).upper(),
        disable_date=text(obj(value.get("disable_info")).get("disable_date")),
        title=text(other.get("title")),
        description=text(other.get("description") or other.get("recommendation")),
    )


def _quality(fragment: Fragment) -> Happening:
    return TemplateQualityChanged(
        **fragment.head(),
        **template_head(fragment.raw),
        previous=text(fragment.raw.get("previous_quality_score")).upper(),
        new=text(fragment.raw.get("new_quality_score")).upper(),
    )


def _category(fragment: Fragment) -> Happening:
    value = fragment.raw
    return TemplateCategoryChanged(
        **fragment.head(),
        **template_head(value),
        previous=text(value.get("previous_category") or value.get("category")).upper(),
        new=text(value.get("new_category")).upper(),
        correct=text(value.get("correct_category")).upper(),
        effective_at=moment(value.get("category_update_timestamp")),
    )


def _components(fragment: Fragment) -> Happening:
    value = fragment.raw
    buttons = [obj(item) for item in elements(value.get("message_template_buttons"))]
    labels = (b.get("message_template_button_text") or b.get("text") for b in buttons)
    return TemplateComponentsChanged(
        **fragment.head(),
        **template_head(value),
        header=text(value.get("message_template_title")),
        body=text(value.get("message_template_element")),
        footer=text(value.get("message_template_footer")),
        buttons=tuple(t for t in map(text, labels) if t),
    )
