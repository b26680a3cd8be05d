"""What a run remembers, so that it can go on after a kill, and what it tells while it goes."""
