"""What stands in an export of WordPress: see `archive.importers.wxr`."""
