"""Texts in the query language: by its grammar, at its limits, damaged, and as others break.

either  = every { OR every }
every   = part { [AND] part }
part    = { NOT | - | field: } ( word | prefix* | "phrase"[~gap] | ( either ) )
"""

from collections.abc import Callable, Sequence
from random import Random
from typing import NamedTuple

from search.language.dated import DATE_WORDS
from search.language.lexer import MARKS, OPERATORS
from search.language.limits import MAX_CHARACTERS, MAX_GAP, MAX_TERMS
from search.language.tree import Field


class Vocabulary(NamedTuple):
    """What an archive holds. words: the most frequent first; slugs: of people, tags and so on."""

    words: Sequence[str]
    names: Sequence[str]
    slugs: Sequence[str]


FIELDS = (*Field, *DATE_WORDS, "author", "id", "İ")
FOREIGN = (
    "café", "Straße", "ﬃ", "İstanbul", "Đoković", "О'Брайен", "記者", "שלום", "مرحبا", "नमस्ते",
    "B-52", "U.S.", "AT&T", "1,200.50", "O’Brien", "²", "Ⅷ", "a\u0301\u0327\u0301", "👩‍👩‍👧", "x",
)  # fmt: skip
DATES = (
    "2009", "0000", "0001", "9999", "99999", "Dec 2009", "31/02/2009", "12/13/2009", "2009-13",
    "1990s", "last 9999 years", "last 1 day", "yesterday", "none", "..", "…", "2009..", "..0001",
    "2010..2009", "0001..9999", "٣/٤/٢٠٠٩", "-1", "1e9", "20090229",
)  # fmt: skip
SIGNS = (
    '"', "“", "„", "«", "»", "(", ")", "*", "?", "~", "~9", "~99999999999", ":", "::", "-", "--",
    "..", "+", "^2", "[a TO z]", "{a TO b}", "&&", "||", "!", "\\", "/", "'", "’", "&", "&amp;",
    "<script>alert(1)</script>", "{{7*7}}", "{% debug %}", "%s", "%(x)s", "${7}", "\r\n", "\t",
    "\x00", "\x1b", "\x7f", "\x85", "\u2028", "\u202e", "\u200d", "\ufeff", "\uffff", "\U0010ffff",
    "\ud800", "\udfff", "\u0301", "\u0e33", "\u1160", "\ufdfa", "\U0001f469", "AND", "OR", "NOT",
    "ANDMAYBE", "REQUIRE", "TO",
)  # fmt: skip
HOSTILE: tuple[Callable[[Random, Vocabulary], str], ...] = (
    lambda r, v: " ".join(f"{letter}*" for letter in "abcdefghijklmnopqrstuvwxyz"),
    lambda r, v: " ".join(f"*{word}" for word in v.words[: r.randint(1, 100)]),
    lambda r, v: " OR ".join(f"{word[:2]}*" for word in r.sample(v.words, MAX_TERMS)),
    lambda r, v: "a" * r.choice((65, 257, 2_049, 4_000)),
    lambda r, v: f"{r.choice(v.words)}~9 {r.choice(v.words)}~",
    lambda r, v: "(" * r.choice((9, 10, 11, 999)) + r.choice(v.words),
    lambda r, v: "(" * (depth := r.choice((10, 11, 600))) + r.choice(v.words) + ")" * depth,
    lambda r, v: "NOT " * r.choice((2, 300)) + r.choice(v.words),
    lambda r, v: "-" * r.choice((2, 2_000)) + r.choice(v.words),
    lambda r, v: r.choice(SIGNS) * r.choice((2, 30, 999)),
    lambda r, v: f"{r.choice(v.words)} REQUIRE " * r.choice((4, 40)),
    lambda r, v: "said:(" * 12 + "by:" * 12 + r.choice(v.words),
    lambda r, v: f'"{" ".join(r.choices(v.words[:20], k=60))}"~{r.choice((0, 1, 50, 10**30))}',
    lambda r, v: f'"{" ".join([r.choice(v.words[:9])] * 60)}"~{r.choice((0, 1, 50))}',
    lambda r, v: "".join(chr(r.randrange(0x110000)) for _ in range(r.choice((1, 9, 300)))),
    lambda r, v: "\u0301" * 2_000 + r.choice(v.words),
    lambda r, v: " ".join(misspelt(word, r) for word in r.sample(v.words, r.choice((2, 12, 32)))),
    lambda r, v: " ".join(misspelt(word, r) for word in r.choice(v.names).split()),
)
LEAVES: tuple[Callable[[Random, Vocabulary], str], ...] = (
    lambda r, v: r.choice(v.words),
    lambda r, v: r.choice(v.words[:200]),
    lambda r, v: "-".join(r.choices(v.words, k=2)),
    lambda r, v: r.choice(FOREIGN),
    lambda r, v: r.choice(v.names),
    lambda r, v: r.choice(DATES),
    lambda r, v: f"{r.choice(v.words)[: r.randrange(1, 5)]}*",
    lambda r, v: misspelt(r.choice(v.words), r),
    lambda r, v: r.choice(MARKS) + " ".join(r.choices(v.words, k=2)) + r.choice(MARKS),
    lambda r, v: f'"{" ".join(r.choices(v.words, k=3))}"~{r.randrange(MAX_GAP)}',
)


