"""Photos and recordings in HTML, with what is said about them."""

import re
from urllib.parse import urljoin

from lxml import etree

from archive.importers.base import MediaItem
from archive.importers.reading.text import shortened

MEDIA = frozenset({"img", "amp-img", "audio", "video"})

# Where an image waits for a script to show it.
_LAZY = ("data-src", "data-lazy-src", "data-original", "data-lazy-srcset", "data-srcset")
_WEB = ("http://", "https://")
_SMALLEST = 50  # pixels; a smaller image is an icon, or counts visits
_LONGEST_ALT = 500
_LONGEST_ADDRESS = 2000
_CAPTIONS = ("{*}figcaption", "{*}p", "{*}div", "{*}span", "{*}dd")
_CREDIT_CLASS = re.compile(r"credit|copyright|photographer|attribution", re.IGNORECASE)
_CREDIT = re.compile(
    r"[\s(\[|–—-]*"
    r"(?:(?:photo|image|picture)(?:graph)?s?(?:\s+credit)?\s*(?:[:/]|\b(?:by|courtesy of)\b)"
    r"|credit\s*:|copyright|©)\s*(?P<named>[^()\[\]|]{2,120}?)[\s)\].]*$",
    re.IGNORECASE,
)


def is_figure(name: str, element: etree._Element) -> bool:
    """`name` is the element's. WordPress wrote <div class="wp-caption"> for ten years."""
    classes = element.get("class")
    return name == "figure" or bool(classes and "wp-caption" in classes.split())


def media_of(element: etree._Element, base: str) -> list[MediaItem]:
    """The photos and recordings in `element`, which is one or a figure around some."""
    tags = [f"{{*}}{name}" for name in MEDIA]
    found = (_item(one, element, base) for one in element.iter(tags))
    return [item for item in found if item]


def _item(one: etree._Element, figure: etree._Element, base: str) -> MediaItem | None:
    address = _address(one, base)
    if not address or _is_tiny(one):
        return None
    kind = {"audio": "audio", "video": "video"}.get(etree.QName(one).localname, "photo")
    caption, credit = _caption(_nearest_figure(one, figure))
    alt = " ".join((one.get("alt") or "").split())
    return MediaItem(
        kind,
        caption=caption,
        credit=credit,
        alt=shortened(alt, _LONGEST_ALT) if kind == "photo" else "",
        url=address,
    )


def _nearest_figure(one: etree._Element, outer: etree._Element) -> etree._Element:
    """Of figures in a figure, as galleries are, the one that `one` stands in."""
    return next((above for above in one.iterancestors("{*}figure")), outer)


def _address(one: etree._Element, base: str) -> str:
    """The whole address of the file; empty where it has none, or holds the file itself (data:)."""
    sources = [one.get(name) for name in (*_LAZY, "src", "srcset")]
    sources += [child.get("src") for child in one.iterchildren("{*}source")]
    return next(filter(None, (joined(base, _largest(source or "")) for source in sources)), "")


def _largest(source: str) -> str:
    """Of "a.jpg 300w, b.jpg 600w" the one that is widest; an address alone as it is."""
    candidates = [part.split() for part in re.split(r",\s+", source.strip()) if part.strip()]
    return max(candidates, key=_width)[0] if candidates else ""


def _width(candidate: list[str]) -> float:
    number = candidate[1][:-1] if len(candidate) > 1 else ""
    return float(number) if re.fullmatch(r"\d+(\.\d+)?", number) else 0


def joined(base: str, address: str) -> str:
    """The whole web address that `address` means on the page at `base`; "" where it means none."""
    is_whole = address.startswith(_WEB) and "[" not in address  # only these can be wrong behind it
    try:
        whole = address if is_whole or not address else urljoin(base, address)
    except ValueError:  # "http://[" and the like
        return ""
    is_web = whole.startswith(_WEB)
    return whole if is_web and len(whole) <= _LONGEST_ADDRESS and " " not in whole else ""


def _is_tiny(one: etree._Element) -> bool:
    sizes = [one.get(name, "").removesuffix("px") for name in ("width", "height")]
    return any(size.isdecimal() and int(size) < _SMALLEST for size in sizes)


def _caption(figure: etree._Element) -> tuple[str, str]:
    """What a figure says, and to whom it is due."""
    texts = [_text(one) for one in figure.iter(_CAPTIONS) if _is_caption(one)]
    credits = [_text(one) for one in figure.iter() if _is_credit(one)]
    caption, credit = next(iter(texts), ""), next(filter(None, credits), "")
    if credit:
        caption = caption.replace(credit, "", 1).strip(" |–—-")
    elif match := _CREDIT.search(caption):
        caption, credit = caption[: match.start()].rstrip(), match["named"]
    if match := _CREDIT.fullmatch(credit):
        credit = match["named"]
    return caption, shortened(credit, _LONGEST_ALT)


def _is_caption(one: etree._Element) -> bool:
    is_named = "wp-caption-text" in (one.get("class") or "").split()
    return is_named or etree.QName(one).localname == "figcaption"


def _is_credit(one: etree._Element) -> bool:
    return bool(
        _CREDIT_CLASS.search(one.get("class") or "")
        or _CREDIT_CLASS.search(one.get("itemprop") or "")
    )


def _text(one: etree._Element) -> str:
    return " ".join("".join(one.itertext()).split())
