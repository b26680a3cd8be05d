"""What the search page is put together from: each part is HTML, escaped, of its own template."""