def text(random: Random, known: Vocabulary) -> str:
    """What somebody types or a program sends into the search box."""
    way = random.choices((grammatical, greedy, damaged, hostile), weights=(3, 3, 3, 2))[0]
    return way(random, known)


def grammatical(random: Random, known: Vocabulary) -> str:
    return _either(random, known, depth=random.choice((0, 1, 2, 3)))


def greedy(random: Random, known: Vocabulary) -> str:
    """As much as the limits allow, of what most articles have."""
    shape = random.choice(("{0}", "{0}*", '"{0} {1}"', '"{0} {1} {2}"~50', "-{0}", "headline:{0}"))
    between = random.choice((" ", " OR ", " ", " -"))
    most = random.choice((40, 400, len(known.words)))
    parts: list[str] = []
    while len(parts) < MAX_TERMS and sum(map(len, parts)) < MAX_CHARACTERS:
        parts.append(shape.format(*_words(random, known, most)))
    joined = between.join(parts)
    return random.choice(("{}", "{}", "-({})", "said:({})", "by:({})", "({}) date:..2009")).format(
        joined
    )


def damaged(random: Random, known: Vocabulary) -> str:
    """What was well formed, or hostile already, damaged in some places."""
    whole = random.choice((grammatical, greedy, hostile))(random, known)
    for _ in range(random.choice((1, 1, 2, 5, 20))):
        start = random.randrange(len(whole) + 1)
        end = min(len(whole), start + random.randrange(12))
        piece = random.choice((random.choice(SIGNS), whole[start:end] * 3, "", " "))
        whole = whole[:start] + piece + whole[random.choice((start, end)) :]
    return whole


def hostile(random: Random, known: Vocabulary) -> str:
    return random.choice(HOSTILE)(random, known)


def misspelt(word: str, random: Random) -> str:
    at = random.randrange(len(word))
    return word[:at] + random.choice("aeiourstx") + word[at + random.randrange(2) :]


def _either(random: Random, known: Vocabulary, depth: int) -> str:
    parts = [_every(random, known, depth) for _ in range(random.choice((1, 1, 1, 2, 3)))]
    return " OR ".join(parts)


def _every(random: Random, known: Vocabulary, depth: int) -> str:
    parts = [_part(random, known, depth) for _ in range(random.choice((1, 1, 2, 3, 6)))]
    return random.choice((" ", " ", " AND ")).join(parts)


def _part(random: Random, known: Vocabulary, depth: int) -> str:
    before = random.choice(("", "", "", "-", "NOT ", "NOT -", *OPERATORS))
    field = random.choice(("", "", "", f"{random.choice(FIELDS)}:"))
    if depth and random.random() < 0.5:
        return f"{before}{field}({_either(random, known, depth - 1)})"
    if field.removesuffix(":") in DATE_WORDS:
        return f'{before}{field}"{random.choice(DATES)}"'
    return before + field + _leaf(random, known)


def _leaf(random: Random, known: Vocabulary) -> str:
    return random.choice(LEAVES)(random, known)


def _words(random: Random, known: Vocabulary, most: int) -> list[str]:
    return random.choices(known.words[:most], k=3)
