"""Where on a page its article stands: the smallest element that holds nearly all of the prose.

Prose is long runs of text outside of links. What is called furniture is no part of it, unless so
much of the prose is called so that the name must be wrong.
"""

from collections import Counter
from collections.abc import Container, Iterable, Iterator
from typing import NamedTuple

from lxml import etree

from archive.importers.reading.html import BLOCKS, UNSHOWN, Content, read_element
from archive.importers.webpage.furniture import Part, part_of

_SHORTEST = 30  # characters of a run; shorter ones are names, links and buttons
_RUNS = etree.XPath(
    # What is quick to ask is asked first: many runs are mere indents.
    f"descendant::text()[string-length() >= {_SHORTEST}]"
    f"[string-length(normalize-space()) >= {_SHORTEST}]"
)
_LINKED = 0.6  # of the prose of a block; with more of it in links, it leads elsewhere
_MOST_FURNITURE = 0.4  # of the prose of a page
_NEARLY_ALL = 0.8  # of the prose of an element
_BLOCKS_OF_CARDS = ("div", "h2", "h3", "h4", "h5", "p")
_LONGEST_CARD = 600  # characters
_MAY_BE_LINKS = frozenset({"p", "ul", "ol", "li", "table"})

_Call = tuple[str, str]  # the tag and the class of an element
_Prose = Counter[etree._Element]  # characters of prose by the element that they are in


class _Block(NamedTuple):
    """A block of prose, and the elements it stands in, from itself outwards to the body."""

    element: etree._Element
    size: int
    above: tuple[etree._Element, ...]


class Story(NamedTuple):
    """The elements that an article stands in, in their order; none where there is no prose.

    `size` is the characters of prose in it. `wrongly_called`: what has the name of furniture.
    """

    roots: tuple[etree._Element, ...]
    size: int
    wrongly_called: frozenset[_Call]


def find_story(body: etree._Element) -> Story:
    blocks = list(_blocks(body))
    prose = _prose(blocks)
    wrongly_called = _wrongly_called(prose)
    no_part = {one for one in prose if one is not body and _is_no_part(one, wrongly_called)}
    blocks = [block for block in blocks if no_part.isdisjoint(block.above)]
    prose = _prose(blocks)
    if not prose:
        return Story((), 0, wrongly_called)
    start = _marked(prose, body)
    story = _narrowed(start, prose)
    return Story(tuple(_with_opening(story, start, blocks)), prose[story], wrongly_called)


def read_story(story: Story, base: str) -> Content:
    """What the story shows; addresses in it are relative to `base`."""
    left_out = _LeftOut(story)
    contents = [read_element(root, base, left_out) for root in story.roots]
    return Content(
        tuple(paragraph for content in contents for paragraph in content.paragraphs),
        tuple(item for content in contents for item in content.media),
    )


class _LeftOut(Container[etree._Element]):
    """The elements within a story that are no part of it."""

    def __init__(self, story: Story) -> None:
        self._roots = frozenset(story.roots)
        self._wrongly_called = story.wrongly_called

    def __contains__(self, element: object) -> bool:
        return element not in self._roots and (
            _is_no_part(element, self._wrongly_called) or _leads_elsewhere(element)
        )


def _blocks(body: etree._Element) -> Iterator[_Block]:
    """The blocks of prose, in the order of the page."""
    text: Counter[etree._Element] = Counter()
    links: Counter[etree._Element] = Counter()
    for run in _RUNS(body):
        block, is_link = _block_of(run)
        if block is not None:
            (links if is_link else text)[block] += len(run.strip())
    for block, size in text.items():
        above = (block, *block.iterancestors())[:-1]  # without <html>
        is_shown = UNSHOWN.isdisjoint([one.tag for one in above])
        if (
            is_shown
            and not any(map(_is_card, above))
            and links[block] < _LINKED * (size + links[block])
        ):
            yield _Block(block, size, above)


def _block_of(run: etree._ElementUnicodeResult) -> tuple[etree._Element | None, bool]:
    """The block that a run of text stands in, and whether it is a link there."""
    element, is_link = run.getparent(), False
    if run.is_tail:
        element = element.getparent()
    while element is not None and element.tag not in BLOCKS:
        is_link = is_link or element.tag == "a"
        element = None if element.tag in UNSHOWN else element.getparent()
    return element, is_link


def _prose(blocks: Iterable[_Block]) -> _Prose:
    prose: _Prose = Counter()
    for block in blocks:
        for element in block.above:
            prose[element] += block.size
    return prose


def _wrongly_called(prose: _Prose) -> frozenset[_Call]:
    """What is called furniture and together holds too much of the prose to be some: the captions
    of a slide show, the one column that is a widget."""
    called: Counter[_Call] = Counter()
    for element, size in prose.items():
        if part_of(element) is Part.FURNITURE:
            called[_call(element)] += size
    most = _MOST_FURNITURE * max(prose.values(), default=0)
    return frozenset(call for call, size in called.items() if size > most)


def _call(element: etree._Element) -> _Call:
    return element.tag, element.get("class", "")


def _is_no_part(element: etree._Element, wrongly_called: frozenset[_Call]) -> bool:
    """Others' words go even where they are more than the article's own."""
    part = part_of(element)
    return part is Part.COMMENTS or (
        part is Part.FURNITURE and _call(element) not in wrongly_called
    )


def _marked(prose: _Prose, body: etree._Element) -> etree._Element:
    """The article as the page itself marks it, if that holds most of the prose; else all of it."""
    bodies = [one for one in prose if one.get("itemprop") == "articleBody"]
    marked = [one for one in prose if one.tag in ("article", "main") or one.get("role") == "main"]
    for group in (bodies, marked):
        best = max(group, key=prose.__getitem__, default=None)
        if best is not None and prose[best] >= 0.5 * prose[body]:
            return best
    return body


def _narrowed(element: etree._Element, prose: _Prose) -> etree._Element:
    while True:
        best = max(element, key=lambda child: prose.get(child, 0), default=None)
        if best is None or best.tag == "p" or prose[best] < _NEARLY_ALL * prose[element]:
            return element
        element = best


def _with_opening(
    story: etree._Element, start: etree._Element, blocks: Iterable[_Block]
) -> Iterator[etree._Element]:
    """The paragraphs that open the story outside of its element, the story, and the editors'
    notes below it."""
    is_below = False
    for block in blocks:
        if story in block.above:
            if not is_below:
                yield story
            is_below = True
        elif start in block.above and (_is_note(block) if is_below else _may_open(block)):
            yield block.element


def _is_note(block: _Block) -> bool:
    return any(part_of(one) is Part.NOTE for one in block.above[:2])


def _may_open(block: _Block) -> bool:
    return block.element.tag == "p" and part_of(block.element) is not Part.STANDFIRST


def _is_card(element: etree._Element) -> bool:
    """Whether it is a link around blocks of text: the headline and the beginning of another
    article. Around a photo there is one, too; and one that nobody closed is around everything."""
    if element.tag != "a" or not element.get("href"):
        return False
    has_blocks = next(element.iter(*_BLOCKS_OF_CARDS), None) is not None
    return has_blocks and 0 < _length(element) <= _LONGEST_CARD


def _leads_elsewhere(element: etree._Element) -> bool:
    """Whether it is nothing but links: the list of other articles."""
    if element.tag == "a":
        return _is_card(element)
    if element.tag not in _MAY_BE_LINKS:
        return False
    links = sum(_length(link) for link in element.iter("a"))
    return links > 0 and links >= 0.9 * _length(element)


def _length(element: etree._Element) -> int:
    return sum(len(text.strip()) for text in element.itertext())
