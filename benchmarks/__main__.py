"""Run by `python3 dev.py bench`."""

import sys

import django

django.setup()

if __name__ == "__main__":
    from benchmarks.run import main

    sys.exit(main())
