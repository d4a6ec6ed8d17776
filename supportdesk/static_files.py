"""Static files with hashed names, each address worked out once: a page shows dozens of them."""

from __future__ import annotations

from django.utils.functional import cached_property
from whitenoise.storage import CompressedManifestStaticFilesStorage


class StaticFiles(CompressedManifestStaticFilesStorage):
    @cached_property
    def _addresses(self) -> dict[str, str]:
        return {}

    def url(self, name: str | None, force: bool = False) -> str:
        """As named in the manifest, which is read once and does not change after that."""
        path = name or ""
        if force:
            return super().url(path, force)
        if path not in self._addresses:
            self._addresses[path] = super().url(path)
        return self._addresses[path]
