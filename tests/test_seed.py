"""The page that the project began with, from file to search box: who is in it, who said what."""

from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command
from django.test import Client

from archive.models import Article, Mention, Person, Quotation

pytestmark = [pytest.mark.shared_data, pytest.mark.django_db]

RASMUSSEN, MEDVEDEV = "Anders Fogh Rasmussen", "Dmitry Medvedev"


@pytest.fixture
def article(shared: Path, settings, tmp_path: Path) -> Article:
    settings.BACKFILE_DATA = tmp_path
    call_command("import_articles", str(shared / "seed"), stdout=StringIO(), stderr=StringIO())
    return Article.objects.get()


def test_exactly_two_people_with_all_their_mentions(article):
    told = [(str(one), one.surfaces, one.count) for one in Mention.objects.all()]
    assert told == [
        (RASMUSSEN, ["Rasmussen", RASMUSSEN, "Rasmusen"], 8),
        (MEDVEDEV, [MEDVEDEV, "President Medvedev"], 2),
    ]
    assert Person.objects.count() == 2


def test_who_said_what(article):
    said = Quotation.objects.order_by("-part", "start")
    assert [(one.part, one.text[:24], one.surface, str(one.speaker)) for one in said] == [
        ("headline", "NATO will never attack R", "Rasmussen", RASMUSSEN),
        ("body", "Relations between Russia", "President Medvedev", MEDVEDEV),
        ("body", "I’m here to confirm that", "NATO Secretary General", RASMUSSEN),
        ("body", "A united missile shield ", "he", RASMUSSEN),
        ("body", "NATO will never attack R", "he", RASMUSSEN),
        ("body", "I would like to send a v", "Rasmussen", RASMUSSEN),
        ("body", "we have enough documents", "He", RASMUSSEN),
    ]


@pytest.mark.parametrize(
    ("typed", "name"),
    [("rasmusen", RASMUSSEN), ("Medvedyev", MEDVEDEV), ("dmitri medvedev", MEDVEDEV)],
)
def test_a_slip_in_the_search_box_finds_whom_it_means(client: Client, article, typed, name):
    page = client.get("/search/", {"q": typed}).content.decode()
    assert "Showing articles that mention" in page
    assert f">{name}</a>" in page
    assert article.get_absolute_url() in page
