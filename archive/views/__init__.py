"""What readers see: a module for each kind of page. `archive.urls` gives them addresses."""
