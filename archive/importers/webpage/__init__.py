"""What a saved web page says, told from its HTML: see `archive.importers.html_page`."""
