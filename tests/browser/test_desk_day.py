"""A whole day at the desk, as a contributor, an editor and a chief live it, with the worker.

After each step a reader looks for the article everywhere, and finds it exactly while it is public.
"""

from collections.abc import Callable
from datetime import timedelta
from io import StringIO
from typing import Any

import pytest
import time_machine
from django.core.management import call_command
from django.test import Client
from django.utils import timezone
from playwright.sync_api import Page, expect

from archive.models import Article, Status
from archive.rights import Role
from archive.versions import versions_kept
from tests.browser.conftest import Reader
from tests.browser.looks import objections_in_every_look
from tests.desk import address_of, signed_in
from tests.factories import SourceFactory, member

Arrive = Callable[..., Reader]
ASKED = (
    "/",
    "/search/",
    "/search/?q=zephyrine",
    "/search/suggest/?q=zephyri",
    "/search/facet/section/?q=zephyrine",
    "/calendar/",
)


@pytest.fixture
def at_the_desk(reader: Arrive, live_server: Any, settings: Any) -> Callable[[Role], Page]:
    """`at_the_desk(Role.EDITOR)`: a browser in which somebody of this role is signed in."""
    settings.SEARCH_SYNC = "worker"

    def sign_in(role: Role) -> Page:
        session = signed_in(member(role)).cookies["sessionid"].value
        somebody = reader()
        cookie = {"name": "sessionid", "value": session, "url": live_server.url}
        somebody.context.add_cookies([cookie])
        return somebody.page

    return sign_in


def ferry() -> Article:
    return Article.objects.get(headline="Ferry aground")


def work() -> None:
    """What the worker does between two looks."""
    call_command("index_worker", "--once", stdout=StringIO())


def assert_hidden() -> None:
    """No public page says what only the article says, before and after the worker looks."""
    for _ in range(2):
        article, public = ferry(), Client()
        assert public.get(article.get_absolute_url()).status_code == 404
        pages = [public.get(address).content.decode() for address in ASKED]
        assert not any("aground" in page.lower() for page in pages)
        work()


def public_page() -> str:
    """The article as a reader finds it by searching."""
    work()
    article, public = ferry(), Client()
    assert article.get_absolute_url() in public.get("/search/?q=zephyrine").content.decode()
    return public.get(article.get_absolute_url()).content.decode()


def save(page: Page, **filled: str) -> None:
    for name, value in filled.items():
        field = page.locator(f"[name={name}]")
        if name == "status":
            field.select_option(value)
        else:
            field.fill(value)
    page.get_by_role("button", name="Save and continue editing").first.click()


def choose(page: Page, field: str, name: str) -> None:
    """Find one among many by typing."""
    page.locator(f".field-{field} .select2-selection").click()
    page.locator(".select2-search__field").last.fill(name[:4])
    page.locator(".select2-results__option", has_text=name).click()


def offered(page: Page) -> list[str]:
    return page.locator("[name=status] option").evaluate_all("all => all.map(one => one.value)")


def events(page: Page) -> list[str]:
    """The history as it is shown, the newest first: what, who, why."""
    page.goto(address_of(ferry(), "history"))
    rows = page.locator("#change-history tbody tr")
    return [", ".join(row.locator("td").all_inner_texts()[1:]) for row in rows.all()]


def test_a_day_at_the_desk(at_the_desk):
    SourceFactory(name="Port Almond Courier")
    contributor, editor, chief = map(at_the_desk, Role)

    contributor.goto("/admin/archive/article/add/")
    assert offered(contributor) == ["draft", "in_review"]
    choose(contributor, "source", "Port Almond Courier")
    save(contributor, headline="Ferry aground", body="The Zephyrine ran aground at seven.")
    expect(contributor.locator(".messagelist")).to_contain_text("was added successfully")
    assert_hidden()

    save(contributor, status="in_review")
    expect(contributor.locator(".messagelist")).to_contain_text("was changed successfully")
    expect(contributor.get_by_role("button", name="Save")).to_have_count(0)
    assert_hidden()

    form = address_of(ferry())
    editor.goto(form)
    assert offered(editor) == ["in_review", "draft", "scheduled", "published"]
    save(editor, status="draft")
    expect(editor.locator(".errorlist")).to_contain_text("Say why.")
    save(editor, reason="Who says so?")
    expect(editor.locator(".messagelist")).to_contain_text("was changed successfully")
    assert_hidden()

    assert "in review → draft, editor, Who says so?" in events(contributor)
    contributor.goto(form)
    said = "The Zephyrine ran aground at seven, her master said."
    save(contributor, body=said, status="in_review")
    expect(contributor.locator(".messagelist")).to_contain_text("was changed successfully")

    hour = timezone.now().replace(second=0, microsecond=0) + timedelta(hours=2)
    editor.goto(form)
    expect(editor.locator(".field-first_published")).to_contain_text("Newsroom time (UTC)")
    save(
        editor,
        status="scheduled",
        first_published_0=f"{hour:%Y-%m-%d}",
        first_published_1=f"{hour:%H:%M}",
    )
    expect(editor.locator(".messagelist")).to_contain_text("was changed successfully")
    assert_hidden()

    with time_machine.travel(hour - timedelta(seconds=2), tick=False):
        assert_hidden()
    with time_machine.travel(hour, tick=False):
        assert Client().get(ferry().get_absolute_url()).status_code == 200
        assert said in public_page()
    assert ferry().status == Status.PUBLISHED
    with time_machine.travel(hour + timedelta(minutes=1)):
        correct_and_withdraw(editor, chief, form)


def test_axe_finds_nothing_to_object_to_in_a_history(at_the_desk, archive):
    article = Article.objects.filter(headline__contains="arbour").first()
    with versions_kept(articles=[article.pk], by=member(Role.EDITOR), reason="A fact. " * 30):
        Article.objects.filter(pk=article.pk).update(headline="Another", body="Another. " * 90)
    page = at_the_desk(Role.EDITOR)
    version = f"{address_of(article)[: -len('change/')]}versions/{article.versions.latest().pk}/"
    for address in (address_of(article, "history"), version):
        page.goto(address)
        assert objections_in_every_look(page, "#content") == [], address


def correct_and_withdraw(editor: Page, chief: Page, form: str) -> None:
    editor.goto(form)
    assert offered(editor) == ["published", "withdrawn"]
    editor.locator(".rows--corrections > summary").first.click()
    editor.locator("#corrections-group .add-row a").click()
    editor.locator("[name=corrections-0-shows_changes]").check()
    save(
        editor,
        body="The Zephyrine ran aground at eight, her master said.",
        **{"corrections-0-text": "It was at eight."},
    )
    expect(editor.locator(".messagelist")).to_contain_text("was changed successfully")
    page = public_page()
    assert "It was at eight." in page
    assert "at <del>seven</del><ins>eight</ins>" in page

    chief.goto(form)
    save(chief, status="withdrawn", reason="Not our story.")
    expect(chief.locator(".messagelist")).to_contain_text("was changed successfully")
    assert_hidden()
    assert events(chief)[:4] == [
        "published → withdrawn, chief, Not our story.",
        "changed, editor, ",
        "correction, shown to readers, –, It was at eight.",
        "published by itself, at its hour, –, ",
    ]
