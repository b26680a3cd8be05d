"""`manage.py find_duplicate_people`: fill the editors' queue of people who may be one."""

from typing import Any

from archive.identity.duplicates import how_many, letters_to_look_at, look_at
from archive.management.background import BackgroundCommand
from archive.models import Likeness
from archive.progress import meter


class Command(BackgroundCommand):
    help = (
        "Look for people who may be one and put them into the editors’ queue. Nothing is merged. "
        "Interrupted, it goes on where it was when run again; later it looks at new names."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        letters = letters_to_look_at()
        people = {letter: how_many(letter) for letter in letters}
        done = found = 0
        with meter("Comparing", self._write_line) as shown:
            for letter in letters:
                found += look_at(letter)
                done += people[letter]
                shown.show(done, sum(people.values()), done)
        waiting = Likeness.objects.count()
        self.stdout.write(f"{done:,} people compared: {found:,} new pairs; {waiting:,} wait.")

    def _write_line(self, line: str) -> None:
        self.stderr.write(line, lambda text: text)
