"""From a file to its entries, each read under guard: nothing in a file can stop an import."""

from collections.abc import Iterator
from pathlib import PurePosixPath
from typing import NamedTuple

from archive.files import TYPES
from archive.importers.base import Defaults, Entry, Format, Note, Raw, RecordError, Reject
from archive.importers.formats import AUTO, FORMATS, detect, has_ending
from archive.importers.reading.checks import checked
from archive.importers.reading.files import File, is_companion, opened
from archive.importers.reading.packing import HEAD, Counted, Unpacked, unpacked
from archive.importers.storable import storable

Item = Entry | Reject | Note


class _Piece(NamedTuple):
    """One record in its own words, and how to read it."""

    name: str
    format: Format
    raw: Raw

    def reject(self, reason: str) -> Reject:
        return Reject(self.name, self.raw.line, reason, storable(self.raw.text))


class Reader:
    """Reads files in one format, or in the one that each turns out to be in.

    `position` is how many bytes of the file at hand have been read, as it lies on the disk.
    """

    def __init__(self, format_name: str, defaults: Defaults) -> None:
        self.format = None if format_name == AUTO else FORMATS[format_name]
        self.defaults = defaults
        self._counted: Counted | None = None

    @property
    def position(self) -> int:
        return self._counted.count if self._counted else 0

    def items(self, file: File, skip: int = 0) -> Iterator[Item]:
        """What `file` holds, always in the same order, without its first `skip` records.

        Every Entry and every Reject is one record; a Note is none.
        """
        passed = 0
        for piece in self._pieces(file):
            passed += not isinstance(piece, Note)
            if skip and passed <= skip:
                continue
            if isinstance(piece, _Piece):
                yield from self._read(piece, file)
            else:
                yield piece

    def again(self, file: str, line: int, text: str) -> Iterator[Item]:
        """One record that was cut out of a file before, in its own words or in mended ones.

        Nothing is looked for on the disk: files that it names are not taken in.
        """
        format = self.format or detect(file, text.encode("utf-8", "replace")[:HEAD])
        if format:
            yield from self._read(_Piece(file, format, Raw(line, text)))
        else:
            yield Reject(file, line, "it is in none of the formats", text)

    def _pieces(self, file: File) -> Iterator[_Piece | Reject | Note]:
        if file.is_stray_link:
            yield Reject(file.name, 0, "a link that leads out of the folder is not followed")
            return
        try:
            with opened(file) as (stream, self._counted):
                for plain in unpacked(file.name, stream, lambda: self.position):
                    yield from [plain] if isinstance(plain, Reject) else self._cut(file, plain)
        except OSError as error:
            yield Reject(file.name, 0, f"it could not be read: {error}")
        except Exception as error:  # noqa: BLE001  whatever one file does, the next one is read
            reason = f"it could not be unpacked ({type(error).__name__}: {error})"
            yield Reject(file.name, 0, reason)

    def _cut(self, file: File, plain: Unpacked) -> Iterator[_Piece | Reject | Note]:
        asked_for = file.is_named and plain.name == file.name
        try:
            format = self._format(plain, asked_for)
        except Exception as error:  # noqa: BLE001  whatever one file does, the next one is read
            reason = f"what it is could not be told ({type(error).__name__}: {error})"
            yield Reject(plain.name, 0, reason)
            return
        if format:
            yield from _records(plain, format)
        elif asked_for:
            yield Reject(plain.name, 0, "it is in none of the formats; say which it is in")
        elif PurePosixPath(plain.name.lower()).suffix not in TYPES:
            yield Note(plain.name, 0, "left out: it is no article in a format that is known")

    def _format(self, plain: Unpacked, asked_for: bool) -> Format | None:
        head = plain.stream.peek(HEAD)
        if is_companion(plain.name) and not asked_for:
            return None
        if self.format is None:
            return detect(plain.name, head)
        fits = asked_for or self.format.sniff(head) or has_ending(self.format, plain.name)
        return self.format if fits else None

    def _read(self, piece: _Piece, file: File | None = None) -> Iterator[Item]:
        """file: the one that it lies in on the disk, if it does."""
        name, format, raw = piece
        try:
            record = checked(format.build(raw, self.defaults))
        except RecordError as error:
            yield piece.reject(str(error))
            return
        except Exception as error:  # noqa: BLE001  whatever one record does, the next one is read
            yield piece.reject(f"it could not be read ({type(error).__name__}: {error})")
            return
        yield from (Note(name, raw.line, note) for note in (*raw.notes, *record.notes))
        lies_on_disk = file and name == file.name and not file.is_standard_input
        folder, root = (file.path.parent, file.root) if file and lies_on_disk else (None, None)
        yield Entry(name, raw.line, storable(raw.text), record, folder, root)


def _records(plain: Unpacked, format: Format) -> Iterator[_Piece | Reject | Note]:
    line = 0
    try:
        for raw in format.split(plain.stream):
            line = raw.line
            yield _Piece(plain.name, format, raw)
    except RecordError as error:
        yield Reject(plain.name, line, str(error))
        return
    except Exception as error:  # noqa: BLE001  a damaged file ends where it is damaged
        reason = f"the file could not be read any further ({type(error).__name__}: {error})"
        yield Reject(plain.name, line, reason)
        return
    if not line:
        yield Note(plain.name, 0, "there is no record in it")
