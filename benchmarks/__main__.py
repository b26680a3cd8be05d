"""Run by `python3 dev.py bench`, and with `people` by `python3 dev.py bench people [--errors]`,
with `pages` by `python3 dev.py bench pages [--errors]`, with `import` by `python3 dev.py bench
import`."""

import sys

import django

django.setup()

if __name__ == "__main__":
    if sys.argv[1:2] == ["people"]:
        from benchmarks import people, quotations

        people.main()
        quotations.main()
    elif sys.argv[1:2] == ["pages"]:
        from benchmarks import pages

        pages.main()
    elif sys.argv[1:2] == ["import"]:
        from benchmarks import imports

        imports.main()
    else:
        from benchmarks.run import main

        sys.exit(main())
