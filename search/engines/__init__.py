"""What answers searches. `base.py` says what every engine promises."""

from functools import lru_cache
from pathlib import Path

from django.conf import settings
from django.utils.module_loading import import_string

from search.engines.base import Engine


def get_engine() -> Engine:
    """The engine of this process, the same one for every thread."""
    return _engine_at(settings.SEARCH_ENGINE, Path(settings.SEARCH_INDEX_DIR))


@lru_cache(maxsize=1)
def _engine_at(dotted_path: str, folder: Path) -> Engine:
    engine: Engine = import_string(dotted_path)(folder)
    return engine
