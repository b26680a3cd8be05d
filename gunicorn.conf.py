"""What gunicorn does beside serving: `gunicorn --threads 16 config.wsgi` reads this by itself.

Its own lines join ours in one log. Where there is a METRICS_TOKEN, its processes count requests
into files that whichever of them is asked for /metrics adds up. The files are mapped into memory,
and on a full disk a process that writes to such a file is killed: so they lie in memory, too.
"""

import os as _os
import shutil as _shutil
import tempfile as _tempfile
from pathlib import Path as _Path
from typing import Any

from config import settings as _settings

# As far as gunicorn goes: longer addresses than we take (`gate.limits`) get a page of ours.
limit_request_line = 8190

_MEMORY = _Path("/dev/shm")  # noqa: S108  a folder of its own is made there, for us alone

logconfig_dict = _settings.LOGGING | {
    "loggers": _settings.LOGGING["loggers"]
    | {"gunicorn.error": {"handlers": ["console"], "level": "INFO"}}
}


def on_starting(server: Any) -> None:
    """Before the first process is started: they find the folder's name in the environment."""
    if _settings.METRICS_TOKEN:
        beneath = _MEMORY if _os.access(_MEMORY, _os.W_OK) else _settings.BACKFILE_DATA
        folder = _tempfile.mkdtemp(prefix="backfile-metrics-", dir=beneath)
        _os.environ["PROMETHEUS_MULTIPROC_DIR"] = folder


def on_exit(server: Any) -> None:
    if folder := _os.environ.get("PROMETHEUS_MULTIPROC_DIR"):
        _shutil.rmtree(folder, ignore_errors=True)
