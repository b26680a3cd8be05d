"""What lies under a path: folders, packed files, and what somebody hid in them."""

import bz2
import gzip
import io
import json
import lzma
import tarfile
import zipfile
from pathlib import Path

import pytest

from archive.importers.reading import packing
from archive.models import Article, Person


def line(number: int) -> bytes:
    return json.dumps({"external_id": f"b-{number}", "headline": f"Part {number}"}).encode() + b"\n"


def tar_of(members: dict[str, bytes], mode: str = "w") -> bytes:
    packed = io.BytesIO()
    with tarfile.open(fileobj=packed, mode=mode) as archive:
        for name, data in members.items():
            info = tarfile.TarInfo(name)
            info.size = len(data)
            archive.addfile(info, io.BytesIO(data))
    return packed.getvalue()


def zip_of(members: dict[str, bytes]) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return packed.getvalue()


TWO = {"in/a.jsonl": line(1), "in/b.jsonl": line(2)}


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("a.jsonl.gz", gzip.compress(line(1) + line(2))),
        ("a.jsonl.bz2", bz2.compress(line(1) + line(2))),
        ("a.jsonl.xz", lzma.compress(line(1) + line(2))),
        ("a.zip", zip_of(TWO)),
        ("a.tar", tar_of(TWO)),
        ("a.tar.gz", tar_of(TWO, "w:gz")),
        ("a.tar.bz2", tar_of(TWO, "w:bz2")),
        ("a.tar.xz", tar_of(TWO, "w:xz")),
        ("no-ending-at-all", tar_of(TWO, "w:gz")),
        ("nested.tar", tar_of({"b.zip": zip_of(TWO)})),
        ("nested.zip", zip_of({"b.tar.gz": tar_of(TWO, "w:gz")})),
    ],
    ids=lambda value: value if isinstance(value, str) else "",  # what is packed has a clock in it
)
def test_packed_files_are_read_whatever_they_are_called(import_articles, tmp_path, name, data):
    (tmp_path / name).write_bytes(data)
    answer = import_articles(tmp_path / name)
    assert (answer.code, answer.tally) == (0, (2, 0, 0, 0))


def test_a_folder_is_read_in_order_with_people_first(import_articles, jsonl):
    path = jsonl({"headline": "a", "people": ["Peggy Vale"]}, name="articles.jsonl")
    jsonl({"name": "Margaret Vale", "aliases": ["Peggy Vale"]}, name="people.jsonl")
    jsonl({"headline": "b", "people": ["Margaret Vale"]}, name="more/articles.jsonl")
    assert import_articles(path.parent).tally == (3, 0, 0, 0)
    assert Person.objects.get().mentions.count() == 2


def test_what_lies_beside_the_articles_is_left_out_and_said(import_articles, jsonl):
    path = jsonl({"headline": "a"})
    (path.parent / "README.txt").write_text("26 September 1997\n\nThis is no article.\n")
    (path.parent / "make.py").write_text("print()\n")
    (path.parent / "photo.png").write_bytes(b"\x89PNG")
    (path.parent / ".hidden.jsonl").write_text("{}")
    answer = import_articles(path.parent)
    assert (answer.code, answer.tally) == (0, (1, 0, 0, 0))
    assert "2 times: left out" in answer.told


def test_the_content_decides_and_the_ending_only_where_it_does_not(import_articles, tmp_path):
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "table.txt").write_text("headline,body\nBridge,It opened.\n")
    (tmp_path / "in" / "damaged.jsonl").write_text("oh no\n" + line(1).decode())
    answer = import_articles(tmp_path / "in")
    assert answer.tally == (2, 0, 0, 1)
    assert answer.rejects[0]["record"] == "oh no"


@pytest.mark.parametrize("name", ["../out.jsonl", "/etc/out.jsonl", "a/../../out.jsonl"])
def test_names_that_lead_out_of_a_packed_file_are_set_aside(import_articles, tmp_path, name):
    for file, data in (("a.tar", tar_of({name: line(1)})), ("a.zip", zip_of({name: line(1)}))):
        (tmp_path / file).write_bytes(data)
        answer = import_articles(tmp_path / file)
        assert (answer.code, answer.tally) == (1, (0, 0, 0, 1))
        assert "leads out" in answer.rejects[0]["reason"]


