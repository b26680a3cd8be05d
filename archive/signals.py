"""Signals of the archive: bulk writes send none of Django's own."""

from django.dispatch import Signal

# Sent after many articles were written at once, committed, and perhaps not for the last time.
# `progress(done, total)` may be called while somebody follows them, and is shown to whoever waits.
bulk_changed = Signal()
