"""Photos and recordings that an archive knows by their address alone, fetched where an archivist
asks for it, and never from within the archive's own network."""

from archive.importers.fetching.fetcher import Fetcher
from archive.importers.fetching.missing import media_fetch

__all__ = ["Fetcher", "media_fetch"]
