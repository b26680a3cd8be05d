"""The samples of IPTC itself: each becomes what it is, or is refused for a reason that helps."""

import io
from collections.abc import Iterator
from datetime import UTC
from pathlib import Path

import pytest
from django.conf import settings

from archive.importers.base import Defaults, PersonRecord, RecordError
from archive.importers.formats import detect
from archive.importers.reading.checks import checked

SAMPLES = settings.BACKFILE_SHARED / "data" / "iptc"
REFUSED = "✗ "
# The file, how many records it holds, and with what their headlines, names or texts begin, or the
# reasons for which they are refused.
TABLE = """
newsmlg2/LISTING_10_* | 1 | ✗ a concept of the kind “a
newsmlg2/LISTING_11_* | 1 | Mario Draghi
newsmlg2/LISTING_12_* | 3 | ✗ a concept of the kind “n
newsmlg2/LISTING_13_* | 1 | ✗ a catalogue of codes: th
newsmlg2/LISTING_14_* | 1 | ✗ an event: it tells when
newsmlg2/LISTING_15_* | 2 | ✗ an event: it tells when
newsmlg2/LISTING_16_* | 1 | ✗ an event: it tells when
newsmlg2/LISTING_17_* | 1 | ✗ a planning item: it anno
newsmlg2/LISTING_18_* | 1 | ✗ a planning item: it anno
newsmlg2/LISTING_19_* | 1 | ✗ a planning item: it anno
newsmlg2/LISTING_1_* | 1 | Fed to halt QE to avert
newsmlg2/LISTING_20_* | 1 | ✗ a planning item: it anno
newsmlg2/LISTING_21_* | 1 | ✗ sports statistics (Sport
newsmlg2/LISTING_22_* | 1 | Preview: Arizona Diamond
newsmlg2/LISTING_23_* | 1 | ✗ a package without a head
newsmlg2/LISTING_24_* | 5 | ✗ a package without a head | ✗ it has neither a headlin
newsmlg2/LISTING_25_* | 1 | Arizona Diamondbacks (29
newsmlg2/LISTING_26_* | 1 | A firefighter walks past
newsmlg2/LISTING_27_* | 1 | Acme Widgets announces a
newsmlg2/LISTING_28_* | 1 | ✗ a piece of a NewsML-G2 i
newsmlg2/LISTING_29_* | 1 | ✗ it has neither a headlin
newsmlg2/LISTING_2_* | 1 | Fed to halt QE to avert
newsmlg2/LISTING_3A_* | 1 | Variety Of Recessionary
newsmlg2/LISTING_3_* | 1 | Variety Of Recessionary
newsmlg2/LISTING_4_* | 1 | - Amir Hussein Abdullahi
newsmlg2/LISTING_5_* | 1 | Loriot retrospective
newsmlg2/LISTING_6_* | 1 | UK
newsmlg2/LISTING_7_* | 1 | ✗ a piece of a NewsML-G2 i
newsmlg2/LISTING_8_* | 1 | ✗ a piece of a NewsML-G2 i
newsmlg2/LISTING_9_* | 1 | ✗ a piece of a NewsML-G2 i
newsmlg2/Receiver View.xml | 1 | Fed to halt QE to avert
newsmlg2/ap_metadata_example.xml | 1 | ✗ it has neither a headlin
newsmlg2/facet-example-2.xml | 1 | ✗ it has neither a headlin
newsmlg2/facet-example-3.xml | 1 | Content goes here...
newsmlg2/facet-example.xml | 1 | ✗ it has neither a headlin
ninjs/1.4/businesswire-newsml-20130515006361.json | 1 | Dell Redefines Workstati
ninjs/1.4/businesswire-newsml-20130605006126.json | 1 | Cambrios被Gartner評選為「最酷供應
ninjs/1.4/businesswire-newsml-20130612006110.json | 1 | APP发布“2020 可持续发展路线图”第三次工
ninjs/1.4/businesswire-newsml-20130731006140.json | 1 | Lunch Taking a Toll? Let
ninjs/1.4/ninjs-1-4-examples.json | 1 | Test of three new proper
ninjs/1.4/ninjsExComplex1.json | 1 | Captain of wrecked cruis
ninjs/1.4/ninjsExComplex2.json | 1 | Captain of wrecked cruis
ninjs/1.4/ninjsExMediumText1.json | 1 | Captain of wrecked cruis
ninjs/1.4/ninjsExSimplePhoto1.json | 1 | Costa Concordia cruise s
ninjs/1.4/ninjsExSimpleText1.json | 1 | Captain of wrecked cruis
ninjs/2.1/SIPA_image_2.json | 1 | Italy: Italy Demonstrati
ninjs/2.1/ap_audio.json | 1 | Next up in impeachment h
ninjs/2.1/ap_image.json | 1 | Turkey Islamic State
ninjs/2.1/ap_video.json | 1 | House leaders double dow
ninjs/2.1/businesswire-newsml-20130605006126.json | 1 | Cambrios被Gartner評選為「最酷供應
ninjs/2.1/businesswire-newsml-20130731006140.json | 1 | Lunch Taking a Toll? Let
ninjs/2.1/dpa_text.json | 1 | Faktencheck Derby-Elfmet
ninjs/2.1/imageEncodedRights.json | 1 | MotoGP - Spain - Valenti
ninjs/2.1/imageLinkedRights.json | 1 | MotoGP - Spain - Valenti
ninjs/2.1/ninjsExSimpleText_2.json | 1 | Captain of wrecked cruis
ninjs/2.1/ntb_text.json | 1 | Google har kjøpt gigantt
ninjs/2.1/schema-extension/extension-example.json | 1 | Militärövning i jättefor
ninjs/2.1/tt_text_image_2.json | 1 | Militärövning i jättefor
ninjs/3.0/20231004-UEFA-ChampionLeague.json | 1 | ✗ an event: it tells when
ninjs/3.0/20231005-65-addb-event.json | 1 | ✗ an event: it tells when
ninjs/3.0/20231008-anti* | 1 | Anti-doping measures at
ninjs/3.0/20231016-addb-example-press-conference.json | 1 | ✗ an event: it tells when
ninjs/3.0/SIPA_image_3.json | 1 | Italy: Italy Demonstrati
ninjs/3.0/ap_audio.json | 1 | Next up in impeachment h
ninjs/3.0/ap_image.json | 1 | Turkey Islamic State
ninjs/3.0/ap_video.json | 1 | House leaders double dow
ninjs/3.0/businesswire-newsml-20130605006126.json | 1 | Cambrios被Gartner評選為「最酷供應
ninjs/3.0/businesswire-newsml-20130731006140.json | 1 | Lunch Taking a Toll? Let
ninjs/3.0/collection/20231016-event-timeline-sample.json | 14 | ✗ an event: it tells when
ninjs/3.0/dpa_text.json | 1 | Faktencheck Derby-Elfmet
ninjs/3.0/imageEncodedRights.json | 1 | MotoGP - Spain - Valenti
ninjs/3.0/imageLinkedRights.json | 1 | MotoGP - Spain - Valenti
ninjs/3.0/ninjsExSimpleText_3.json | 1 | Captain of wrecked cruis
ninjs/3.0/ntb_text.json | 1 | Google har kjøpt gigantt
ninjs/3.0/simpleEvent.json | 1 | ✗ an event: it tells when
ninjs/3.0/tt_event_pressconference_3.0.json | 1 | ✗ an event: it tells when
ninjs/3.0/tt_text_image_3.json | 1 | Militärövning i jättefor
ninjs/NewsML/businesswire-newsml-20130515006361.xml | 1 | ✗ NewsML 1, which went bef
ninjs/NewsML/businesswire-newsml-20130605006126.xml | 1 | ✗ NewsML 1, which went bef
ninjs/NewsML/businesswire-newsml-20130612006110.xml | 1 | ✗ NewsML 1, which went bef
ninjs/NewsML/businesswire-newsml-20130731006140.xml | 1 | ✗ NewsML 1, which went bef
"""
OUTCOMES = {
    name: (int(count), begins)
    for name, count, *begins in (row.split(" | ") for row in TABLE.strip().splitlines())
}
NOT_RECORDS = {".xsd", "", ".md"}
NEVER_A_RECORD = {"ninjs/2.1/schema-extension/extension-schema.json"}

