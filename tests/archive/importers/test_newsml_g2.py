"""NewsML-G2: news items, packages and concepts, alone and in messages."""

import io
from datetime import UTC, datetime

import pytest

from archive.importers import newsml_g2, nitf
from archive.importers.base import (
    CorrectionNote,
    Defaults,
    MediaItem,
    PersonRecord,
    Pointer,
    RecordError,
    TagName,
)
from archive.importers.formats import detect
from archive.importers.reading.checks import checked
from archive.models import Article, Person, RelatedArticle, Status

NAMESPACE = 'xmlns="http://iptc.org/std/nar/2006-10-01/"'
XHTML = '<html xmlns="http://www.w3.org/1999/xhtml"><body><p>It <b>opened</b>.</p></body></html>'
INLINE = f'<inlineXML contenttype="application/xhtml+xml">{XHTML}</inlineXML>'
DATED = "<versionCreated>2009-12-17T12:02:00Z</versionCreated>"


def item(
    meta: str = DATED,
    content: str = "<headline>Bridge opens</headline>",
    inside: str = INLINE,
    *,
    top: str = "",
    guid: str = "urn:newsml:pac.example:1",
    around: str = "",
) -> str:
    return (
        f'<newsItem {NAMESPACE} guid="{guid}" xml:lang="en">{around}<itemMeta>{meta}</itemMeta>'
        f"<contentMeta>{content}</contentMeta>{top}<contentSet>{inside}</contentSet></newsItem>"
    )


def message(*items: str) -> str:
    return f"<newsMessage {NAMESPACE}><itemSet>{''.join(items)}</itemSet></newsMessage>"


def all_of(text: str):
    raws = newsml_g2.split(io.BytesIO(text.encode()))
    return [checked(newsml_g2.build(raw, Defaults("", UTC))) for raw in raws]


def read(text: str):
    (record,) = all_of(text)
    return record


def concept(inside: str, kind: str = "person") -> str:
    return f"<concept><conceptId qcode='people:1'/><type qcode='cpnat:{kind}'/>{inside}</concept>"


def knowledge(*concepts: str) -> str:
    inside = "".join(concepts)
    return (
        f"<knowledgeItem {NAMESPACE} guid='k'><contentMeta><headline>People</headline>"
        f"</contentMeta><conceptSet>{inside}</conceptSet></knowledgeItem>"
    )


class TestKnown:
    @pytest.mark.parametrize("text", [item(), message(item()), knowledge(concept(""))])
    def test_an_item_a_message_or_a_file_of_concepts(self, text):
        assert detect("x", text.encode()) is newsml_g2
        assert detect("x", text.encode("utf-16")) is newsml_g2

    def test_an_item_with_nitf_in_it_is_no_file_of_nitf(self):
        inline = "<inlineXML><nitf><body/></nitf></inlineXML>"
        assert detect("x", item(inside=inline).encode()) is newsml_g2
        assert detect("x", f"<contentSet>{inline}</contentSet>".encode()) is nitf

    def test_each_item_of_a_message_is_a_record_and_stands_alone(self):
        bare = item(guid="urn:2").replace(NAMESPACE, "")
        first, second = all_of(message(item(), bare))
        assert (first.external_id, second.external_id) == ("urn:newsml:pac.example:1", "urn:2")
        assert second.paragraphs == ("It opened.",)


