"""Work that is too long for a request, in a process of its own."""

import logging
import subprocess
import sys
from threading import Thread

from django.conf import settings

logger = logging.getLogger(__name__)


def start(command: str) -> None:
    """Begin a management command that outlives whoever began it. Raises OSError.

    It writes where we write our log. That it ended, and how, stands there too.
    """
    process = subprocess.Popen(  # noqa: S603  a command of ours
        [sys.executable, str(settings.BASE_DIR / "manage.py"), command],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        start_new_session=True,
    )
    logger.info("Process %d was started: %s.", process.pid, command)
    Thread(target=wait_for, args=(command, process), daemon=True).start()


def wait_for(command: str, process: "subprocess.Popen[bytes]") -> None:
    """Otherwise the system keeps what is left of it for us to ask."""
    if code := process.wait():
        logger.error("Process %d, %s, failed with exit code %d.", process.pid, command, code)
    else:
        logger.info("Process %d, %s, has ended well.", process.pid, command)