pytestmark = [
    pytest.mark.shared_data,
    pytest.mark.skipif(not SAMPLES.is_dir(), reason="the samples of IPTC are not there"),
]


def outcomes(path: Path) -> Iterator[str]:
    data = path.read_bytes()
    format = detect(path.name, data[:65_536])
    for raw in format.split(io.BytesIO(data)) if format else ():
        try:
            record = checked(format.build(raw, Defaults("", UTC)))
        except RecordError as error:
            yield f"{REFUSED}{error}"
        else:
            is_person = isinstance(record, PersonRecord)
            yield record.name if is_person else record.headline or record.body


def test_no_sample_is_missing_from_the_table():
    files = {path for path in SAMPLES.rglob("*") if path.is_file()}
    listed = {path for name in (*OUTCOMES, *NEVER_A_RECORD) for path in SAMPLES.glob(name)}
    assert {path for path in files if path.suffix not in NOT_RECORDS} == listed


@pytest.mark.parametrize("name", OUTCOMES)
def test_it_becomes_what_it_is_or_is_refused_for_a_reason(name):
    count, begins = OUTCOMES[name]
    (path,) = SAMPLES.glob(name)
    found = list(outcomes(path))
    assert len(found) == count
    assert all(any(one.startswith(begin) for begin in begins) for one in found)
    assert all(any(one.startswith(begin) for one in found) for begin in begins)


@pytest.mark.parametrize("name", sorted(NEVER_A_RECORD))
def test_a_schema_is_in_no_format(name):
    assert list(outcomes(SAMPLES / name)) == []


def test_all_of_them_go_in_and_a_second_time_nothing_changes(import_articles):
    first = import_articles(SAMPLES)
    created, updated, unchanged, rejected = first.tally
    assert (created, updated) == (32, 0)
    assert "left out: it is no article in a format that is known" in first.told
    assert import_articles(SAMPLES).tally == (0, 0, created + updated + unchanged, rejected)
