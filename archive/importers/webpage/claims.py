"""What a page says of its article in words meant for machines.

JSON-LD is heard first, microdata where that does not say enough, and <meta> last.
"""

import html
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from urllib.parse import urlsplit

from lxml import etree

from archive.importers.base import CorrectionNote, MediaItem
from archive.importers.reading.figures import joined
from archive.importers.reading.text import shortened
from archive.importers.webpage import jsonld, microdata
from archive.importers.webpage.jsonld import Node, types
from archive.importers.webpage.meta import Meta
from archive.importers.webpage.values import addresses, each, first, text, texts

_ARTICLES = frozenset({
    "AskPublicNewsArticle", "AnalysisNewsArticle", "BackgroundNewsArticle", "BlogPosting",
    "LiveBlogPosting", "NewsArticle", "OpinionNewsArticle", "Report", "ReportageNewsArticle",
    "ReviewNewsArticle", "SatiricalArticle", "ScholarlyArticle", "SocialMediaPosting",
    "AdvertiserContentArticle", "Article", "TechArticle", "Recipe", "Review",
})  # fmt: skip
_PAGES = frozenset({"WebPage", "ItemPage", "AboutPage", "CreativeWork"})
_PUBLISHED = (
    "article:published_time", "og:article:published_time", "datepublished", "og:published_time",
    "parsely-pub-date", "pubdate", "publishdate", "publish-date", "publish_date", "date",
    "dc.date.issued", "dc.date.created", "dcterms.issued", "dcterms.created", "dc.date",
    "dcterms.date", "article.published", "displaydate", "sailthru.date", "rnews:datepublished",
    "citation_publication_date", "citation_date", "originalpublicationdate", "date.created",
    "article_date_original", "published_time", "cxenseparse:recs:publishtime",
)  # fmt: skip
_MODIFIED = (
    "article:modified_time", "og:article:modified_time", "datemodified", "og:updated_time",
    "dcterms.modified", "dc.date.modified", "lastmod", "last-modified", "article.updated",
)  # fmt: skip
_TITLES = ("og:title", "twitter:title", "dc.title", "title", "headline")
_AUTHORS = ("author", "article:author", "parsely-author", "dc.creator", "sailthru.author", "byl")
_OWN_TIME = re.compile(r"publish|entry-(?:date|time)|post-?date|article-?(?:date|time)", re.I)
_NOBODY = re.compile(r"(?:no author|admin|administrator|staff|unknown|by|author|editor)", re.I)
_LONGEST_TITLE = 500
_MOST_CLAIMS = 20  # of a title or a date
_LONGEST_NAME = 200
_LONGEST_TAG, _MOST_TAGS = 100, 100


