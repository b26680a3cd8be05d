"""What is exported is imported again unchanged, in every format."""

import csv
import io
import string
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from django.conf import settings as django_settings
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from archive.dating import DatePrecision, beginning
from archive.exporters.formats import FORMATS
from archive.importers.base import (
    CorrectionNote,
    Defaults,
    MediaItem,
    Pointer,
    Record,
    TagName,
)
from archive.importers.formats import FORMATS as READERS
from archive.importers.formats import detect
from archive.importers.reading.checks import checked

SCHEMAS = django_settings.BACKFILE_SHARED / "data" / "iptc" / "newsmlg2"
ALPHABET = string.ascii_letters + string.digits + string.punctuation + " éßЖ漢“”–🙂"
LINES = st.text(ALPHABET, max_size=30).map(lambda text: " ".join(text.split()))
NAMES = LINES.filter(lambda text: any(c.isalpha() for c in text))
PARAGRAPHS = st.builds(
    lambda indent, lines: indent + "\n".join(lines), st.sampled_from(["", "    "]),
    st.lists(NAMES, min_size=1, max_size=3),
)  # fmt: skip
TIMES = st.datetimes(datetime(1400, 1, 1), datetime(2500, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001
ADDRESSES = st.builds("https://a.example/{}".format, st.text(string.ascii_letters, max_size=8))
IDS = st.builds("urn:{}".format, st.text(string.ascii_letters + ":-;'=", min_size=1, max_size=9))
PEOPLE = st.sampled_from(["Ann Vale", "Ben Roy", "Zoë Arrané", "Margaret E. Vale", "Li Wei"])
TAGS = st.lists(
    st.builds(TagName, NAMES, st.sampled_from(["subject", "place", "organisation"])),
    max_size=4,
).map(lambda tags: sorted(tags, key=lambda t: ["subject", "place", "organisation"].index(t.kind)))
MEDIA = st.builds(
    MediaItem,
    kind=st.sampled_from(["photo", "audio", "video", "file"]),
    title=LINES,
    caption=NAMES,
    credit=LINES,
    alt=LINES,
    file=st.sampled_from(["", "imported/ab/arch.jpg"]),
    url=ADDRESSES,
    duration=st.none() | st.integers(1, 80_000),
)
RECORDS = st.builds(
    Record,
    source=NAMES,
    external_id=IDS,
    url=st.just("") | ADDRESSES,
    language=st.sampled_from(["en", "pt-BR", "de"]),
    section=LINES,
    headline=NAMES,
    standfirst=LINES,
    paragraphs=st.lists(PARAGRAPHS, max_size=4).map(tuple),
    byline=NAMES,
    place=LINES,
    published=TIMES,
    modified=st.none() | TIMES,
    status=st.sampled_from(["draft", "in_review", "scheduled", "published", "withdrawn"]),
    embargo_until=st.none() | TIMES,
    expires=st.none() | TIMES,
    rights=LINES,
    people=st.none() | st.lists(PEOPLE, max_size=3).map(tuple),
    tags=TAGS.map(tuple),
    related=st.lists(st.builds(Pointer, NAMES, IDS, ADDRESSES), max_size=2).map(tuple),
    media=st.lists(MEDIA, max_size=2).map(tuple),
    corrections=st.lists(st.builds(CorrectionNote, NAMES, TIMES, st.booleans()), max_size=2).map(
        tuple
    ),
)


DATED = st.builds(
    lambda record, precision: replace(
        record, published=beginning(record.published, precision), precision=precision
    ),
    RECORDS,
    st.sampled_from(DatePrecision.values),
)


def written(name: str, records: list[Record]) -> bytes:
    out = io.StringIO()
    assert FORMATS[name].write(iter(records), out) == len(records)
    return out.getvalue().encode()


def read(name: str, data: bytes):
    reader = READERS[name]
    raws = reader.split(io.BytesIO(data))
    return [checked(reader.build(raw, Defaults("", UTC))) for raw in raws]


@pytest.mark.parametrize("name", FORMATS)
class TestEveryFormat:
    @settings(max_examples=50)
    @given(records=st.lists(DATED.map(checked), max_size=3))
    def test_what_was_written_is_read_back_unchanged(self, name, records):
        assert read(name, written(name, records)) == records

    @settings(max_examples=20)
    @given(record=RECORDS.map(checked))
    def test_it_is_known_for_what_it_is(self, name, record):
        assert detect("export", written(name, [record])) is READERS[name]


@pytest.mark.shared_data
@pytest.mark.skipif(not SCHEMAS.is_dir(), reason="the schemas of IPTC are not there")
def test_newsml_g2_and_the_nitf_in_it_are_valid_by_iptcs_own_schemas():
    g2 = etree.XMLSchema(etree.parse(str(SCHEMAS / "NewsML-G2_2.24-spec-All-Core.xsd")))
    nitf = etree.XMLSchema(etree.parse(str(SCHEMAS / "nitf-3-6.xsd")))

    @settings(max_examples=40)
    @given(record=DATED.map(checked))
    def is_valid(record: Record) -> None:
        message = etree.fromstring(written("newsml-g2", [record]))
        g2.assertValid(message)
        inline = message.find(".//{http://iptc.org/std/NITF/2006-10-18/}nitf")
        nitf.assertValid(etree.fromstring(etree.tostring(inline)))

    is_valid()


@given(text=st.text(ALPHABET + "\t='+-@", max_size=12))
def test_no_cell_of_a_table_is_one_that_a_spreadsheet_would_run(text):
    record = Record("=S", "-1", headline=f"={text}", paragraphs=(f"@{text}", f"+{text}"))
    table = written("csv", [record]).decode()
    cells = next(csv.reader(io.StringIO(table.partition("\n")[2])))
    assert not [cell for cell in cells if cell.startswith(("=", "+", "-", "@", "\t", "\r"))]