def test_links_and_devices_are_not_followed(import_articles, tmp_path, jsonl):
    packed = io.BytesIO()
    with tarfile.open(fileobj=packed, mode="w") as archive:
        for name, kind in (("link.jsonl", tarfile.SYMTYPE), ("null.jsonl", tarfile.CHRTYPE)):
            info = tarfile.TarInfo(name)
            info.type, info.linkname = kind, "/etc/hostname"
            archive.addfile(info)
    path = jsonl({"headline": "a"})
    (path.parent / "a.tar").write_bytes(packed.getvalue())
    (tmp_path / "outside.jsonl").write_bytes(line(1))
    (path.parent / "stray.jsonl").symlink_to(tmp_path / "outside.jsonl")
    (path.parent / "within.jsonl").symlink_to(path)
    answer = import_articles(path.parent)
    assert answer.tally == (1, 0, 1, 3)


@pytest.mark.parametrize("keep", [0.5, 0.9])
@pytest.mark.parametrize("ending", ["gz", "xz", "bz2"])
def test_a_packed_file_cut_short_gives_what_it_holds_and_is_set_aside(
    import_articles, tmp_path, ending, keep
):
    data = tar_of({f"{n}.jsonl": line(n) * 50 for n in range(200)}, f"w:{ending}")
    (tmp_path / "cut").write_bytes(data[: int(len(data) * keep)])
    answer = import_articles(tmp_path / "cut")
    assert answer.code == 1
    assert answer.counts["rejected"] >= 1
    assert "could not be read" in answer.rejects[-1]["reason"]


def test_a_zip_with_a_password_is_set_aside(import_articles, tmp_path):
    data = bytearray(zip_of({"a.jsonl": line(1)}))
    for signature, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        data[data.index(signature) + offset] |= 1
    (tmp_path / "a.zip").write_bytes(data)
    answer = import_articles(tmp_path / "a.zip")
    assert "password" in answer.rejects[0]["reason"]


def test_a_packed_file_with_nothing_in_it_is_set_aside(import_articles, tmp_path):
    (tmp_path / "a.zip").write_bytes(zip_of({"a.jsonl": line(1)}) + zip_of({}))  # damaged behind it
    answer = import_articles(tmp_path / "a.zip")
    assert answer.tally == (0, 0, 0, 1)
    assert answer.rejects[0]["reason"] == "no file is packed in it"


def test_what_unpacks_to_far_more_than_any_text_is_stopped(import_articles, tmp_path, monkeypatch):
    monkeypatch.setattr(packing, "FREE", 1_000_000)
    bomb = b'{"headline": "' + b"x" * 20_000_000 + b'"}\n'
    (tmp_path / "bomb.gz").write_bytes(gzip.compress(bomb))
    (tmp_path / "bomb.zip").write_bytes(zip_of({"bomb.jsonl": bomb, "b.jsonl": line(2)}))
    assert import_articles(tmp_path / "bomb.gz", "--format", "jsonl").tally[3] >= 1
    answer = import_articles(tmp_path / "bomb.zip")
    assert (answer.tally[0], answer.code) == (1, 1)
    assert any("200 times its size" in reject["reason"] for reject in answer.rejects)
    assert not Article.objects.filter(headline__startswith="xx").exists()


def test_a_record_longer_than_any_is_set_aside_and_the_next_is_read(import_articles, tmp_path):
    long = b'{"headline": "' + b"x" * 11_000_000 + b'"}\n'
    (tmp_path / "a.jsonl").write_bytes(long + line(1))
    answer = import_articles(tmp_path / "a.jsonl")
    assert answer.tally == (1, 0, 0, 1)
    assert "longer than" in answer.rejects[0]["reason"]


def test_a_packed_zip_through_a_pipe(import_articles, monkeypatch):
    class Pipe(io.BytesIO):
        def seekable(self) -> bool:
            return False

    class Stdin:
        buffer = Pipe(zip_of(TWO))

    monkeypatch.setattr("sys.stdin", Stdin)
    assert import_articles("-").tally == (2, 0, 0, 0)


@pytest.mark.shared_data
def test_the_seed_as_an_article(import_articles, shared: Path):
    answer = import_articles(shared / "seed")
    assert (answer.code, answer.tally) == (0, (1, 0, 0, 0))
    article = Article.objects.get()
    assert article.source.name == "Imported pages"
    assert [person.name for person in article.people.all()] == [
        "Anders Fogh Rasmussen",
        "Dmitry Medvedev",
    ]
    assert import_articles(shared / "seed").tally == (0, 0, 1, 0)


def test_the_sample_archive_comes_in_whole_and_only_once(import_articles):
    sample = Path(__file__).parents[3] / "sample"
    first = import_articles(sample)
    assert first.code == 0
    assert first.tally[0] == first.counts["read"]
    assert import_articles(sample).tally == (0, 0, first.counts["read"], 0)