class TestText:
    def test_nitf_in_it_tells_headline_byline_and_place_where_the_item_does_not(self):
        inline = (
            "<inlineXML><nitf><body><body.head><hedline><hl1>From NITF</hl1></hedline>"
            "<byline>By Una Carrow</byline><dateline>Port Almond</dateline></body.head>"
            "<body.content><p>It</p><p>opened.</p></body.content></body></nitf></inlineXML>"
        )
        record = read(item(content="", inside=inline))
        assert (record.headline, record.byline, record.place) == (
            "From NITF",
            "Una Carrow",
            "Port Almond",
        )
        assert record.paragraphs == ("It", "opened.")

    @pytest.mark.parametrize(
        ("inline", "paragraphs"),
        [
            ("<inlineXML><p>It</p><p>opened.</p></inlineXML>", ("It", "opened.")),
            ("<inlineData contenttype='text/plain'>It\n\nopened.</inlineData>", ("It", "opened.")),
            (
                "<inlineData contenttype='text/html'>&lt;p&gt;It&lt;/p&gt;opened.</inlineData>",
                ("It", "opened."),
            ),
            ("<inlineXML><h1>Bridge opens</h1><p>It.</p></inlineXML>", ("It.",)),
        ],
    )
    def test_text_in_other_forms(self, inline, paragraphs):
        assert read(item(inside=inline)).paragraphs == paragraphs

    def test_a_summary_is_the_standfirst_and_without_a_text_it_is_the_text(self):
        content = "<headline>Bridge</headline><description role='drol:summary'>Short.</description>"
        assert read(item(content=content)).standfirst == "Short."
        bare = read(item(content=content, inside=""))
        assert (bare.standfirst, bare.paragraphs) == ("", ("Short.",))

    def test_names_are_taken_in_the_language_of_the_item(self):
        content = (
            "<language tag='de-AT'/><headline xml:lang='en'>Bridge</headline>"
            "<headline xml:lang='de'>Brücke</headline><subject><name xml:lang='en'>labour</name>"
            "<name xml:lang='de'>Arbeit</name></subject>"
        )
        record = read(item(content=content))
        assert (record.headline, record.language) == ("Brücke", "de-AT")
        assert record.tags == (TagName("Arbeit"),)

    @pytest.mark.parametrize(
        ("inline", "reason"),
        [
            ("<inlineXML><sports-content><p>6:1</p></sports-content></inlineXML>", "statistics"),
            ("<inlineXML><events><event/></events></inlineXML>", "an event"),
        ],
    )
    def test_what_is_in_it_instead_of_an_article_is_refused(self, inline, reason):
        with pytest.raises(RecordError, match=reason):
            read(item(inside=inline))

    def test_what_says_nothing_is_refused(self):
        with pytest.raises(RecordError, match="ask its sender for the complete item"):
            read(item(content="", inside=""))


class TestAllThatIsSaidAboutIt:
    def test_which_date_is_which(self):
        meta = (
            f"{DATED}<firstCreated>2009-12-16T08:00:00Z</firstCreated><expires>2010-01-01</expires>"
            "<embargoed>2009-12-18T08:00:00Z</embargoed>"
        )
        created = "<contentCreated>1987-12</contentCreated>"
        record = read(item(meta, f"<headline>B</headline>{created}"))
        assert record.published == datetime(2009, 12, 16, 8, tzinfo=UTC)
        assert record.modified == datetime(2009, 12, 17, 12, 2, tzinfo=UTC)
        assert record.embargo_until == datetime(2009, 12, 18, 8, tzinfo=UTC)
        assert record.expires == datetime(2010, 1, 1, tzinfo=UTC)
        assert record.notes == ()
        month = read(item(content=f"<headline>B</headline>{created}"))
        assert (month.published, month.precision) == (datetime(1987, 12, 1, tzinfo=UTC), "month")
        old = "<headline>B</headline><contentCreated>1987-12-15</contentCreated>"
        assert read(item(content=old)).published == datetime(1987, 12, 15, tzinfo=UTC)

    @pytest.mark.parametrize(
        ("meta", "status"),
        [
            ("<pubStatus qcode='stat:usable'/>", "published"),
            ("<pubStatus qcode='stat:withheld'/>", "in_review"),
            ("<pubStatus uri='http://cv.iptc.org/newscodes/pubstatusg2/canceled'/>", "withdrawn"),
            ("<embargoed/>", "in_review"),
        ],
    )
    def test_the_status_travels(self, meta, status):
        assert read(item(DATED + meta)).status == status

    def test_subjects_are_people_and_tags_by_their_kind_also_where_they_are_told_apart(self):
        content = (
            "<headline>B</headline><subject type='cpnat:person' qcode='p:1'/>"
            "<subject type='cpnat:organisation'><name>Harbour Board</name></subject>"
            "<subject type='cpnat:geoArea' literal='x'/><keyword>bridge</keyword>"
            "<subject><mainConcept><name>swimming</name></mainConcept></subject>"
            "<subject qcode='n'/>"
        )
        told = (
            "<assert qcode='p:1'><name>Ann Vale</name></assert>"
            "<assert literal='x'><name>Sallow</name></assert>"
        )
        record = read(item(content=content, top=told))
        assert record.people == ("Ann Vale",)
        assert record.tags == (
            TagName("Harbour Board", "organisation"),
            TagName("Sallow", "place"),
            TagName("swimming"),
            TagName("bridge"),
        )
        assert read(item()).people is None

    def test_source_byline_place_and_rights(self):
        meta = f"{DATED}<provider qcode='nprov:PAC'/>"
        content = (
            "<headline>B</headline><creator><name>Una Carrow</name></creator>"
            "<located><name>Port Almond</name><broader><name>Sallow</name></broader></located>"
        )
        rights = (
            "<rightsInfo><copyrightHolder><name>Courier</name></copyrightHolder><copyrightNotice>©"
            " Courier</copyrightNotice><usageTerms>No sale</usageTerms></rightsInfo>"
        )
        record = read(item(meta, content, around=rights))
        assert (record.byline, record.place) == ("Una Carrow", "Port Almond")
        assert (record.source, record.rights) == ("Courier", "© Courier\nNo sale")
        assert read(item(meta)).source == "PAC"
        named = f"{DATED}<provider qcode='nprov:PAC'><name>Port Almond Courier</name></provider>"
        assert read(item(named)).source == "Port Almond Courier"

    def test_a_version_that_corrects_says_so_to_editors(self):
        meta = f"{DATED}<edNote>Second paragraph.</edNote>"
        assert read(item(meta)).corrections == ()
        assert read(item(f"{meta}<signal qcode='sig:correction'/>")).corrections == (
            CorrectionNote("Second paragraph.", public=False),
        )

    def test_links_to_see_are_pointers(self):
        meta = (
            f"{DATED}<link rel='irel:seeAlso' residref='urn:2'><title>Crane falls</title></link>"
            "<link rel='irel:previousVersion' residref='urn:0'/>"
        )
        assert read(item(meta)).related == (Pointer("Crane falls", "urn:2"),)


