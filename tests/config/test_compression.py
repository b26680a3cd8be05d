"""Pages are sent compressed; what streams is not touched."""

import gzip

import pytest
from django.core.files.base import ContentFile

from archive.models import Media
from tests.factories import ArticleFactory

pytestmark = pytest.mark.django_db

GZIP = {"Accept-Encoding": "gzip, br"}


def test_a_page_is_compressed_for_who_takes_it_so(client):
    plain, packed = client.get("/"), client.get("/", headers=GZIP)
    assert packed.headers["Content-Encoding"] == "gzip"
    assert gzip.decompress(packed.content) == plain.content
    assert "Accept-Encoding" in plain.headers["Vary"]
    assert "Content-Encoding" not in plain.headers


@pytest.mark.parametrize("wanted", [{}, {"Range": "bytes=1000-1999"}])
def test_a_recording_can_be_sought_in_also_by_who_takes_pages_compressed(client, wanted):
    media = Media(article=ArticleFactory(), kind="audio")
    media.file.save("talk.wav", ContentFile(b"\0" * 4000))
    response = client.get(media.get_absolute_url(), headers=GZIP | wanted)
    assert "Content-Encoding" not in response.headers
    assert len(b"".join(response.streaming_content)) == int(response.headers["Content-Length"])
