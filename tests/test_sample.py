"""The sample archive keeps its own promises: whole, linked, invented and small."""

from __future__ import annotations

import json
import struct
from collections import Counter
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest

SAMPLE = Path(__file__).resolve().parent.parent / "sample"
KEYS = {
    *("external_id", "source", "url", "language", "section", "headline", "standfirst", "body"),
    *("byline", "place", "published", "modified", "people", "tags", "related", "media"),
}
OPTIONAL = {"status", "embargo_until"}
MEDIA_KEYS = {"kind", "file", "title", "caption", "credit", "alt", "duration"}
SIZE_LIMITS = {"photo": 25_000, "audio": 150_000}
SECRETS = ("Quorrington", "Vossberry", "Ullathane", "Munterby", "Zellinger")

Record = dict[str, Any]


def read(name: str) -> list[Record]:
    return [json.loads(line) for line in (SAMPLE / name).read_text("utf-8").splitlines()]


ARTICLES = read("articles.jsonl")
PEOPLE = read("people.jsonl")
MEDIA = [item for article in ARTICLES for item in article["media"]]
PUBLIC = [article for article in ARTICLES if not OPTIONAL & set(article)]


def text_of(article: Record) -> str:
    return "\n".join([article["headline"], article["standfirst"], *article["body"]])


def dates_of(article: Record) -> list[datetime]:
    """When it was published and, later, modified: those of the two that are known."""
    written = (article["published"], article["modified"])
    return [datetime.fromisoformat(date) for date in written if date]


def surname(name: str) -> str:
    return name.removesuffix(" Sr").removesuffix(" Jr").split()[-1]


def those_that(fail: Callable[[Record], bool]) -> list[str]:
    return [article["external_id"] for article in ARTICLES if fail(article)]


def test_every_article_has_the_keys_of_the_format_and_no_others() -> None:
    assert those_that(lambda article: set(article) - OPTIONAL != KEYS) == []


def test_every_article_is_of_newspaper_length() -> None:
    assert those_that(lambda article: not 80 <= len(" ".join(article["body"]).split()) <= 250) == []


def test_every_article_is_dated_within_the_twenty_years_or_not_at_all() -> None:
    for article in ARTICLES:
        assert all(1989 <= date.year <= 2009 for date in dates_of(article))
        assert dates_of(article) == sorted(dates_of(article))
    assert len(those_that(lambda article: article["published"] is None)) == 4


def test_every_hour_is_told_with_the_offset_of_the_season() -> None:
    zone = ZoneInfo("Europe/Dublin")
    for date in [date for article in ARTICLES for date in dates_of(article)]:
        assert date.utcoffset() == date.astimezone(zone).utcoffset()


def test_every_article_is_set_with_curly_quotation_marks_that_close() -> None:
    texts = {article["external_id"]: text_of(article) for article in ARTICLES}
    assert [name for name, text in texts.items() if set(text) & set("\"'")] == []
    assert [name for name, text in texts.items() if text.count("“") != text.count("”")] == []


def test_every_article_names_those_it_lists_and_lists_them_once() -> None:
    aliases = {person["name"]: person["aliases"] for person in PEOPLE}
    for article in ARTICLES:
        people, text = article["people"], text_of(article)
        assert len(set(people)) == len(people)
        for name in people:
            assert any(surname(known) in text for known in [name, *aliases.get(name, [])]), name


def test_there_are_about_a_hundred_and_fifty_articles() -> None:
    assert 140 <= len(ARTICLES) <= 160


def test_external_ids_and_addresses_are_unique() -> None:
    ids = [article["external_id"] for article in ARTICLES]
    urls = [article["url"] for article in ARTICLES if article["url"]]
    assert len(set(ids)) == len(ids)
    assert len(set(urls)) == len(urls)


def test_related_articles_are_in_the_archive_or_given_by_title() -> None:
    ids = {article["external_id"] for article in ARTICLES}
    related = [link for article in ARTICLES for link in article["related"]]
    assert [link for link in related if link.get("external_id", link.get("title")) is None] == []
    assert {link["external_id"] for link in related if "external_id" in link} <= ids
    assert any("title" in link for link in related)


def test_no_article_is_related_to_itself_or_to_one_that_is_not_public() -> None:
    public = {article["external_id"] for article in PUBLIC}
    for article in ARTICLES:
        others = {link["external_id"] for link in article["related"] if "external_id" in link}
        assert others <= public - {article["external_id"]}


def test_every_media_file_exists_is_small_and_is_described() -> None:
    for item in MEDIA:
        assert set(item) == MEDIA_KEYS
        assert 0 < (SAMPLE / item["file"]).stat().st_size <= SIZE_LIMITS[item["kind"]]
        assert item["title"]
        assert item["caption"]
        assert item["alt"] or item["kind"] != "photo"


def test_every_recording_plays_for_as_long_as_it_says() -> None:
    stated = {item["file"]: item["duration"] for item in MEDIA if item["duration"] is not None}
    recordings = [item["file"] for item in MEDIA if item["kind"] == "audio"]
    assert stated == {
        file: round(vorbis_seconds((SAMPLE / file).read_bytes())) for file in recordings
    }


def vorbis_seconds(ogg: bytes) -> float:
    """The last page's sample position over the sample rate in the first header (RFC 3533)."""
    (rate,) = struct.unpack_from("<I", ogg, ogg.index(b"\x01vorbis") + 12)
    (samples,) = struct.unpack_from("<q", ogg, ogg.rindex(b"OggS") + 6)
    return float(samples / rate)


def test_every_committed_media_file_belongs_to_an_article() -> None:
    files = {f"media/{path.name}" for path in (SAMPLE / "media").iterdir()}
    assert files == {item["file"] for item in MEDIA}


def test_what_is_not_public_is_three_drafts_one_withdrawn_and_one_embargoed() -> None:
    states = Counter(article.get("status", "published") for article in ARTICLES)
    assert states == {"published": len(ARTICLES) - 4, "draft": 3, "withdrawn": 1}
    embargoes = [article["embargo_until"] for article in ARTICLES if "embargo_until" in article]
    assert [datetime.fromisoformat(end) for end in embargoes] == [datetime(2099, 1, 1, tzinfo=UTC)]


@pytest.mark.parametrize("secret", SECRETS)
def test_the_key_word_of_what_is_not_public_is_in_one_article_only(secret: str) -> None:
    holders = [article for article in ARTICLES if secret in json.dumps(article, ensure_ascii=False)]
    assert len(holders) == 1
    assert holders[0] not in PUBLIC


def test_people_who_recur_are_introduced_once_under_their_canonical_name() -> None:
    counts = Counter(name for article in ARTICLES for name in article["people"])
    names = [person["name"] for person in PEOPLE]
    assert len(set(names)) == len(names)
    assert set(names) == {name for name, count in counts.items() if count > 1}
    assert all(person["note"] for person in PEOPLE)


def test_an_alias_is_used_in_the_text_and_is_nobody_elses_name() -> None:
    text = "\n".join(text_of(article) for article in ARTICLES)
    aliases = [alias for person in PEOPLE for alias in person["aliases"]]
    assert [alias for alias in aliases if alias not in text] == []
    assert len(set(aliases)) == len(aliases)
    assert not set(aliases) & {name for article in ARTICLES for name in article["people"]}
