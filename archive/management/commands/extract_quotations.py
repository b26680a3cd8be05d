"""`manage.py extract_quotations`: find who said what in what the archive holds."""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator

from archive.attribution import QuotationChanges, quotations_compare, quotations_extract
from archive.management.rereading import RereadingCommand
from archive.models import Quotation

SHOWN = 60  # characters of a quotation


class Command(RereadingCommand[QuotationChanges]):
    help = (
        "Find the quotations of all articles, and who said them, again. What an editor corrected "
        "stays as it is; run twice, it changes nothing. Imports do this for what they bring in: it "
        "is for what was there before, or after the rules or the people have changed."
    )
    name = "extract_quotations"
    found = Quotation

    def extract(self, articles: Collection[int]) -> QuotationChanges:
        return quotations_extract(articles=articles)

    def compare(self, articles: Collection[int]) -> QuotationChanges:
        return quotations_compare(articles=articles)

    def counted(self, changes: QuotationChanges) -> Counter[str]:
        return Counter(
            added=len(changes.added), changed=len(changes.changed), dropped=len(changes.dropped)
        )

    def told(self, changes: QuotationChanges) -> Iterator[str]:
        yield from _lines("-", changes.dropped)
        yield from _lines("~", changes.changed)
        yield from _lines("+", changes.added)

    def in_words(self, count: Counter[str]) -> str:
        return (
            f"Quotations: {count['added']:,} new, {count['changed']:,} changed, "
            f"{count['dropped']:,} gone."
        )


def _lines(sign: str, quotations: Iterable[Quotation]) -> Iterator[str]:
    for one in quotations:
        words = " ".join(one.text[:SHOWN].split())
        yield f"{sign} article {one.article_id}: “{words}” – {one.speaker or one.surface or '?'}"
