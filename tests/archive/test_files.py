"""A file is what its bytes are, and a browser runs none of them."""

import pytest
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from hypothesis import given
from hypothesis import strategies as st

from archive.files import TYPES, UNKNOWN, is_shown, type_of, validate_file
from archive.models import Media
from tests.factories import ArticleFactory

SCRIPT = b"<script>alert(1)</script>"
HEADS = {
    ".jpg": b"\xff\xd8\xff\xe0\0\x10JFIF",
    ".jpeg": b"\xff\xd8\xff\xe1",
    ".png": b"\x89PNG\r\n\x1a\n",
    ".gif": b"GIF89a",
    ".webp": b"RIFF\x24\0\0\0WEBPVP8 ",
    ".mp3": b"ID3\x04",
    ".ogg": b"OggS\0",
    ".oga": b"OggS\0",
    ".m4a": b"\0\0\0\x20ftypM4A ",
    ".wav": b"RIFF\x24\0\0\0WAVEfmt ",
    ".pdf": b"%PDF-1.7",
}
DANGEROUS = {
    "drawing.svg": b"<svg onload='alert(1)'/>",
    "page.html": SCRIPT,
    "feed.xml": b"<?xml version='1.0'?><x/>",
    "photo.png.html": HEADS[".png"] + SCRIPT,
    "photo": HEADS[".png"],
    "program.js": b"alert(1)",
}
LIARS = {
    "photo.png": b"<svg onload='alert(1)'/>",
    "photo.jpg": SCRIPT,
    "photo.gif": HEADS[".png"],
    "talk.mp3": b"MZ\x90\0",
    "talk.wav": HEADS[".webp"],
    "plan.pdf": b"PK\x03\x04",
    "empty.png": b"",
}


def test_there_is_a_head_for_every_kind_that_is_kept():
    assert HEADS.keys() == TYPES.keys()


@pytest.mark.parametrize("ending", HEADS)
def test_what_is_what_its_name_says_is_kept(ending):
    assert type_of(HEADS[ending]) == TYPES[ending]
    validate_file(ContentFile(HEADS[ending], name=f"some{ending.upper()}"))


def test_sound_without_a_tag_is_sound():
    assert type_of(b"\xff\xfb\x90\x64") == "audio/mpeg"


@pytest.mark.parametrize("name", DANGEROUS)
def test_what_a_browser_would_run_is_refused_with_the_reason(name):
    with pytest.raises(ValidationError, match="can carry programs"):
        validate_file(ContentFile(DANGEROUS[name], name=name))


@pytest.mark.parametrize("name", LIARS)
def test_what_is_not_what_its_name_says_is_refused(name):
    with pytest.raises(ValidationError, match="not what the ending"):
        validate_file(ContentFile(LIARS[name], name=name))


@given(st.binary(max_size=40))
def test_no_bytes_are_ever_shown_as_anything_that_runs(head):
    found = type_of(head)
    assert found == UNKNOWN or found in TYPES.values()
    assert "svg" not in found
    assert "html" not in found


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("name", "content", "sent_as"),
    [
        ("photo.gif", HEADS[".gif"] + SCRIPT, "image/gif"),  # a picture that is a page as well
        ("talk.mp3", HEADS[".mp3"] + SCRIPT, "audio/mpeg"),
        ("plan.pdf", HEADS[".pdf"], "application/pdf"),
        *((name, content, UNKNOWN) for name, content in (DANGEROUS | LIARS).items()),
    ],
)
def test_whatever_came_to_be_kept_is_shown_as_what_it_is_or_saved(client, name, content, sent_as):
    media = Media(article=ArticleFactory(), kind="file")
    media.file.save(name, ContentFile(content))
    response = client.get(media.get_absolute_url())
    assert b"".join(response.streaming_content) == content
    assert response.headers["Content-Type"] == sent_as
    disposition = response.headers["Content-Disposition"].partition(";")[0]
    assert disposition == ("inline" if is_shown(sent_as) else "attachment")
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    assert response.headers["Content-Security-Policy"].startswith("sandbox; default-src 'none'")
    assert not response.cookies
