"""Every kind of page there is, and an archive in which each has something hard to show."""

from django.core.files.base import ContentFile
from django.db import transaction

from archive.attribution import quotations_extract
from archive.models import Article, Correction, Media
from tests.factories import ArticleFactory, SectionFactory

TOWNSPEOPLE = [f"Town Person{number:02}" for number in range(25)]
LONG_WORD = "Harbourmastersassistantsretirementfundtreasurers"
LONG_NAME = f"{LONG_WORD} Featherstonehaugh-Cholmondeley the Younger of Port Almond"
WHOLE_STORY = "/article/1001/the-whole-story/"

EVERY_PAGE = (
    "/",
    "/search/",
    "/search/?q=harbour&person=ann-vale&person=town-person03&from=2001&to=2005",
    "/search/?q=harbour&view=headlines",
    "/search/?q=harbour&view=timeline",
    "/search/?q=harbour&chart=share",
    "/search/?q=harbour&page=2",
    "/search/?q=harbuor",
    "/search/?q=harbour+zzzzzz",
    "/search/?q=zzzzzz&person=ann-vale&from=yesterdayish",
    "/search/why/1001/?q=harbour+harb*+-storm&section=news&from=2001&at=2",
    "/search/facet/person/?q=harbour&person=ann-vale",
    "/search/facet/tag/?order=count",
    WHOLE_STORY,
    f"{WHOLE_STORY}?q=harbour&at=2",
    "/calendar/",
    "/calendar/2001/",
    "/calendar/2001/02/",
    "/calendar/2001/02/03/",
    "/on-this-day/02-03/",
    "/on-this-day/02-01/",
    "/people/",
    "/people/?order=count&like=ann",
    "/people/?like=nobody",
    "/person/ann-vale/?year=2001",
    "/person/cay-stour/",
    "/person/cay-stour/quotations/",
    "/sections/",
    "/section/news/",
    "/tags/",
    "/tag/bridge/",
    "/nowhere/",
)


def thirty_articles() -> None:
    """24 harbour reports from 1997 on, four on a flood, two without a date."""
    news, letters = SectionFactory(name="News"), SectionFactory(name="Letters")
    for number in range(24):
        ArticleFactory(
            headline=f"Harbour report {number}",
            body=f"The harbour bridge was painted again, said the mayor. This was report {number}.",
            published=f"{1997 + number // 2}-{1 + number % 12:02}-15",
            people=["Ann Vale", TOWNSPEOPLE[number]] if number % 2 else [TOWNSPEOPLE[number]],
            section=news,
            tags=["bridge"],
        )
    for day in ("2001-02-03", "2001-02-04", "2001-07-09", "2002-01-01"):
        ArticleFactory(
            headline=f"Flood of {day}",
            body="The river rose through the night.",
            published=day,
            people=["Ben Roy"],
            section=letters,
            tags=["flood"],
        )
    ArticleFactory.create_batch(2, headline="Harbour sketch", published=None, section=letters)


def whole_story() -> Article:
    """An article with all that one can have, and words too long for a phone wherever words stand.

    Files are kept, so it needs the media folder of its own that every test has.
    """
    with transaction.atomic():
        article = ArticleFactory(
            pk=1001,
            headline=f"Harbour {LONG_WORD} & their “funds”",
            standfirst=LONG_WORD * 2,
            body=f"{LONG_WORD} met.\n\nأمس اجتمعوا في الميناء\n\n“{LONG_WORD} & I,” Stour said.",
            byline=LONG_NAME,
            place="Port Almond",
            published="2001-02-03",
            people=[LONG_NAME, "محمد المصري", "Cay Stour"],
            section="News",
            tags=["bridge", LONG_WORD],
            url="https://courier.example/1",
        )
        quotations_extract(articles=[article.pk])
        Correction.objects.create(article=article, text=f"{LONG_WORD} met.\n\nWe are sorry.")
        for kind, name in (("photo", "a.gif"), ("audio", "talk.wav"), ("file", "plan.pdf")):
            media = Media(article=article, kind=kind, title=name, alt="A street", caption=LONG_NAME)
            media.file.save(name, ContentFile(b"GIF89a\x20\x03\x58\x02"), save=True)
    return article
