"""The body of a post as HTML: WordPress keeps it with shortcodes, and without paragraphs where it
was written in the old editor. https://codex.wordpress.org/Shortcode"""

import re

_CAPTION = re.compile(
    r"\[(?P<tag>wp_caption|caption)(?P<said>[^\]]*)\](?P<inside>.*?)\[/(?P=tag)\]", re.DOTALL
)
_SAID_CAPTION = re.compile(r"""\bcaption=(?:"([^"]*)"|'([^']*)')""")
_IMAGE = re.compile(r"\s*(?:<a\b[^>]*>)?\s*<img\b[^>]*>\s*(?:</a>)?", re.IGNORECASE)
_PLAYER = re.compile(r"\[(?P<tag>audio|video)\b(?P<said>[^\]]*)\](?:\s*\[/(?P=tag)\])?")
_SOURCE = re.compile(r"""\b(?:src|mp3|m4a|ogg|wav|mp4|webm)=["']?(https?://[^\s"'\]]+)""")
_EMBED = re.compile(r"\[embed\b[^\]]*\].*?\[/embed\]", re.DOTALL)
# What is in brackets is a shortcode if it has attributes, or an end: "[sic]" has neither.
_SHORTCODE = re.compile(r"\[/?(?P<name>[a-z][\w-]*)(?P<said>[^\[\]]*)\]", re.IGNORECASE)
_BARE = frozenset({"audio", "gallery", "playlist", "video"})
_HAS_BLOCKS = re.compile(r"<!-- wp:|<p[\s>]", re.IGNORECASE)
_EMPTY_LINES = re.compile(r"\r?\n[ \t]*\r?\n")
_GALLERY = re.compile(r"""\[(?:gallery|playlist)\b[^\]]*\b(?:ids|include)=["']?([\d, ]+)""")


def as_html(content: str) -> str:
    """The content with captions as figures, players as audio and video, paragraphs as such, and
    without any other shortcode; what one encloses stays."""
    content = _CAPTION.sub(_figure, content)
    content = _PLAYER.sub(_player, _EMBED.sub("", content))
    content = _without_shortcodes(content)
    return content if _HAS_BLOCKS.search(content) else _with_paragraphs(content)


def gallery_ids(content: str) -> list[str]:
    """The attachments that the galleries and playlists of a post show, by their ids."""
    return [id.strip() for ids in _GALLERY.findall(content) for id in ids.split(",") if id.strip()]


def _figure(match: re.Match[str]) -> str:
    inside, said = match["inside"], _SAID_CAPTION.search(match["said"])
    image = _IMAGE.match(inside)
    if image is None:
        return inside
    caption = inside[image.end() :].strip() or (said[1] or said[2] or "" if said else "")
    return f"<figure>{image[0]}<figcaption>{caption}</figcaption></figure>"


def _player(match: re.Match[str]) -> str:
    source = _SOURCE.search(match["said"])
    return f'<{match["tag"]} src="{source[1]}"></{match["tag"]}>' if source else ""


def _without_shortcodes(content: str) -> str:
    found = list(_SHORTCODE.finditer(content))
    names = {one["name"] for one in found if "=" in one["said"] or one[0].startswith("[/")}
    names |= _BARE
    return _SHORTCODE.sub(lambda one: "" if one["name"] in names else one[0], content)


def _with_paragraphs(content: str) -> str:
    blocks = (block.strip().replace("\n", "<br>\n") for block in _EMPTY_LINES.split(content))
    return "\n".join(f"<p>{block}</p>" for block in blocks if block)
