"""The sentences that the corpus is resampled from, and how long real articles are."""

import hashlib
import json
import re
import tarfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from zoneinfo import ZoneInfo

from django.conf import settings

from archive.importers import reuters_sgml
from archive.importers.base import Defaults, RecordError

_BETWEEN = re.compile(r"(?<=[.!?]) (?=[“\"]?[A-Z])|(?<=[.!?][”\"]) (?=[“\"]?[A-Z])")


@dataclass(frozen=True)
class Sentences:
    """What articles are made of. Nothing in it holds a line break.

    lengths: for every real article, the number of sentences in its body; 0 for a bare headline.
    """

    source: str
    headlines: tuple[str, ...]
    bodies: tuple[str, ...]
    lengths: tuple[int, ...]

    @property
    def digest(self) -> str:
        """Changes with any of them."""
        content = json.dumps((self.headlines, self.bodies, self.lengths))
        return hashlib.sha256(content.encode()).hexdigest()


def real_sentences() -> Sentences:
    """Of Reuters-21578; of the sample archive where the shared data is absent."""
    archive = settings.BACKFILE_SHARED / "data" / "reuters21578.tar.xz"
    if archive.exists():
        return collected("Reuters-21578", reuters(archive))
    return collected("the sample archive", sample(settings.BASE_DIR / "sample" / "articles.jsonl"))


def reuters(archive: Path) -> Iterator[tuple[str, tuple[str, ...]]]:
    """The headline and the paragraphs of every article."""
    defaults = Defaults(source="", zone=ZoneInfo("UTC"))
    with tarfile.open(archive) as files:
        for member in files:
            file = files.extractfile(member)
            if file and member.name.endswith(reuters_sgml.ENDINGS):
                for raw in reuters_sgml.split(BytesIO(file.read())):
                    try:
                        record = reuters_sgml.build(raw, defaults)
                    except RecordError:  # an impossible date: no matter here, but not worth a case
                        continue
                    yield record.headline, record.paragraphs


def sample(file: Path) -> Iterator[tuple[str, tuple[str, ...]]]:
    for line in file.read_text(encoding="utf-8").splitlines():
        article = json.loads(line)
        yield article["headline"], tuple(article["body"])


def collected(source: str, articles: Iterable[tuple[str, tuple[str, ...]]]) -> Sentences:
    headlines: list[str] = []
    bodies: list[str] = []
    lengths: list[int] = []
    for headline, paragraphs in articles:
        if headline := on_one_line(headline):
            headlines.append(headline)
        body = [found for text in paragraphs for found in _BETWEEN.split(on_one_line(text))]
        bodies += body
        lengths.append(len(body))
    return Sentences(source, tuple(headlines), tuple(bodies), tuple(lengths))


def on_one_line(text: str) -> str:
    return " ".join(text.split())
