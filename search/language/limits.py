"""How much one query may ask, so that any query answers in bounded time.

Each cap stands for something measured to hurt: six one-letter prefixes took 5 s over 10,000
articles, 2,000 parentheses overflowed the stack, one word of 100,000 letters took over 20 s.
What lies beyond a cap is left out and a note says so.
"""

MAX_TERMS = 32
"""Words, phrases, prefixes and dates in one query. Each costs an engine a list or more to read."""

MAX_CHARACTERS = 256
"""Letters of all the words and phrases together, signs not counted. It bounds what phrases cost,
and it is counted on the words so that a query and its canonical text are equally long."""

MAX_TYPED = 2_048
"""Characters that are read at all. The canonical text of the largest query that the other caps
allow is shorter (about 1,700), so a link we write is always understood in full."""

MAX_DEPTH = 10
"""Parentheses inside parentheses. The parser and every engine's compiler recurse this deep."""

MIN_PREFIX = 2
"""Letters before the `*`. One letter begins a twentieth of the vocabulary."""

MAX_EXPANSION = 1_000
"""Words that a prefix may stand for; the most frequent ones are kept."""

MAX_WINDOW = 10_000
"""How far into the results a page may lie. Beyond it an engine would have to sort everything."""
