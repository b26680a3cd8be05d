"""The people of a wire of 1987, found in its texts alone, judged by eye."""

import tarfile
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from archive.importers import reuters_sgml
from archive.importers.base import Defaults, Record, RecordError
from archive.mentions import named_in
from archive.names import name_key

pytestmark = pytest.mark.shared_data

# Of the 140 names that most articles had when this was written, those that are people: ministers,
# bankers, brokers, buyers of firms. The one that is none was L.F. Rothschild, a bank. Whoever is
# not listed counts as none.
PEOPLE = """
A. William Reynolds; Alan Garcia; Alan Greenspan; Ali al-Khalifa al-Sabah; Allen Wallis; Andreas
Papandreou; Arturo Hernandez Grisanti; Asher Edelman; Barend du Plessis; Beryl Sprinkel; Bettino
Craxi; Bob Hawke; Boyd Jefferies; Branko Mikulic; Brian Mulroney; Carl Icahn; Caspar Weinberger;
Chang Chi-cheng; Clayton Yeutter; Corazon Aquino; Dan Glickman; Dan Rostenkowski; Daniel
Amstutz; David Boren; David Mulford; Denis Bra Kanon; Dilson Funaro; Donald Regan; Donald Trump;
Edouard Balladur; Edward Zorinsky; Eishiro Saito; Elizabeth Dole; Ferdinand Marcos; Fernando
Santos Alvite; Francesco Cossiga; Francisco Gros; Frank Naylor; Frans Andriessen; Geoffrey Howe;
George Bush; George Shultz; Gerhard Stoltenberg; Gholamreza Aqazadeh; Giovanni Goria; Gustavo
Petricioli; Hajime Tamura; Helmut Kohl; Helmut Schlesinger; Hisham Nazer; Howard Baker; Hu
Yaobang; Ignaz Kiechle; Ivan Boesky; J. Hugh Liedtke; Jacques Chirac; Jacques Delors; Jaime
Lusinchi; Jaime Ongpin; James Baker; James Goldsmith; James Miller; James Wright; Javier Perez
de Cuellar; Jim Billington; Jim Wright; Joao Sayad; John Dingell; John Herrington; John
Poindexter; John Shad; Jorge Cardenas; Jorge Marcano; Jorio Dauster; Jose Sarney; Karl Otto
Poehl; Karsten Mahlmann; Kenneth Kaunda; Kiichi Miyazawa; Kobena Erbynn; Lawton Chiles; Leon
Febres Cordero; Lloyd Bentsen; Makoto Kuroda; Malcolm Baldrige; Manuel Azpurua; Manuel Johnson;
Margaret Thatcher; Mario Brodersohn; Mario Gabelli; Mark Eyskens; Martin Sosnoff; Martin T.
Sosnoff; Michael Howard; Michael Jopling; Michael Smith; Michael Wilson; Michel Camdessus;
Mikhail Gorbachev; Nahum Vaskevitch; Nigel Lawson; Oliver North; Onno Ruding; Patrick Leahy;
Paul Bilzerian; Paul Keating; Paul Volcker; Paul de Keersmaeker; Ramon Diaz; Richard Gephardt;
Richard Lyng; Richard von Weizsaecker; Rilwanu Lukman; Robert Brusca; Robert Byrd; Robert Dole;
Robert Gates; Robert Heller; Robert Maxwell; Robin Leigh-Pemberton; Roger Douglas; Rolf
Selowsky; Ronald Reagan; Rudy Boschwitz; Satoshi Sumita; Shintaro Abe; Susan Phillips; Tadashi
Kuranari; Theodore Cross; Turgut Ozal; Ward McCarthy; Wilf Gobert; William Casey; William Gray;
William Proxmire; Willy De Clercq; Willy de Clercq; Yasuhiro Nakasone; Zhao Ziyang
"""


def records(collection: Path) -> Iterator[Record]:
    with tarfile.open(collection) as packed:
        for member in packed.getmembers():
            if member.name.endswith(".sgm") and (file := packed.extractfile(member)):
                yield from readable(reuters_sgml.split(file))


def readable(items: Iterator[object]) -> Iterator[Record]:
    for item in items:
        try:
            yield reuters_sgml.build(item, Defaults("", ZoneInfo("UTC")))
        except RecordError:
            continue  # one of them holds nothing at all


def test_of_the_hundred_people_whom_most_articles_name_at_most_five_are_none(shared: Path):
    count: Counter[str] = Counter()
    for record in records(shared / "reuters21578.tar.xz"):
        found = named_in(record.headline, record.standfirst, record.body)
        count.update({name_key(one.name): one.name for one in found}.values())
    known = {name.strip() for name in " ".join(PEOPLE.split()).split(";")}
    others = [name for name, _ in count.most_common(100) if name not in known]
    assert len(others) <= 5, others
