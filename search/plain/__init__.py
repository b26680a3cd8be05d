"""Finding without an index: the database looked through itself, while a new index is made."""
