"""What a file is, by its first bytes: what a server says of it and what it is called count for
nothing. Only what a browser shows or plays without running anything is known here."""

HEAD = 32  # bytes that are looked at

_BEGINNINGS = (
    (b"\xff\xd8\xff", "jpg"),
    (b"\x89PNG\r\n\x1a\n", "png"),
    (b"GIF87a", "gif"),
    (b"GIF89a", "gif"),
    (b"OggS", "ogg"),
    (b"ID3", "mp3"),
)
_IN_RIFF = {b"WEBP": "webp", b"WAVE": "wav"}
_IN_MP4 = frozenset({b"M4A ", b"M4B "})

ENDINGS = {
    "photo": frozenset({"jpg", "png", "gif", "webp"}),
    "audio": frozenset({"mp3", "ogg", "m4a", "wav"}),
}
"""By the kind of the media item; of other kinds nothing is fetched."""


def ending_of(head: bytes) -> str:
    """The ending for a file that begins so; "" where it is none of these."""
    if head.startswith(b"RIFF"):
        return _IN_RIFF.get(head[8:12], "")
    if head[4:8] == b"ftyp":
        return "m4a" if head[8:12] in _IN_MP4 else ""
    if _is_mpeg_audio(head):
        return "mp3"
    return next((ending for beginning, ending in _BEGINNINGS if head.startswith(beginning)), "")


def _is_mpeg_audio(head: bytes) -> bool:
    """A frame of layer III, without a tag before it (ISO 11172-3, 2.4.1.3)."""
    return len(head) > 2 and head[0] == 0xFF and head[1] & 0xE6 == 0xE2 and head[2] < 0xF0
