"""The values of a template: one field for each variable, and the file of its heading."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any, Protocol

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from inbox.forms.drafts import DraftForm

Problems = Callable[[Mapping[str, str]], Mapping[str, str | Promise]]
PREFIX = "value."


class Variable(Protocol):
    """Something to fill in; ``key`` says where it stands in the template."""

    @property
    def key(self) -> str: ...
    @property
    def label(self) -> str | Promise: ...
    @property
    def example(self) -> str: ...
    @property
    def max_length(self) -> int: ...


class TemplateForm(DraftForm):
    """What is wrong with the values WhatsApp's rules say (``problems``)."""

    def __init__(
        self,
        *args: Any,
        variables: Iterable[Variable],
        needs_file: bool,
        problems: Problems,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self._problems = problems
        if needs_file:
            self.fields["file"] = forms.FileField(label=_("File of the heading"))
        for variable in variables:
            self.fields[PREFIX + variable.key] = _field(variable)

    @property
    def values(self) -> dict[str, str]:
        """What was typed so far, by key; also of a form that is not complete."""
        names = [name for name in self.fields if name.startswith(PREFIX)]
        return {name.removeprefix(PREFIX): str(self[name].value() or "") for name in names}

    def clean(self) -> dict[str, Any]:
        for key, sentence in self._problems(self.values).items():
            name = PREFIX + key
            if name not in self.errors:
                self.add_error(name if name in self.fields else None, str(sentence))
        return self.cleaned_data


def _field(variable: Variable) -> forms.CharField:
    field = forms.CharField(
        label=str(variable.label),
        max_length=variable.max_length,
        error_messages={"required": _("Fill this in.")},
    )
    if variable.example:
        field.widget.attrs["placeholder"] = variable.example
    return field
