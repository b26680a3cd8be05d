"""Who is said to speak, in the sentence around a quotation: "…", said the senator from Ohio.

Words for the speaker are looked for beside a verb of speech, after "according to", before a colon
and behind the dash of a headline. They are taken as they stand; `speakers` tells whom they mean.
"""

from collections.abc import Callable, Sequence
from typing import NamedTuple

from archive.quotations import grammar
from archive.quotations.grammar import DETERMINERS, OPENERS, PREPOSITIONS, PRONOUNS, VERBS
from archive.quotations.words import QUOTED, QUOTED_STOP, Word

Words = Sequence[Word]


class Told(NamedTuple):
    """The words for a speaker, none where nobody is named.

    guessed: nothing says that these words name the speaker but that the sentence begins with them.
    """

    words: Words = ()
    guessed: bool = False


_MASKS = QUOTED + QUOTED_STOP
_DASHES = frozenset("—–-―")
_OPENING = {")": "(", ",": ",", "—": "—", "–": "–"}
_LONGEST = 12  # words for a speaker, without those between commas
_LONGEST_APPOSITION = 25


def speaker_after(words: Words) -> Words:
    """The words for the speaker in what follows a quotation; none where nobody is named."""
    words = _skip(words, lambda word: word.text in _DASHES or word.text in ",’'")
    if not words:
        return ()
    if words[0].lower in VERBS:
        return _forward(words[1:])
    if _according(words, 0):
        return _forward(words[2:])
    return _before_verb(words)


def speaker_before(words: Words) -> Told:
    """The words for the speaker in what precedes a quotation in its sentence."""
    label = _label(words)
    if label:
        return Told(label)
    has_verb = False
    for at in range(len(words) - 1, -1, -1):
        if _according(words, at):
            return Told(_forward(words[at + 2 :]))
        if not _tells(words, at):
            continue
        if at and words[at - 1].text[0] in _MASKS:
            return Told(_forward(words[at + 1 :]))  # “…,” said Medvedev, “…”
        has_verb = True
        found = _subject_of(words, at)
        if found:
            return Told(found)
    return Told(main_subject(words), guessed=True) if has_verb else Told()


def speaker_closing(words: Words) -> Words:
    """The words for the speaker in a sentence of its own behind a quotation: “….” Trump said."""
    while words and not words[-1].text[0].isalnum():
        words = words[:-1]
    return _before_verb(words) if words and words[-1].lower in VERBS else ()


def _tells(words: Words, at: int) -> bool:
    """Whether the word there is a verb of speech, and not "was asked"."""
    verb = words[at].lower
    if verb not in VERBS or words[at].is_capital:
        return False
    return not (at > 0 and verb.endswith("ed") and words[at - 1].lower in grammar.PASSIVE)


def _label(words: Words) -> Words:
    """A name with a colon and nothing else: Trump: “…”"""
    if not 1 < len(words) <= _LONGEST or words[-1].text != ":":
        return ()
    name = _noun_phrase(words[:-1])
    whole = len(name) == len(words) - 1 and not any(word.lower in VERBS for word in name)
    return name if whole else ()


def speaker_in_headline(words: Words) -> Words:
    """The name behind the dash or colon: “Never” – Rasmussen."""
    if len(words) < 2 or words[0].text not in "—–-―:,":
        return ()
    name = words[1:]
    fits = len(name) <= 6 and name[0].is_capital and all(word.text[0].isalpha() for word in name)
    return name if fits and not any(word.lower in VERBS for word in name) else ()


def main_subject(words: Words) -> Words:
    """The words for whom a sentence is about: what it begins with, as far as one can tell."""
    at = 0
    while at < len(words):
        word = words[at]
        if word.lower in PRONOUNS:
            return words[at : at + 1]
        if word.lower in OPENERS or not word.text[0].isalnum():
            at += 1
        elif word.lower in PREPOSITIONS or word.lower in VERBS or word.lower.endswith("ing"):
            at = next((i + 1 for i in range(at, len(words)) if words[i].text == ","), len(words))
        elif word.is_capital and not _is_dateline(words, at):
            return _forward(words[at:])
        else:
            at += 1
    return ()


