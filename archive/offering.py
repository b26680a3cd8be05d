"""People whom a text names and whom its article does not mention, put before its editor.

Nobody is added to an article at the desk unless an editor says so, and whom they do not want is not
offered again: the article remembers them as it remembers those who were taken out of it
(`archive.mentions`), so no import and no new reading brings them back either.
"""

from collections.abc import Collection
from dataclasses import dataclass

from django.db import transaction

from archive.attribution import quotations_extract
from archive.editing import edit_begin, edit_end
from archive.extraction import PARTS, names_there
from archive.identity.lookup import current_ids, known_by, person_ids
from archive.mentions import NamedPerson, by_person, is_given, named_in, new_mentions
from archive.models import Article, Mention, Origin, Person
from archive.names import name_key
from archive.rights import Somebody


@dataclass(frozen=True, slots=True)
class Offer:
    """Somebody whom a text names; `person` is who that is in the archive, None for a new name."""

    named: NamedPerson
    person: Person | None

    @property
    def name(self) -> str:
        return self.named.name


def people_offered(article: Article) -> list[Offer]:
    """Whom the text of `article` names besides those it mentions, as they are in the text.

    Nobody where the source said who is in it, nobody who was declined or taken out, and no name
    that is no person's. Six queries.
    """
    held = list(article.mentions.select_related("person"))
    if is_given(article, held):
        return []
    named = named_in(*(getattr(article, part) for part in PARTS))
    listed = names_there({article.pk: held})[article.pk]
    known = known_by({name_key(one.name) for one in named})
    decided = _remembered(article) | {mention.person_id for mention in held}
    people = Person.objects.in_bulk({pk for pk in known.values() if pk is not None})
    return [
        Offer(one, people.get(known.get(key) or 0))
        for one in named
        if (key := name_key(one.name)) not in listed
        and known.get(key, 0) is not None
        and known.get(key) not in decided
    ]


@transaction.atomic
def people_decide(
    *, article: Article, shown: Collection[str], accepted: Collection[str], editor: Somebody
) -> int:
    """Add those of the people offered whose names are `accepted`; returns how many.

    shown: the names that the editor decided about; those not offered any more are passed over.
    Raises NotAllowed for whoever may not edit the article.
    """
    edit = edit_begin(article=article, editor=editor)
    article.refresh_from_db()
    decided = [offer.named for offer in people_offered(article) if offer.name in shown]
    ids = person_ids({one.name: Origin.EDITOR for one in decided})
    mentioned = set(article.mentions.values_list("person", flat=True))
    added = _mentions(article, [one for one in decided if one.name in accepted], ids, mentioned)
    Mention.objects.bulk_create(added)
    before = article.imported_fields.get("people", [])
    article.imported_fields["people"] = [*dict.fromkeys([*before, *ids.values()])]
    article.save(update_fields=["imported_fields", "updated_at"])
    quotations_extract(articles=[article.pk])
    edit_end(edit=edit)
    return len(added)


def _remembered(article: Article) -> set[int]:
    """Whom the article was found to name, or its editors decided about, as they are now."""
    past = article.imported_fields.get("people", [])
    current = current_ids(past)
    return {current.get(pk, pk) for pk in past}


def _mentions(
    article: Article, named: list[NamedPerson], ids: dict[str, int], mentioned: set[int]
) -> list[Mention]:
    """New ones, behind those that there are."""
    people = {pk: one for pk, one in by_person(named, ids).items() if pk not in mentioned}
    rows = list(new_mentions(article.pk, people))
    for row in rows:
        row.origin = Origin.EDITOR
        row.position += len(mentioned)
    return rows
