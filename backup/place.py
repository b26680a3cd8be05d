"""Where an archive is: ours, or one that a restore is making beside it."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.conf import settings


@dataclass(frozen=True, slots=True)
class Place:
    """database: as in Django's DATABASES."""

    data: Path
    media: Path
    index: Path
    database: dict[str, Any]

    @classmethod
    def ours(cls) -> "Place":
        return cls(
            Path(settings.BACKFILE_DATA),
            Path(settings.MEDIA_ROOT),
            Path(settings.SEARCH_INDEX_DIR),
            settings.DATABASES["default"],
        )
