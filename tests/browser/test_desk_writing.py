"""Writing at the desk, as editors with browsers meet it."""

from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.auth.models import User
from playwright.sync_api import Dialog, Page, expect

from archive.models import Article, Status
from tests.browser.conftest import FAILED, OF_AXE, Reader
from tests.browser.looks import objections, objections_in_every_look
from tests.desk import address_of, signed_in
from tests.factories import ArticleFactory

Arrive = Callable[..., Reader]


@pytest.fixture
def article(archive: None) -> Article:
    return ArticleFactory(
        headline="Ferry late", body="One came.\n\nTwo went.", status=Status.DRAFT, published=None
    )


@pytest.fixture
def editor(reader: Arrive, live_server: Any) -> Callable[..., Reader]:
    """`editor("ann")`: a browser in which Ann is signed in at the desk."""

    def sign_in(name: str, **options: Any) -> Reader:
        user = User.objects.create_superuser(name, first_name=name.capitalize())
        session = signed_in(user).cookies["sessionid"].value
        somebody = reader(**options)
        cookie = {"name": "sessionid", "value": session, "url": live_server.url}
        somebody.context.add_cookies([cookie])
        return somebody

    return sign_in


def save(page: Page) -> None:
    page.get_by_role("button", name="Save", exact=True).click()


def test_words_are_counted_while_they_are_written_and_said_after_a_pause(editor, article):
    page = editor("ann").open(address_of(article))
    count = page.locator("[data-count-of=id_body]")
    expect(count.locator("[data-shown]")).to_have_text("Words: 4, paragraphs: 2")
    page.get_by_label("Body").fill("One came.\n\nTwo – went home.\n\n\n\nThree.")
    expect(count.locator("[data-shown]")).to_have_text("Words: 6, paragraphs: 3")
    expect(count.get_by_role("status")).to_have_text("Words: 6, paragraphs: 3")


def test_words_are_counted_at_saving_without_scripts(editor, article):
    page = editor("ann", java_script_enabled=False).open(address_of(article))
    page.get_by_label("Body").fill("One – came.")
    page.get_by_role("button", name="Save and continue editing").click()
    expect(page.locator("[data-shown]")).to_have_text("Words: 2, paragraphs: 1")


def test_leaving_asks_only_where_something_would_be_lost(editor, article):
    page = editor("ann").open(address_of(article))
    asked: list[str] = []

    def stay(dialog: Dialog) -> None:
        asked.append(dialog.type)
        dialog.dismiss()

    page.on("dialog", stay)
    page.get_by_label("Headline").fill("Ferry early")
    page.get_by_label("Headline").fill("Ferry late")
    page.reload()
    assert asked == []
    page.get_by_label("Headline").fill("Ferry early")
    page.evaluate("setTimeout(() => location.assign('/'))")
    page.wait_for_function("performance.now() > 0")
    expect(page.get_by_label("Headline")).to_have_value("Ferry early")
    assert asked == ["beforeunload"]
    save(page)
    page.wait_for_url("**/admin/archive/article/")
    assert asked == ["beforeunload"]


def test_two_editors_meet_and_neither_loses_a_word(editor, article):
    ann, ben = editor("ann"), editor("ben")
    mine, theirs = ann.open(address_of(article)), ben.open(address_of(article))
    theirs.get_by_label("Headline").fill("Ferry sunk")
    theirs.get_by_label("Body").fill("One arrived.\n\nTwo went.")
    theirs.get_by_label("Byline").fill("Ben")
    save(theirs)
    theirs.wait_for_url("**/admin/archive/article/")
    mine.get_by_label("Headline").fill("Ferry early")
    mine.get_by_label("Body").fill("One came.\n\nTwo stayed.")
    save(mine)
    meeting = mine.get_by_role("region", name="Somebody else changed this article")
    expect(meeting.locator("mark").nth(0)).to_have_text("sunk")
    expect(meeting.locator("mark").nth(1)).to_have_text("early")
    expect(mine.get_by_label("Byline")).to_have_value("Ben")
    article.refresh_from_db()
    assert article.headline == "Ferry sunk"
    meeting.get_by_role("group", name="Headline").get_by_label("Yours").check()
    meeting.get_by_role("group", name="Body").get_by_label("Both").check()
    save(mine)
    mine.wait_for_url("**/admin/archive/article/")
    article.refresh_from_db()
    assert (article.headline, article.byline) == ("Ferry early", "Ben")
    assert article.body == "One arrived.\n\nTwo stayed."


def test_editors_of_one_article_see_each_other(editor, article):
    ann, ben = editor("ann"), editor("ben")
    with ann.page.expect_response("**/presence/"):
        ann.open(address_of(article))
    page = ben.open(address_of(article))
    expect(page.locator("[data-presence]")).to_contain_text("Ann has been editing this since")


def test_a_link_for_review_is_read_by_whoever_has_it_until_it_is_taken_back(
    editor, reader, article
):
    page = editor("ann").open(address_of(article))
    page.get_by_role("button", name="Make a link").click()
    link = page.locator("[data-share-with] a").get_attribute("href")
    somebody = reader()
    somebody.foresee(FAILED)
    preview = somebody.open(link)
    expect(preview.get_by_role("heading", level=1)).to_have_text("Ferry late")
    expect(preview.get_by_role("note")).to_contain_text("Preview · not published · expires")
    assert objections(preview) == []
    page.get_by_role("button", name="Revoke").click()
    page.get_by_text("The link leads nowhere any more.").wait_for()
    preview.reload()
    expect(preview.get_by_role("heading", level=1)).not_to_have_text("Ferry late")


def test_people_are_offered_after_saving_and_only_those_ticked_are_added(editor, article):
    page = editor("ann").open(address_of(article))
    page.get_by_label("Body").fill("The mayor Ann Vale met Ben Roy.")
    save(page)
    page.get_by_label("Ben Roy").uncheck()
    page.get_by_role("button", name="Add those ticked").click()
    page.wait_for_url("**/admin/archive/article/")
    assert [mention.person.name for mention in article.mentions.all()] == ["Ann Vale"]
    page.goto(address_of(article))
    save(page)
    page.wait_for_url("**/admin/archive/article/")


def test_axe_finds_nothing_of_ours_to_object_to(editor, article):
    somebody = editor("ann")
    somebody.foresee(OF_AXE)
    page = somebody.open(address_of(article))
    page.get_by_label("Headline").fill("Ferry early")
    Article.objects.update(headline="Ferry sunk")
    save(page)
    page.get_by_role("region", name="Somebody else").wait_for()
    found = objections_in_every_look(page, ".writing, .meeting")
    assert [one for one in found if "select2" not in one] == []  # Django's own fields that complete
