"""What an index needs that nobody asks for: a new one where it is damaged, and to forget."""
