"""ninjs: one item in three generations of the format, and what becomes of each of its parts."""

import io
import json
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.importers import ninjs
from archive.importers.base import (
    CorrectionNote,
    Defaults,
    MediaItem,
    Pointer,
    Raw,
    RecordError,
    TagName,
)
from archive.importers.formats import detect
from archive.importers.reading.checks import checked
from archive.models import Article, Status

PLAIN: dict[str, Any] = {
    "uri": "urn:newsml:pac.example:20091217:7",
    "type": "text",
    "versioncreated": "2009-12-17T12:02:00Z",
    "headlines": [{"role": "main", "value": "Bridge opens"}],
    "bodies": [
        {"contenttype": "text/html", "value": "<p>It <b>opened</b>.</p><p>Nobody fell.</p>"}
    ],
}
PICTURE = {
    "name": "main",
    "type": "picture",
    "uri": "urn:p",
    "headlines": [{"value": "The arch"}],
    "descriptions": [
        {"role": "caption", "value": "The third arch"},
        {"role": "creditline", "value": "PAC"},
    ],
    "renditions": [
        {"name": "thumbnail", "href": "https://a.example/s.jpg", "contenttype": "image/jpeg"},
        {"name": "main", "href": "https://a.example/l.jpg", "contenttype": "image/jpeg"},
    ],
}
CAMEL = {
    "versioncreated": "versionCreated",
    "firstcreated": "firstCreated",
    "contentcreated": "contentCreated",
    "pubstatus": "pubStatus",
    "ednote": "edNote",
    "copyrightholder": "copyrightHolder",
    "copyrightnotice": "copyrightNotice",
    "usageterms": "usageTerms",
    "contenttype": "contentType",
}


def read(values: dict[str, Any], source: str = ""):
    return checked(ninjs.build(Raw(1, json.dumps(values)), Defaults(source, UTC)))


def camel(value: Any) -> Any:
    if isinstance(value, dict):
        return {CAMEL.get(key, key): camel(one) for key, one in value.items()}
    return [camel(one) for one in value] if isinstance(value, list) else value


class TestKnown:
    @pytest.mark.parametrize("indent", [None, 2])
    def test_an_object_a_list_or_lines(self, indent):
        for text in (json.dumps(PLAIN, indent=indent), json.dumps([PLAIN] * 2, indent=indent)):
            assert detect("x.json", text.encode()) is ninjs
        lines = f"{json.dumps(PLAIN)}\n{json.dumps(PLAIN)}\n".encode()
        assert detect("x.jsonl", lines) is ninjs
        assert len(list(ninjs.split(io.BytesIO(lines)))) == 2

    def test_other_json_is_none(self):
        assert detect("x", b'{"uri": "b-1", "title": "Bridge", "body": "It opened."}') is not ninjs
        assert detect("x", b'{"$schema": "x", "properties": {"uri": {}}}') is not ninjs


class TestVersions:
    def test_one_headline_and_one_body_for_each_ending_in_1(self):
        old = {
            "uri": PLAIN["uri"],
            "type": "text",
            "versioncreated": PLAIN["versioncreated"],
            "headline": "Bridge opens",
            "body_text": "It opened. Nobody fell.",
            "body_xhtml": PLAIN["bodies"][0]["value"],
            "byline": "By Una Carrow",
            "person": [{"name": "Ann Vale", "rel": "about"}],
            "associations": {
                "main": {
                    "type": "picture",
                    "headline": "The arch",
                    "description_text": "The third arch",
                    "renditions": {"main": {"href": "https://a.example/l.jpg"}},
                },
            },
        }
        record = read(old)
        assert (record.headline, record.byline) == ("Bridge opens", "Una Carrow")
        assert record.paragraphs == ("It opened.", "Nobody fell.")
        assert record.people == ("Ann Vale",)
        assert record.media == (
            MediaItem("photo", "The arch", "The third arch", url="https://a.example/l.jpg"),
        )

    @given(
        st.fixed_dictionaries(
            {},
            optional={
                "pubstatus": st.sampled_from(["usable", "withheld", "canceled"]),
                "firstcreated": st.just("2009-12-16T00:00:00Z"),
                "contentcreated": st.just("2009-12-15T00:00:00Z"),
                "copyrightholder": st.sampled_from(["PAC", "dpa"]),
                "copyrightnotice": st.just("© PAC"),
                "usageterms": st.just("No sale"),
                "ednote": st.sampled_from(["CORRECTS day", "Update"]),
                "associations": st.just([PICTURE]),
                "people": st.lists(st.just({"name": "Ann Vale"}), max_size=1),
            },
        )
    )
    def test_camel_case_says_the_same(self, more):
        assert read(PLAIN | more) == read(camel(PLAIN | more))


