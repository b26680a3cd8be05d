"""Who said what, as far as a text tells: quoted words, the words for the speaker, the person.

Rules only, in linear time. `spans` finds what is quoted, `words` the sentence around it, `speech`
the words for the speaker in it, `speakers` and `pronouns` whom they mean, and `find` puts these
together.
"""

from archive.quotations.find import FoundQuotation, How, find_quotations

__all__ = ["FoundQuotation", "How", "find_quotations"]
