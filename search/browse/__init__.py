"""Browsing: the calendar, the people, the sections and the tags, with how many articles each has.

The engine counts and orders; the articles of a page are read from the database.
"""