class TestText:
    def test_html_goes_before_nitf_and_nitf_before_plain_text(self):
        story = "<nitf><body><body.content><p>From NITF.</p></body.content></body></nitf>"
        bodies = [
            {"role": "text", "contenttype": "text/plain", "value": "From\n\nplain."},
            {"role": "own", "contenttype": "application/xml", "value": "<TTNITF>no</TTNITF>"},
            {"contenttype": "text/vnd.IPTC.NITF", "value": story},
            *PLAIN["bodies"],
        ]
        assert read(PLAIN | {"bodies": bodies}).paragraphs == ("It opened.", "Nobody fell.")
        assert read(PLAIN | {"bodies": bodies[:3]}).paragraphs == ("From NITF.",)
        assert read(PLAIN | {"bodies": bodies[:1]}).paragraphs == ("From", "plain.")

    def test_what_stands_above_the_text_of_a_page_is_no_text(self):
        page = (
            '<html><body><h1>Bridge opens</h1><div class="dat">Harbour PAC</div><p>It opened.</p>'
            '<figure><img src="https://a.example/l.jpg"><figcaption>The arch</figcaption></figure>'
            "</body></html>"
        )
        body = [{"contenttype": "text/html", "value": page}]
        record = read(PLAIN | {"bodies": body})
        assert record.paragraphs == ("It opened.",)
        assert [one.caption for one in record.media] == ["The arch"]
        assert len(read(PLAIN | {"bodies": body, "associations": [PICTURE]}).media) == 1

    def test_the_main_headline_and_a_subhead(self):
        heads = [{"role": "sub", "value": "At last"}, {"role": "main", "value": "Bridge opens"}]
        record = read(PLAIN | {"headlines": heads})
        assert (record.headline, record.standfirst) == ("Bridge opens", "At last")
        lead = [{"role": "lead", "value": "In short"}]
        both = read(PLAIN | {"headlines": heads, "descriptions": lead})
        assert (both.standfirst, both.paragraphs[0]) == ("In short", "At last")

    def test_a_description_that_repeats_the_text_is_no_standfirst(self):
        again = [{"role": "text", "value": "It opened. Nobody…"}]
        assert read(PLAIN | {"descriptions": again}).standfirst == ""
        other = [{"role": "text", "value": "After eight years"}]
        assert read(PLAIN | {"descriptions": other}).standfirst == "After eight years"

    def test_without_a_text_the_description_is_it(self):
        bare = PLAIN | {"bodies": [], "descriptions": [{"value": "It opened."}]}
        assert (read(bare).paragraphs, read(bare).standfirst) == (("It opened.",), "")

    def test_what_says_nothing_is_refused(self):
        with pytest.raises(RecordError, match="ask its sender for the complete item"):
            read({"uri": "urn:x", "versioncreated": "2009-12-17"})

    @pytest.mark.parametrize(
        ("change", "reason"),
        [
            ({"type": "event"}, "an event: it tells when"),
            ({"type": "", "eventdetails": {"dates": {}}}, "an event"),
            ({"type": "planning"}, "a planning item: it announces coverage, it is no article"),
            ({"pubstatus": "live"}, "status 'live' is none of usable"),
            ({"people": "Ann Vale"}, "people must be a list of objects"),
            ({"associations": {"main": "a.jpg"}}, "associations must be a list of objects"),
            ({"headlines": [{"value": {}}]}, "value must be a text"),
            ({"versioncreated": "31 Feb 2009"}, "is not a day"),
        ],
    )
    def test_what_cannot_be_taken_in_is_refused_by_its_name(self, change, reason):
        with pytest.raises(RecordError, match=reason):
            read(PLAIN | change)


