"""The text of scraped pages, line by line: see `archive.importers.page_text`."""