@dataclass(frozen=True, slots=True)
class Claims:
    """`titles`, `published` and `modified` hold all that is claimed, what is trusted most first."""

    meta: Meta
    nodes: tuple[Node, ...]
    titles: tuple[str, ...]
    published: tuple[str, ...]
    modified: tuple[str, ...]
    publisher: str
    authors: tuple[str, ...]
    url: str

    @property
    def section(self) -> str:
        said = text(first(self.nodes, "articleSection"))
        section = said or self.meta.first("article:section", "og:section", "section")
        section = section.split(",")[0].strip()
        return section if len(section) <= _LONGEST_NAME and "://" not in section else ""

    @property
    def standfirst(self) -> str:
        said = text(first(self.nodes, "description", "abstract"))
        return said or self.meta.first("og:description", "description", "twitter:description")

    @property
    def keywords(self) -> tuple[str, ...]:
        """What the article is filed under, by whichever of the ways of saying it is used."""
        ways: tuple[Iterable[str], ...] = (
            texts(first(self.nodes, "keywords")),
            self.meta.all("article:tag"),
            self.meta.all("news_keywords"),
            self.meta.all("keywords"),
        )
        listed = next((found for way in ways if (found := _listed(way))), ())
        return tuple(word for word in listed if len(word) <= _LONGEST_TAG)[:_MOST_TAGS]

    @property
    def people(self) -> tuple[str, ...] | None:
        about = (one for key in ("about", "mentions") for one in each(first(self.nodes, key)))
        people = [one for one in about if isinstance(one, dict) and "Person" in types(one)]
        return tuple(name for name in texts(people) if len(name) <= _LONGEST_NAME) or None

    @property
    def language(self) -> str:
        said = text(first(self.nodes, "inLanguage"))
        tag = self.meta.language or said or self.meta.first("og:locale", "content-language")
        tag = tag.replace("_", "-").strip()
        return tag if re.fullmatch(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*", tag) else "en"

    @property
    def place(self) -> str:
        return text(first(self.nodes, "dateline", "contentLocation", "locationCreated"))[
            :_LONGEST_NAME
        ]

    @property
    def rights(self) -> str:
        return text(first(self.nodes, "copyrightNotice")) or self.meta.first("dc.rights", "rights")

    @property
    def body(self) -> str:
        """`articleBody` as it stands, HTML or not; HTML that was escaped once too often is not."""
        said = each(first(self.nodes, "articleBody"))
        body = next((one for one in said if isinstance(one, str)), "")
        return html.unescape(body) if "&lt;p" in body else body

    @property
    def corrections(self) -> tuple[CorrectionNote, ...]:
        said = texts(first(self.nodes, "correction"), "text", "description")
        return tuple(CorrectionNote(one) for one in said)

    @property
    def images(self) -> tuple[MediaItem, ...]:
        """The photo that stands for the article."""
        for image in each(first(self.nodes, "image", "thumbnailUrl")):
            if item := _image(image, self.url):
                return (item,)
        shown = self.meta.first("og:image", "og:image:url", "twitter:image")
        if not (address := joined(self.url, shown)):
            return ()
        alt = self.meta.first("og:image:alt", "twitter:image:alt")
        return (MediaItem(url=address, alt=shortened(alt, 500)),)

    @property
    def recordings(self) -> tuple[MediaItem, ...]:
        """The article's sound: the page read aloud, the interview as it was held."""
        found = (_file(one, self.url) for one in each(first(self.nodes, "audio")))
        return tuple(MediaItem("audio", url=address) for address in found if address)


def read_claims(root: etree._Element, meta: Meta) -> Claims:
    url = _address(meta, ())
    nodes = tuple(_chosen(jsonld.nodes(root), url))
    if not all(first(nodes, key) for key in ("headline", "datePublished", "author")):
        nodes += tuple(_chosen(microdata.items(root), url))
    publisher = text(first(nodes, "publisher")) or meta.first(
        "og:site_name", "application-name", "apple-mobile-web-app-title", "dc.publisher"
    )
    return Claims(
        meta,
        nodes,
        titles=tuple(
            title
            for title in _distinct([*_titles(nodes), *_meta(meta, _TITLES), meta.title])
            if len(title) <= _LONGEST_TITLE
        )[:_MOST_CLAIMS],
        published=(
            *_said(nodes, "datePublished"), *_meta(meta, _PUBLISHED), *_times(root),
            *_said(nodes, "dateCreated"),
        )[:_MOST_CLAIMS],
        modified=(*_said(nodes, "dateModified"), *_meta(meta, _MODIFIED))[:_MOST_CLAIMS],
        publisher=publisher,
        authors=tuple(_authors(nodes, meta, publisher)),
        url=_address(meta, nodes),
    )  # fmt: skip


def _chosen(described: Sequence[Node], url: str) -> Iterator[Node]:
    """The node of the article that the page is about, and others that say something of it."""
    articles = [node for node in described if not _ARTICLES.isdisjoint(types(node))]
    articles.sort(key=lambda node: (not _is_about(node, url), "Recipe" in types(node)))
    if articles:
        yield articles[0]
        yield from (one for one in articles[1:] if _titles([one])[:1] == _titles(articles)[:1])
    yield from (node for node in described if not _PAGES.isdisjoint(types(node)))


def _is_about(node: Node, url: str) -> bool:
    named = addresses([node.get("url"), node.get("mainEntityOfPage"), node.get("@id")], "url")
    return any(one.partition("#")[0].rstrip("/") == url.rstrip("/") for one in named)


def _titles(nodes: Iterable[Node]) -> list[str]:
    return [
        title for node in nodes if (title := text(node.get("headline")) or text(node.get("name")))
    ]


def _said(nodes: Iterable[Node], key: str) -> list[str]:
    return [value for node in nodes for value in texts(node.get(key))]


def _meta(meta: Meta, names: Iterable[str]) -> list[str]:
    return [value for name in names for value in meta.all(name)[:1]]


def _distinct(values: Iterable[str]) -> list[str]:
    return list(dict.fromkeys(filter(None, values)))


def _times(root: etree._Element) -> list[str]:
    """What <time> says that is called the article's own."""
    return [
        one.get("datetime")
        for one in root.iter("time")
        if one.get("datetime")
        and ("pubdate" in one.attrib or _OWN_TIME.search(one.get("class", "")))
    ][:1]


def _authors(nodes: Sequence[Node], meta: Meta, publisher: str) -> Iterator[str]:
    said = [
        _named(texts(node.get(key)), publisher) for node in nodes for key in ("author", "creator")
    ]
    said += [_named(meta.all(name), publisher) for name in _AUTHORS]
    return iter(next(filter(None, said), ()))


def _named(authors: Iterable[str], publisher: str) -> list[str]:
    """Names of people, or of others than the publisher itself; no addresses."""
    bare = (re.sub(r"^\s*by:?\s+", "", author, flags=re.IGNORECASE).strip() for author in authors)
    return [
        one
        for one in dict.fromkeys(bare)
        if one != publisher
        and "://" not in one
        and not _NOBODY.fullmatch(one)
        and 1 < len(one) <= _LONGEST_NAME
    ]


def _listed(values: Iterable[str]) -> tuple[str, ...]:
    words = (word.strip(" #") for value in values for word in re.split(r"[,;]", value))
    return tuple(dict.fromkeys(filter(None, words)))


def _address(meta: Meta, nodes: Sequence[Node]) -> str:
    """The article's own address: the first claimed that is more than that of a whole site."""
    base = meta.saved_from or meta.first("og:url")
    claimed = [meta.canonical, meta.first("og:url"), meta.first("twitter:url")]
    claimed += [
        *addresses(first(nodes, "url")),
        *addresses(first(nodes, "mainEntityOfPage"), "url"),
    ]
    whole = (joined(base, one).partition("#")[0] for one in (*claimed, meta.saved_from))
    return next(filter(_is_of_one_article, whole), "")


def _is_of_one_article(address: str) -> bool:
    try:
        parts = urlsplit(address)
    except ValueError:
        return False
    return bool(parts.netloc and (parts.path.strip("/") or parts.query))


def _image(image: object, base: str) -> MediaItem | None:
    address = _file(image, base)
    if not address or not isinstance(image, dict):
        return MediaItem(url=address) if address else None
    said = (image.get(key) for key in ("creditText", "author", "copyrightHolder"))
    credit = next(filter(None, map(text, said)), "")
    return MediaItem(url=address, caption=text(image.get("caption")), credit=shortened(credit, 500))


def _file(value: object, base: str) -> str:
    """Where the file of a photo or a recording is."""
    if not isinstance(value, dict):
        return joined(base, value) if isinstance(value, str) else ""
    found = (joined(base, text(value.get(key))) for key in ("contentUrl", "url", "@id"))
    return next(filter(None, found), "")
