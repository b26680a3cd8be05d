"""A model that finds people in place of the rules; what it finds is trimmed and tied as ever."""

import pytest
from django.core.exceptions import ImproperlyConfigured

from archive.entities import by_model, loaded, namer
from archive.full_names import full_names
from archive.people import FoundPerson, find_people

# spaCy uses what others are about to drop.
pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning", "ignore::FutureWarning")


@pytest.fixture(autouse=True)
def anew():
    namer.cache_clear()
    yield
    namer.cache_clear()


@pytest.fixture
def model():
    """Knows a few people and a town, as a trained one would know many."""
    spacy = pytest.importorskip("spacy", reason="requirements-spacy.txt is not installed")
    made = spacy.blank("en")
    patterns = [
        ("PERSON", "Secretary Qorblon Xavik"),
        ("PERSON", "Zulu Vex"),
        ("PERSON", "Vex"),
        ("PERSON", "Moss\n\nAnn"),
        ("GPE", "Tom Town"),
    ]
    ruler = made.add_pipe("entity_ruler")
    ruler.add_patterns([{"label": label, "pattern": text} for label, text in patterns])
    return made


def test_without_a_model_the_rules_find_people():
    assert namer() is full_names


def test_a_model_that_is_not_there_is_said_with_the_way_out(settings):
    settings.PEOPLE_MODEL = "no_such_model"
    with pytest.raises(ImproperlyConfigured, match=r"requirements-spacy\.txt"):
        namer()


def test_what_a_model_takes_for_people_is_trimmed_and_tied(model):
    text = "Then Secretary Qorblon Xavik met Zulu Vex. Vex left Tom Town. So did Xavik."
    assert find_people(text, by_model(model)) == [
        FoundPerson("Qorblon Xavik", ("Qorblon Xavik", "Xavik"), 2, text.index("Qorblon")),
        FoundPerson("Zulu Vex", ("Zulu Vex", "Vex"), 2, text.index("Zulu")),
    ]


def test_no_name_runs_over_the_end_of_a_line(model):
    assert find_people("He met Moss\n\nAnn left.", by_model(model)) == []


def test_a_long_text_is_read_in_parts(model, monkeypatch):
    monkeypatch.setattr("archive.entities.LONGEST", 20)
    (person,) = find_people("It was said, and so. Zulu Vex came.", by_model(model))
    assert person.start == 21


def test_a_trained_model_is_loaded_with_no_more_than_it_takes():
    pytest.importorskip("en_core_web_sm", reason="requirements-spacy.txt is not installed")
    model = loaded("en_core_web_sm")
    assert "parser" not in model.pipe_names
    (person,) = find_people("Barack Obama met reporters.", by_model(model))
    assert person.name == "Barack Obama"
