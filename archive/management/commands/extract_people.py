"""`manage.py extract_people`: find whom the articles of the archive mention."""

from collections import Counter
from collections.abc import Collection, Iterator
from typing import Any

from archive.extraction import MentionChanges, people_compare, people_extract
from archive.management.rereading import RereadingCommand
from archive.models import Mention


class Command(RereadingCommand[MentionChanges]):
    help = (
        "Find the people of all articles again, and who said what in those where this changes "
        "anything. What an editor listed or took out stays so, and so do the people that a source "
        "gave; run twice, it changes nothing. Imports do this for what they bring in: it is for "
        "what was there before, or after the rules have changed."
    )
    name = "extract_people"
    found = Mention

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self._would_be_new: set[str] = set()

    def extract(self, articles: Collection[int]) -> MentionChanges:
        return people_extract(articles=articles)

    def compare(self, articles: Collection[int]) -> MentionChanges:
        """Nobody is made, so who is new in one part is so in the next; it is told once."""
        changes = people_compare(articles=articles)
        told, self._would_be_new = self._would_be_new, {*self._would_be_new, *changes.new.values()}
        changes.new = {pk: name for pk, name in changes.new.items() if name not in told}
        return changes

    def counted(self, changes: MentionChanges) -> Counter[str]:
        return Counter(
            added=len(changes.added),
            changed=len(changes.changed),
            dropped=len(changes.dropped),
            new=len(changes.new),
        )

    def told(self, changes: MentionChanges) -> Iterator[str]:
        """Article by article."""
        signs = (("-", changes.dropped), ("~", changes.changed), ("+", changes.added))
        lines = [(one.article_id, sign, one) for sign, mentions in signs for one in mentions]
        for article, sign, one in sorted(lines, key=lambda line: line[0]):
            new = ", who is new" if one.person_id in changes.new else ""
            yield f"{sign} article {article}: {one.person}{new}"

    def in_words(self, count: Counter[str]) -> str:
        return (
            f"Mentions: {count['added']:,} new, {count['changed']:,} changed, "
            f"{count['dropped']:,} gone. People who are new: {count['new']:,}."
        )
