"""How much one query may ask, so that any query answers in bounded time.

Each cap stands for something measured to hurt: six one-letter prefixes took 5 s over 10,000
articles, 2,000 parentheses overflowed the stack, one word of 100,000 letters took over 20 s.
What lies beyond a cap is left out and a note says so.
"""

MAX_TYPED = 2_048
"""Characters that are read at all. The canonical text of the largest query that the other caps
allow is under 1,200, so a link that we write is always understood in full."""

MAX_CHARACTERS = 256
"""Characters of all words and phrases together; it bounds how many terms phrases hold. Signs and
dates do not count, so that a query and its canonical text are equally long."""

MAX_TERMS = 32
"""Words, phrases, prefixes and dates in one query. Each costs an engine a list or more to read."""

MAX_DEPTH = 10
"""Parentheses inside parentheses. The parser and every engine's compiler recurse this deep."""

MIN_PREFIX = 2
"""Letters before a `*`. A single one begins a good part of the vocabulary."""

MAX_GAP = 50
"""Other words among words that are to stand near each other: a long paragraph's."""

MAX_NEAR = 3
"""Phrases with a `~` in one query. One of words that most articles have takes as long as ten
phrases without: 0.2 s of 200,000 articles."""

MAX_EXPANSION = 1_000
"""Terms that one prefix may stand for."""

MAX_WINDOW = 10_000
"""How far into the results a page may lie. An engine has to rank all that come before it."""
