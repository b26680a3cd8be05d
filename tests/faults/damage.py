"""Files as thirty years leave them, and as somebody hostile would write them."""

import gzip
import io
import tarfile
import zipfile
from collections.abc import Callable
from random import Random

Packing = Callable[[bytes], bytes]
Way = Callable[[bytes, Random], bytes]

NOT_UTF8 = (b"\xff", b"\xc3", b"\xed\xa0\x80", b"\xf5\x80\x80\x80", b"\x93quoted\x94", b"\x80")
BRACKETS = (b"[", b"{", b'{"a":', b"<p>", b"<div><b>", b"(", b"<!--", b"<![CDATA[", b'"', b"&")
ODD = (
    b"\x00", b"\x1a", b"\x7f", b"\xe2\x80\xae", b"\xef\xbf\xbf", b"\r", b"\x0b", b"&#0;",
    b"&#xD800;", b"\\ud800", b"\\u0000", b"9" * 400, b"-1", b"NaN", b"null", b"1e999",
    b"31 Feb 2009", b"9999-99-99", b"0000-00-00T99:99:99+99:99", b"javascript:alert(1)",
    b"../../../etc/passwd", b"http://[::1",
)  # fmt: skip
BOMB = b"""<!DOCTYPE a [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">
<!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;"><!ENTITY d "&c;&c;&c;&c;&c;&c;&c;&c;">
<!ENTITY e SYSTEM "file:///etc/passwd">]>"""


def damaged(data: bytes, random: Random) -> bytes:
    """`data`, damaged in one to three ways; the same for the same state of `random`."""
    for way in random.choices(WAYS, k=random.choice((1, 1, 1, 2, 3))):
        data = way(data, random)
    return data


def flip_bits(data: bytes, random: Random) -> bytes:
    flipped = bytearray(data)
    for _ in range(random.choice((1, 3, 30)) if data else 0):
        flipped[random.randrange(len(data))] ^= 1 << random.randrange(8)
    return bytes(flipped)


def cut_short(data: bytes, random: Random) -> bytes:
    return data[: random.randrange(len(data) + 1)]


def cut_out(data: bytes, random: Random) -> bytes:
    start, end = _stretch(data, random)
    return data[:start] + data[end:]


def repeat(data: bytes, random: Random) -> bytes:
    start, end = _stretch(data, random)
    return data[:end] + data[start:end] * random.choice((1, 2, 20)) + data[end:]


def put_in(*pieces: bytes, times: tuple[int, ...] = (1, 5)) -> Way:
    def way(data: bytes, random: Random) -> bytes:
        at = random.randrange(len(data) + 1)
        return data[:at] + random.choice(pieces) * random.choice(times) + data[at:]

    return way


def write_otherwise(data: bytes, random: Random) -> bytes:
    """In another encoding than the file says, or in one that another one was read as."""
    text = data.decode("utf-8", "replace")
    encoding = random.choice(("utf-16", "utf-16-be", "latin-1", "cp1252", "utf-7", "utf-8-sig"))
    if random.random() < 0.3:
        text = data.decode("cp1252", "replace")  # twice over
    return text.encode(encoding, "replace")


def add_bomb(data: bytes, random: Random) -> bytes:
    at = random.randrange(len(data) + 1)
    return BOMB + data[:at] + random.choice((b"&d;", b"&e;")) + data[at:]


def replace_value(data: bytes, random: Random) -> bytes:
    """Something else where some word or number stood."""
    start, end = _stretch(data, random, longest=12)
    return data[:start] + random.choice(ODD) + data[end:]


def _stretch(data: bytes, random: Random, longest: int = 400) -> tuple[int, int]:
    start = random.randrange(len(data) + 1)
    return start, min(len(data), start + random.randrange(longest))


WAYS: tuple[Way, ...] = (
    flip_bits,
    cut_short,
    cut_out,
    repeat,
    replace_value,
    write_otherwise,
    add_bomb,
    put_in(b"\x00", times=(1, 100)),
    put_in(*NOT_UTF8, times=(1, 3, 50)),
    put_in(*ODD),
    put_in(*BRACKETS, times=(1, 50, 5_000)),
    put_in(b"x", b"word ", b"\n", b"\xc3\xa9", b"\n\n", times=(300, 3_000, 30_000)),
)


def as_zip(data: bytes) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(zipfile.ZipInfo("été/story"), data)
    return packed.getvalue()


def as_tar(data: bytes) -> bytes:
    packed = io.BytesIO()
    with tarfile.open(fileobj=packed, mode="w") as archive:
        member = tarfile.TarInfo("été/story")
        member.size = len(data)
        archive.addfile(member, io.BytesIO(data))
    return packed.getvalue()


def as_gzip(data: bytes) -> bytes:
    return gzip.compress(data, mtime=0)


def not_packed(data: bytes) -> bytes:
    return data


PACKINGS: tuple[Packing, ...] = (not_packed,) * 12 + (as_zip, as_tar, as_gzip)
