"""Secrets with a word of their own in every field, and all the places where they could show."""