class TestMedia:
    PICTURE = (
        "<remoteContent href='./thumb.jpg' rendition='rnd:thumb' contenttype='image/jpeg'/>"
        "<remoteContent href='./high%20res.jpg' rendition='rnd:highRes' contenttype='image/jpeg'/>"
    )

    def test_a_picture_alone_is_an_article_of_its_caption(self):
        content = (
            "<headline>The arch</headline><creditline>PAC</creditline>"
            "<description role='drol:caption'>The third arch.</description>"
        )
        meta = f"<itemClass qcode='ninat:picture'/>{DATED}"
        record = read(item(meta, content, self.PICTURE))
        assert (record.headline, record.paragraphs) == ("The arch", ("The third arch.",))
        assert record.media == (MediaItem("photo", credit="PAC", file="./high res.jpg"),)

    def test_a_film_tells_its_shots_and_its_length(self):
        content = "<description role='x:script'>SHOT 1<br/>SHOT 2</description>"
        film = (
            "<remoteContent href='https://a.example/a.mpg' contenttype='video/mpeg' duration='69'"
            " durationunit='timeunit:seconds'/>"
        )
        record = read(item(f"<itemClass qcode='ninat:video'/>{DATED}", content, film))
        assert record.paragraphs == ("SHOT 1\nSHOT 2",)
        assert record.media == (MediaItem("video", url="https://a.example/a.mpg", duration=69),)


class TestPackages:
    def package(self, headline: str) -> str:
        return (
            f"<packageItem {NAMESPACE} guid='urn:top'><itemMeta>{DATED}</itemMeta><contentMeta>"
            f"{headline}</contentMeta><groupSet root='G'><group id='G'><itemRef residref='urn:1'>"
            "<title>Bridge opens</title></itemRef></group></groupSet></packageItem>"
        )

    def test_a_package_points_to_its_items(self):
        record = read(self.package("<headline>Top news</headline>"))
        assert (record.headline, record.related) == (
            "Top news",
            (Pointer("Bridge opens", "urn:1"),),
        )

    def test_the_pointers_find_the_articles_of_the_same_message(self, import_articles, tmp_path):
        path = tmp_path / "wire.xml"
        path.write_text(message(self.package("<headline>Top</headline>"), item(guid="urn:1")))
        assert import_articles(path, "--source", "PAC").tally == (2, 0, 0, 0)
        pointer = RelatedArticle.objects.get()
        assert (pointer.target.external_id, pointer.article.headline) == ("urn:1", "Top")

    def test_one_that_says_nothing_itself_is_refused(self):
        with pytest.raises(RecordError, match="a package without a headline"):
            read(self.package(""))


