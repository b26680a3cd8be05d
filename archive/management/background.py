"""Commands that nobody sits and waits for, beside a site that people use."""

import os
from typing import ClassVar

from django.core.management.base import BaseCommand


class BackgroundCommand(BaseCommand):
    """Takes the processor when readers and editors leave it; on an idle machine it is as fast.

    Only where it is started by itself, never when another program calls it.
    """

    niceness: ClassVar[int] = 10
    """Added to the priority it was started with, as by `nice -n`."""

    def run_from_argv(self, argv: list[str]) -> None:
        os.nice(self.niceness)
        super().run_from_argv(argv)
