"""Run by `python3 dev.py faults`, in an archive of its own that is thrown away."""

import os
import sys
import tempfile

KINDS = ("import", "kills")


def main() -> int:
    kind, arguments = (sys.argv[1:] or [""])[0], sys.argv[2:]
    if kind == "kills":
        from tests.faults import kills

        return kills.main(arguments)
    if kind != "import":
        sys.exit(f"Say which: {' or '.join(KINDS)}.")
    with tempfile.TemporaryDirectory() as folder:
        os.environ |= {"BACKFILE_DATA": folder, "DATABASE_URL": "", "SEARCH_SYNC": "worker"}
        import django

        django.setup()
        from tests.faults import imports

        imports.main(arguments)
    return 0


if __name__ == "__main__":
    sys.exit(main())
