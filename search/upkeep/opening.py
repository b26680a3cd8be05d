"""A process that serves pages opens its index before the first of them."""

import logging

from django.db import connections

from search.upkeep import mending

logger = logging.getLogger(__name__)


def open_index() -> None:
    """Have every byte of the index checked now, and not while a reader waits. Never raises."""
    try:
        mending.trouble()
    except Exception as trouble:  # noqa: BLE001  pages without searches are served all the same
        logger.warning("The index could not be opened yet: %s", trouble)
    finally:
        connections.close_all()  # a server may be about to fork
