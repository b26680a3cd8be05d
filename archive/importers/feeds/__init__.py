"""What feeds and exports of blogs have in common: see `archive.importers.feed`."""
