"""A canvas of flat shapes that can save itself as a PNG, with the standard library alone.

Shapes are filled on a grid of palette numbers twice as fine as the picture, which is averaged down
at the end so that edges are smooth.
"""

from __future__ import annotations

import math
import struct
import zlib
from collections.abc import Iterable, Sequence
from itertools import pairwise

WIDTH, HEIGHT, FINER = 960, 640, 2

Point = tuple[float, float]
# Six rows of three squares each; a row is the number whose bits are inked.
DIGITS = {
    "0": "755557",
    "1": "262227",
    "2": "717447",
    "3": "717117",
    "4": "557111",
    "5": "747117",
    "6": "747557",
    "7": "711222",
    "8": "757557",
    "9": "757117",
    ",": "000024",
}


def points(path: str, x: float = 0, y: float = 0, scale: float = 1, way: int = 1) -> list[Point]:
    """Read "x,y x,y …", as SVG writes it; moved by x and y, scaled, mirrored when `way` is -1."""
    pairs = (pair.split(",") for pair in path.split())
    return [(x + way * scale * float(across), y + scale * float(down)) for across, down in pairs]


def rounded(corners: Sequence[Point], times: int = 3) -> list[Point]:
    """The closed outline with its corners cut off again and again (Chaikin, 1974)."""
    outline = list(corners)
    for _ in range(times):
        pairs = zip(outline, outline[1:] + outline[:1], strict=True)
        outline = [_between(a, b, part) for a, b in pairs for part in (0.25, 0.75)]
    return outline


class Canvas:
    """A picture of flat shapes, measured in pixels from the top left corner."""

    def __init__(self, ground: int) -> None:
        self.palette = [ground]
        self.rows = [bytearray(WIDTH * FINER) for _ in range(HEIGHT * FINER)]

    def polygon(self, outline: Sequence[Point], colour: int) -> None:
        """Fill where a line to the edge would cross the outline an odd number of times."""
        if colour not in self.palette:
            self.palette.append(colour)
        ink = bytes([self.palette.index(colour)])
        fine = [(x * FINER, y * FINER) for x, y in outline]
        edges = list(zip(fine, fine[1:] + fine[:1], strict=True))
        first = max(0, math.floor(min(y for _, y in fine)))
        last = min(len(self.rows), math.ceil(max(y for _, y in fine)))
        for y in range(first, last):
            for left, right in _spans(edges, y + 0.5):
                self.rows[y][left:right] = ink * (right - left)

    def rect(self, x: float, y: float, width: float, height: float, colour: int) -> None:
        self.polygon([(x, y), (x + width, y), (x + width, y + height), (x, y + height)], colour)

    def oval(self, x: float, y: float, rx: float, ry: float, colour: int) -> None:
        turns = [math.tau * i / 64 for i in range(64)]
        self.polygon([(x + rx * math.cos(t), y + ry * math.sin(t)) for t in turns], colour)

    def line(self, path: Sequence[Point], width: float, colour: int) -> None:
        """A stroke along the path, its joints round where they would show."""
        for (x1, y1), (x2, y2) in pairwise(path):
            half = width / 2 / (math.hypot(x2 - x1, y2 - y1) or 1)
            dx, dy = (y1 - y2) * half, (x2 - x1) * half
            sides = [(x1 + dx, y1 + dy), (x2 + dx, y2 + dy), (x2 - dx, y2 - dy), (x1 - dx, y1 - dy)]
            self.polygon(sides, colour)
        for x, y in path if width > 3 else ():
            self.oval(x, y, width / 2, width / 2, colour)

    def waves(self, y: float, height: float, length: float, colour: int, shift: float = 0) -> None:
        """Water from a rolling surface at `y` down to the bottom edge."""
        crest = [
            (x, y + height * math.sin((x + shift) / length * math.tau)) for x in range(0, 964, 4)
        ]
        self.polygon([*crest, (WIDTH, HEIGHT), (0, HEIGHT)], colour)

    def number(self, text: str, x: float, y: float, size: float, colour: int) -> None:
        """Digits and commas made of squares of the given size, centred on `x`."""
        left = x - (len(text) * 4 - 1) * size / 2
        for place, digit in enumerate(text):
            for row, bits in enumerate(DIGITS[digit]):
                for column in range(3):
                    if int(bits) & (4 >> column):
                        across = left + (place * 4 + column) * size
                        self.rect(across, y + row * size, size, size, colour)

    def png(self) -> bytes:
        lines = b"".join(b"\0" + line for line in self._averaged())
        header = struct.pack(">IIBBBBB", WIDTH, HEIGHT, 8, 2, 0, 0, 0)
        chunks = [(b"IHDR", header), (b"IDAT", zlib.compress(lines, 9)), (b"IEND", b"")]
        return b"\x89PNG\r\n\x1a\n" + b"".join(_chunk(kind, data) for kind, data in chunks)

    def _averaged(self) -> Iterable[bytes]:
        """Lines of RGB, each pixel the mean of the four finer ones under it."""
        mixed: dict[tuple[int, ...], bytes] = {}
        for upper, lower in zip(self.rows[0::2], self.rows[1::2], strict=True):
            quads = zip(upper[0::2], upper[1::2], lower[0::2], lower[1::2], strict=True)
            yield b"".join([mixed.get(quad) or self._mix(mixed, quad) for quad in quads])

    def _mix(self, mixed: dict[tuple[int, ...], bytes], quad: tuple[int, ...]) -> bytes:
        colours = [self.palette[number].to_bytes(3, "big") for number in quad]
        mixed[quad] = bytes(sum(channel) // 4 for channel in zip(*colours, strict=True))
        return mixed[quad]


def _between(a: Point, b: Point, part: float) -> Point:
    return a[0] + (b[0] - a[0]) * part, a[1] + (b[1] - a[1]) * part


def _spans(edges: Iterable[tuple[Point, Point]], y: float) -> Iterable[tuple[int, int]]:
    """Where a horizontal line at `y` lies inside the shape with these edges."""
    crossings = sorted(
        x1 + (y - y1) * (x2 - x1) / (y2 - y1)
        for (x1, y1), (x2, y2) in edges
        if (y1 <= y) != (y2 <= y)
    )
    for left, right in zip(crossings[0::2], crossings[1::2], strict=True):
        inside = max(0, round(left)), min(WIDTH * FINER, round(right))
        if inside[0] < inside[1]:
            yield inside


def _chunk(kind: bytes, data: bytes) -> bytes:
    check = struct.pack(">I", zlib.crc32(kind + data))
    return struct.pack(">I", len(data)) + kind + data + check