class TestConcepts:
    VALE = concept(
        "<name xml:lang='de'>Margarethe Vale</name><name xml:lang='en'>Margaret Vale</name>"
        "<name part='nprt:given'>Margaret</name>"
        "<definition>Mayor of <b>Port Almond</b>.</definition>"
        "<note>Kept since 1993.</note><note role='nrol:disambiguation'>Not the singer.</note>"
        "<sameAs uri='http://www.wikidata.org/entity/Q42'><name>VALE, Margaret</name></sameAs>"
        "<sameAs><name>Peggy Vale</name></sameAs>"
    )

    def test_a_person_with_other_names_what_tells_her_apart_and_wikidata(self):
        assert read(knowledge(self.VALE)) == PersonRecord(
            "Margaret Vale",
            ("Margarethe Vale", "Peggy Vale"),
            "Mayor of Port Almond.\nNot the singer.",
            "Q42",
        )

    @pytest.mark.parametrize(
        ("kind", "reason"),
        [("abstract", "kind “abstract”: of concepts only people"), ("event", "an event")],
    )
    def test_what_is_no_person_is_refused(self, kind, reason):
        with pytest.raises(RecordError, match=reason):
            all_of(knowledge(concept("<name>x</name>", kind)))

    def test_a_thousand_people_go_in_and_a_second_time_nothing_changes(
        self, import_articles, tmp_path
    ):
        path = tmp_path / "people.xml"
        letters = [chr(97 + n) for n in range(10)]
        names = [f"{a}{b}na Vale{c}" for a in letters for b in letters for c in letters]
        path.write_text(knowledge(*(concept(f"<name>{name.title()}</name>") for name in names)))
        first = import_articles(path)
        assert first.tally == (1_000, 0, 0, 0)
        assert Person.objects.count() > 900
        assert import_articles(path).tally == (0, 0, 1_000, 0)


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        (f"<planningItem {NAMESPACE}><newsCoverageSet/></planningItem>", "announces coverage"),
        (f"<catalogItem {NAMESPACE}/>", "a catalogue of codes"),
        ("<groupSet root='G'><group/></groupSet>", "a piece of a NewsML-G2 item"),
        ("<NewsML Version='1.2'><NewsItem/></NewsML>", "ask its sender for NewsML-G2"),
    ],
)
def test_what_is_no_article_is_refused_for_a_reason_that_helps(text, reason):
    assert detect("x", text.encode()) is newsml_g2
    with pytest.raises(RecordError, match=reason):
        read(text)


def test_one_broken_item_costs_nothing_but_itself(import_articles, tmp_path):
    path = tmp_path / "wire.xml"
    broken = item(guid="urn:2").replace("</headline>", "")
    path.write_text(message(item(guid="urn:1"), broken, item(guid="urn:3")))
    answer = import_articles(path)
    assert answer.tally == (2, 0, 0, 1)
    assert "no well-formed XML" in answer.rejects[0]["reason"]
    assert 'guid="urn:2"' in answer.rejects[0]["record"]


def test_a_cancellation_without_a_text_withdraws_the_article(import_articles, tmp_path):
    path = tmp_path / "wire.xml"
    path.write_text(item())
    import_articles(path)
    later = (
        "<versionCreated>2009-12-18T00:00:00Z</versionCreated><pubStatus qcode='stat:canceled'/>"
    )
    path.write_text(item(later, "", ""))
    assert import_articles(path).tally == (0, 1, 0, 0)
    article = Article.objects.get()
    assert (article.status, article.headline) == (Status.WITHDRAWN, "Bridge opens")
