"""The desk's first page and the pages of imports, as a browser shows them."""

from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.auth.models import User
from playwright.sync_api import expect

from archive.models import Article, ImportBatch, ImportReject, Status, Upload
from tests.browser.conftest import OF_AXE, Reader
from tests.browser.looks import objections_in_every_look
from tests.desk import address_of, signed_in
from tests.factories import ArticleFactory

GOOD = '{"source": "Courier", "id": "7", "headline": "Flood", "published": "2009-02-28"}'
ADD = "/admin/archive/upload/add/"
FILE = {"name": "wire.jsonl", "mimeType": "text/plain", "buffer": GOOD.encode()}


@pytest.fixture
def reject() -> ImportReject:
    batch = ImportBatch.objects.create(read=1, rejected=1)
    ArticleFactory.create_batch(3, batch=batch, content_hash="0")
    bad = GOOD.replace("02-28", "02-31")
    return ImportReject.objects.create(
        batch=batch, file="wire.jsonl", line=1, reason="2009-02-31 is not a day", record=bad
    )


@pytest.fixture
def signed(reader: Callable[..., Reader], live_server: Any) -> Callable[..., Reader]:
    """`signed(java_script_enabled=False)`: a chief with a browser."""
    session = signed_in(User.objects.create_superuser("chief")).cookies["sessionid"].value

    def arrive(**options: Any) -> Reader:
        somebody = reader(reduced_motion="reduce", **options)
        cookie = {"name": "sessionid", "value": session, "url": live_server.url}
        somebody.context.add_cookies([cookie])
        return somebody

    return arrive


@pytest.fixture
def chief(signed: Callable[..., Reader]) -> Reader:
    return signed()


@pytest.fixture
def upload() -> Upload:
    return Upload.objects.create(
        name="wire.jsonl",
        size=1,
        state=Upload.State.CHECKED,
        created=1,
        rejected=1,
        rejects=[{"file": "wire.jsonl", "line": 2, "reason": "2009-02-31 is not a day"}],
        notes=["wire.jsonl: a remark"],
        new_people=["Ann Vale"],
    )


def test_axe_finds_nothing_to_object_to_and_nothing_scrolls_sideways(chief, reject, upload):
    ArticleFactory(status=Status.IN_REVIEW, headline="Waiting")
    undo = f"/admin/archive/importbatch/{reject.batch_id}/undo/"
    sending = (ADD, address_of(upload))
    chief.foresee(OF_AXE)
    for address in ("/admin/", address_of(reject), undo, address_of(reject.batch), *sending):
        page = chief.open(address)
        assert objections_in_every_look(page, "#content, .breadcrumbs") == [], address


def test_a_record_is_mended_checked_and_taken_in(chief, reject):
    page = chief.open(address_of(reject))
    page.get_by_label("The record, to be mended").fill(GOOD)
    page.get_by_role("button", name="Only check").click()
    expect(page.get_by_role("status")).to_contain_text("It could be taken in")
    page.get_by_role("button", name="Take it in").click()
    expect(page.get_by_text("A new entry of the archive.")).to_be_visible()
    assert Article.objects.filter(headline="Flood").exists()


def test_an_import_is_undone_after_saying_what_that_comes_to(chief, reject):
    page = chief.open(address_of(reject.batch))
    page.get_by_role("link", name="Undo").click()
    expect(page.get_by_text("3 articles would be withdrawn.")).to_be_visible()
    page.get_by_label("Delete the articles").check()
    page.get_by_role("button", name="See what this way comes to").click()
    expect(page.get_by_text("3 articles would be deleted.")).to_be_visible()
    page.get_by_role("button", name="Delete them").click()
    expect(page.get_by_text("3 articles deleted.")).to_be_visible()
    assert not Article.objects.filter(batch=reject.batch).exists()


def test_a_file_is_checked_and_imported_while_one_watches(chief):
    page = chief.open(ADD)
    page.get_by_label("File").set_input_files(FILE)
    page.get_by_role("button", name="Check the file").click()
    expect(page.get_by_role("status")).to_contain_text("This is what would happen")
    assert not Article.objects.filter(headline="Flood").exists()
    page.get_by_role("button", name="Import now").click()
    expect(page.get_by_role("status")).to_contain_text("Imported.")
    page.get_by_role("link", name="The batch").click()
    expect(page.get_by_role("link", name="Its articles")).to_be_visible()
    assert Article.objects.filter(headline="Flood").exists()


def test_without_scripts_a_button_goes_on(signed):
    page = signed(java_script_enabled=False).open(ADD)
    page.get_by_label("File").set_input_files(FILE)
    for button in ("Check the file", "Go on", "Import now", "Go on"):
        page.get_by_role("button", name=button).click()
    expect(page.get_by_role("status")).to_contain_text("Imported.")
    assert Article.objects.filter(headline="Flood").exists()