def _is_dateline(words: Words, at: int) -> bool:
    """The place before the dash: "LONDON (Reuters) –"."""
    return words[at].text.isupper() and any(word.text in _DASHES for word in words[at : at + 8])


def _subject_of(words: Words, verb: int) -> Words:
    """Whoever does what the verb at that place says; none if it has no subject of its own."""
    end = _back_over(words, verb)
    before = words[verb - 1] if verb else None
    if not end or not before or words[verb].lower.endswith("ing") or before.lower == "to":
        return ()
    if before.lower in DETERMINERS or before.text.endswith(("’s", "'s", "s’")):
        return ()
    return _ending(words, end)


def _back_over(words: Words, end: int) -> int:
    """Where the words end that come before adverbs and auxiliary verbs."""
    while end and _goes_with_verb(words[end - 1].lower):
        end -= 1
    return end


def _goes_with_verb(word: str) -> bool:
    return word in grammar.BEFORE_VERB or word.endswith("ly")


def _ending(words: Words, end: int) -> Words:
    """The words for somebody that end there, with what stands between commas left out."""
    if words[end - 1].text in _OPENING:
        opening = _OPENING[words[end - 1].text]
        low = max(end - _LONGEST_APPOSITION, 0)
        end = next((i for i in range(end - 2, low, -1) if words[i].text == opening), 0)
    for _ in range(3):
        found = _noun_phrase(words[:end])
        start = end - len(found)
        if not found or not start or words[start - 1].lower not in PREPOSITIONS:
            return found
        # "Clinton in a speech said": what a preposition governs is not who says it.
        end = _back_over(words, start - 1)
    return ()


def _noun_phrase(words: Words) -> Words:
    """The last words that may together name somebody."""
    if words and words[-1].lower in PRONOUNS:
        return words[-1:]
    at = len(words)
    while at and len(words) - at < _LONGEST and _inside(words[at - 1]):
        at -= 1
    found = _skip(words[at:], lambda word: word.lower in OPENERS)
    return found if _is_noun_phrase(found) else ()


def _inside(word: Word) -> bool:
    bare = word.lower.partition("’")[0].partition("'")[0]
    return (word.text[0].isalnum() or word.text == "&") and (
        bare not in grammar.BOUNDARIES and bare not in PRONOUNS
    )


def _is_noun_phrase(words: Words) -> bool:
    return bool(words) and (any(word.is_capital for word in words) or words[0].lower in DETERMINERS)


def _forward(words: Words) -> Words:
    """The words for somebody that begin there."""
    if words and words[0].lower in PRONOUNS:
        return words[:1]
    end = 0
    while end < min(len(words), _LONGEST) and _inside(words[end]) and not _is_verb(words[end]):
        end += 1
    capitals = [i for i in range(end) if words[i].is_capital]
    if capitals and words[0].lower not in DETERMINERS:
        end = capitals[-1] + 1
    return words[:end] if _is_noun_phrase(words[:end]) else ()


def _is_verb(word: Word) -> bool:
    """Whether a word is more likely a verb than part of a name or title."""
    return not word.is_capital and (
        word.lower in VERBS or word.lower in grammar.BEFORE_VERB or word.lower.endswith("ed")
    )


def _before_verb(words: Words) -> Words:
    """The words for somebody that begin there and are followed by a verb of speech."""
    limit = min(len(words), _LONGEST_APPOSITION)
    verb = next((i for i in range(limit) if words[i].lower in VERBS), 0)
    if not verb:
        return ()
    end = _back_over(words, verb)
    if not end:
        return ()
    comma = next((i for i in range(end) if words[i].text in ",(—–"), end)
    head = _noun_phrase(words[:comma])
    if len(head) == comma and (comma == end or words[end - 1].text in ",)—–"):
        return head
    return ()


def _according(words: Words, at: int) -> bool:
    return words[at].lower == "according" and at + 1 < len(words) and words[at + 1].lower == "to"


def _skip(words: Words, unwanted: Callable[[Word], bool]) -> Words:
    at = 0
    while at < len(words) and unwanted(words[at]):
        at += 1
    return words[at:]
