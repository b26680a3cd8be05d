"""What answers searches. `base.py` says what every engine promises."""