class TestAllThatIsSaidAboutIt:
    def test_dates_status_rights_and_place(self):
        record = read(
            PLAIN
            | {
                "firstcreated": "2009-12-16T08:00:00Z",
                "contentcreated": "2009-12-15T08:00:00Z",
                "embargoed": "2009-12-18T08:00:00Z",
                "expires": "2010-12-18T08:00:00Z",
                "pubstatus": "withheld",
                "copyrightnotice": "© 2009 PAC",
                "usageterms": "No sale",
                "rightsinfo": {"linkedrights": "https://a.example/terms"},
                "located": "Port Almond",
                "language": "en_GB",
            }
        )
        assert record.published == datetime(2009, 12, 16, 8, tzinfo=UTC)
        assert record.modified == datetime(2009, 12, 17, 12, 2, tzinfo=UTC)
        assert record.embargo_until == datetime(2009, 12, 18, 8, tzinfo=UTC)
        assert record.expires == datetime(2010, 12, 18, 8, tzinfo=UTC)
        assert record.status == "in_review"
        assert record.rights == "© 2009 PAC\nNo sale\nhttps://a.example/terms"
        assert (record.place, record.language) == ("Port Almond", "en-GB")

    def test_without_a_first_time_the_contents_and_then_the_versions_is_it(self):
        created = {"contentcreated": "1987-12-15T08:00:00Z"}
        assert read(PLAIN | created).published == datetime(1987, 12, 15, 8, tzinfo=UTC)
        assert read(PLAIN).published == read(PLAIN).modified

    def test_names_are_people_and_tags_by_kind(self):
        record = read(
            PLAIN
            | {
                "people": [{"name": "Ann Vale"}, {"literal": "7"}],
                "subjects": [{"name": "bridges", "uri": "urn:s"}],
                "places": [{"name": "Port Almond"}],
                "organisations": [{"name": "Harbour Board"}],
            }
        )
        assert record.people == ("Ann Vale",)
        assert record.tags == (
            TagName("bridges"),
            TagName("Port Almond", "place"),
            TagName("Harbour Board", "organisation"),
        )
        assert read(PLAIN).people is None
        assert read(PLAIN | {"people": []}).people == ()

    def test_who_published_it(self):
        parties = {"infosources": [{"name": "PAC"}]}
        assert read(PLAIN | {"copyrightholder": "Courier"}, "Echo").source == "Courier"
        assert read(PLAIN | parties, "Echo").source == "Echo"
        assert read(PLAIN | parties).source == "PAC"
        assert read(PLAIN).source == "pac.example"

    def test_pictures_go_with_it_and_articles_are_pointed_to(self):
        other = {"name": "earlier", "uri": "urn:6", "headlines": [{"value": "Crane falls"}]}
        record = read(PLAIN | {"associations": [PICTURE, other]})
        assert record.media == (
            MediaItem("photo", "The arch", "The third arch", "PAC", url="https://a.example/l.jpg"),
        )
        assert record.related == (Pointer("Crane falls", "urn:6"),)

    def test_a_picture_alone_is_an_article_of_its_caption(self):
        record = read(PICTURE | {"by": "By T. Moss"})
        assert (record.headline, record.paragraphs) == ("The arch", ("The third arch",))
        assert record.byline == "T. Moss"
        assert record.media == (MediaItem("photo", credit="PAC", url="https://a.example/l.jpg"),)

    @pytest.mark.parametrize(
        ("length", "size", "seconds"),
        [(61, 0, 61), (7896, 189_504, 8), (128_929, 0, 129), (0, 0, None)],
    )
    def test_the_length_of_a_recording_also_of_those_who_count_milliseconds(
        self, length, size, seconds
    ):
        form = {"name": "main", "href": "https://a.example/a.mp3", "contenttype": "audio/mpeg"}
        form |= {"duration": length, "sizeinbytes": size}
        assert read(PLAIN | {"type": "audio", "renditions": [form]}).media[0].duration == seconds

    def test_a_note_that_tells_of_a_correction_is_kept_for_editors(self):
        assert read(PLAIN | {"ednote": "CORRECTS day"}).corrections == (
            CorrectionNote("CORRECTS day", public=False),
        )
        assert read(PLAIN | {"ednote": "Turkey out"}).corrections == ()


def test_versions_follow_each_other_and_a_bare_cancellation_withdraws(import_articles, jsonl):
    def version(hour: int, **changes: Any) -> dict[str, Any]:
        return PLAIN | {"versioncreated": f"2009-12-17T{hour}:00:00Z"} | changes

    import_articles(jsonl(version(12)))
    import_articles(jsonl(version(14, headlines=[{"value": "Bridge open"}])))
    import_articles(jsonl(version(13, headlines=[{"value": "Too old"}])))
    article = Article.objects.get()
    assert article.headline == "Bridge open"
    assert article.first_published == datetime(2009, 12, 17, 12, tzinfo=UTC)
    bare = {"uri": PLAIN["uri"], "pubstatus": "canceled", "versioncreated": "2009-12-17T15:00:00Z"}
    assert import_articles(jsonl(bare)).tally == (0, 1, 0, 0)
    article.refresh_from_db()
    assert (article.status, article.headline) == (Status.WITHDRAWN, "Bridge open")
