"""What answers searches. `base.py` says what every engine promises."""

import hmac
from functools import lru_cache
from pathlib import Path
from threading import Lock

from django.conf import settings
from django.utils.module_loading import import_string

from search.engines.base import Engine

_making = Lock()  # a cache lets two threads that come first make one each


def get_engine() -> Engine:
    """The engine of this process, the same one for every thread."""
    with _making:
        return _engine_at(settings.SEARCH_ENGINE, Path(settings.SEARCH_INDEX_DIR), index_key())


@lru_cache(maxsize=1)
def _engine_at(dotted_path: str, folder: Path, key: bytes) -> Engine:
    from search.ledger import DatabaseLedger  # whose models are not there when Django begins

    engine: Engine = import_string(dotted_path)(folder, key, DatabaseLedger())
    return engine


def index_key() -> bytes:
    """What the index is signed with: made of SECRET_KEY, and of no use where that is asked for."""
    return hmac.digest(settings.SECRET_KEY.encode(), b"backfile search index", "sha256")
