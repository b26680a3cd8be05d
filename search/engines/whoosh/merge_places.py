"""One field of several segments on its way into one: where its terms stand."""

from collections.abc import Mapping, Sequence

import numpy as np

from search.engines.whoosh.arrays import Array, Plan
from search.engines.whoosh.merge_lists import Lists, merged, staying
from search.engines.whoosh.numbering import Numbering, PlaceMoves, one_behind_the_other
from search.engines.whoosh.segment import NOTHING, Field
from search.engines.whoosh.write import word_codes

_TERM = 32
"""Where the term begins, in bits, in what `overlay` has."""


class PlacesMerge:
    """As FieldMerge, for places. What becomes of them is found out twice, and not kept meanwhile:
    it takes 20 bytes for each document.
    """

    def __init__(
        self,
        fields: Sequence[Field],
        terms: Sequence[Array],
        stays: Array,
        numbering: Numbering,
        *,
        streamed: bool,
    ) -> None:
        """terms: i8, for each part the numbers of its terms among all. stays: bool, which of all
        stay. streamed: is there a stream?
        """
        self._fields, self._stays, self._numbering = fields, stays, numbering
        self._streamed = streamed
        self._lists = [
            Lists(own, field.standing, field.places, NOTHING)
            for own, field in zip(terms, fields, strict=True)
        ]
        moves = self._moves()
        lengths = staying(self._lists, len(stays), moves)
        self._standing = one_behind_the_other(lengths[stays])
        self._room = int(moves.bases[-1])
        if streamed:
            self._codes = word_codes(one_behind_the_other(lengths))
            self._overlay = self._moved_overlay(moves)

    def plan(self) -> Plan:
        plan = {
            "bases": ("<u4", (len(self._numbering.order) + 1,)),
            "standing": ("<i8", self._standing.shape),
            "places": ("<u4", (int(self._standing[-1]),)),
        }
        if self._streamed:
            plan |= {
                "stream": ("<u2", (self._room,)),
                "codes": ("<u2", (len(self._standing) - 1,)),
                "overlay": ("<u8", self._overlay.shape),
            }
        return plan

    def fill(self, target: Mapping[str, Array]) -> None:
        moves = self._moves()
        target["bases"][:] = moves.bases
        target["standing"][:] = self._standing
        at = 0
        for moved in merged(self._lists, len(self._stays), self._numbering, moves):
            its = slice(at, at := at + len(moved.keys))
            places = moved.numbers()
            target["places"][its] = places
            if self._streamed:
                self._fill_stream(target["stream"], moved.terms(), places)
        if self._streamed:
            target["codes"][:] = self._codes[self._stays]
            renumbered = np.cumsum(self._stays) - 1
            terms = renumbered[self._overlay >> _TERM]
            target["overlay"][:] = terms << _TERM | self._overlay & 0xFFFFFFFF

    def _fill_stream(self, stream: Array, terms: Array, places: Array) -> None:
        """Each word at its places, ascending, but for those in the overlay."""
        if not len(terms):
            return
        codes = self._codes[terms]
        overlay = self._overlay[
            slice(*self._overlay.searchsorted((terms[0] << _TERM, terms[-1] + 1 << _TERM)))
        ]
        if len(overlay):
            keys = terms << _TERM | places
            at = keys.searchsorted(overlay)
            second = at[keys[np.minimum(at, len(keys) - 1)] == overlay]
            codes, places = np.delete(codes, second), np.delete(places, second)
        stream[places] = codes

    def _moves(self) -> PlaceMoves:
        return PlaceMoves([field.bases for field in self._fields], self._numbering)

    def _moved_overlay(self, moves: PlaceMoves) -> Array:
        """The overlay of all parts: i8, with the numbers of terms among all."""
        found = []
        for lists, field, first in zip(
            self._lists, self._fields, moves.firsts.tolist(), strict=False
        ):
            overlay = field.overlay.astype(np.int64)
            places = (overlay & 0xFFFFFFFF) + first
            rows = moves.rows(places)
            keys = lists.terms[overlay >> _TERM] << _TERM | places + moves.shifts[rows]
            found.append(keys[moves.stays[rows]])
        return np.sort(np.concatenate(found), kind="stable")
