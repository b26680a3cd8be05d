"""The editors' desk as far as it finds: the list of all articles, public or not."""
