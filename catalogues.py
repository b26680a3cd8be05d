"""What the site says in other languages: the catalogues in `locale/`, made from the sources.

    python3 dev.py translate

takes every text that is marked for translation out of the templates and the code, adds what is new
to each language's `django.po` with nothing for its translation, drops what is gone, and compiles
`django.mo`, which is what Django reads.
"""

import sys
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from django.utils.translation.template import templatize

HERE = Path(__file__).resolve().parent
LANGUAGES = ("de", "ru")
ROOMS = ("archive", "config", "gate", "search", "templates")
KEYWORDS = {
    "_": None,
    "gettext": None,
    "gettext_lazy": None,
    "ngettext": (1, 2),
    "pgettext": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
}
"""The functions that mark a text, and which of their arguments are texts; `c` is the context."""


def main() -> int:
    for language in LANGUAGES:
        for path, content in written(language).items():
            path.write_bytes(content)
        print(f"{language}: {', '.join(untranslated(language)) or 'complete'}")
    return 0


def written(language: str) -> dict[Path, bytes]:
    """The files of a language as they have to be, with the translations that they have now."""
    folder = HERE / "locale" / language / "LC_MESSAGES"
    catalogue = kept(language)
    catalogue.update(marked(), no_fuzzy_matching=True, update_creation_date=False)
    text, compiled = BytesIO(), BytesIO()
    write_po(
        text, catalogue, width=100, ignore_obsolete=True, sort_by_file=True, include_lineno=False
    )
    write_mo(compiled, catalogue)
    return {folder / "django.po": text.getvalue(), folder / "django.mo": compiled.getvalue()}


def kept(language: str) -> Catalog:
    path = HERE / "locale" / language / "LC_MESSAGES" / "django.po"
    with path.open("rb") as file:
        return read_po(file, locale=language, domain="django")


def untranslated(language: str) -> list[str]:
    """What has no translation yet, or one that somebody still has to look at."""
    return [str(message.id) for message in kept(language) if message.id and lacking(message)]


def lacking(message: Message) -> bool:
    texts = message.string if isinstance(message.string, tuple) else (message.string,)
    return message.fuzzy or not all(texts)


def marked() -> Catalog:
    """Every text that is marked for translation, with the files that it stands in."""
    catalogue = Catalog(domain="django")
    for path in sources():
        for _, texts, _, context in extract("python", as_python(path), KEYWORDS):
            catalogue.add(texts, locations=[(str(path.relative_to(HERE)), 0)], context=context)
    return catalogue


def sources() -> Iterator[Path]:
    for room in ROOMS:
        yield from sorted((HERE / room).rglob("*.py"))
        yield from sorted((HERE / room).rglob("*.html"))


def as_python(path: Path) -> BytesIO:
    """Code as it is; of a template what Django makes of it for tools that read code."""
    text = path.read_text(encoding="utf-8")
    if path.suffix == ".html":
        text = "\n".join(line.strip() for line in templatize(text, str(path)).splitlines())
    return BytesIO(text.encode())


if __name__ == "__main__":
    sys.exit(main())
