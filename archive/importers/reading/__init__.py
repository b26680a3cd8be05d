"""From a path to records: files in a fixed order, packed ones as streams, bytes as text.

`dates` and `fields` are what formats read dates, and keys with values, with.
"""
