#!/usr/bin/env python3
"""Django's command line for Backfile: `python manage.py help`."""

import os
import sys


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    from django.core.exceptions import ImproperlyConfigured
    from django.core.management import execute_from_command_line

    from archive.tracing import begin_trace

    begin_trace()
    try:
        execute_from_command_line(sys.argv)
    except ImproperlyConfigured as error:  # its words say what to do; a traceback would hide them
        sys.exit(f"Backfile cannot start: {error}")


if __name__ == "__main__":
    main()
