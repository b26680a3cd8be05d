"""Long runs that try to break what must hold: `python3 dev.py faults --help`."""
