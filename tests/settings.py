"""The settings of the tests: the real ones, in an environment of their own.

pytest-django reads the settings before any conftest, so the environment is prepared here.
"""

import atexit
import os
import shutil
import tempfile

DATA = tempfile.mkdtemp(prefix="backfile-tests-")
atexit.register(shutil.rmtree, DATA, ignore_errors=True)
os.environ |= {"DEBUG": "1", "BACKFILE_DATA": DATA, "SEARCH_SYNC": "inline", "TIME_ZONE": "UTC"}

from config.settings import *  # noqa: E402, F403  the only way to stand on another settings module
from config.settings import BACKFILE_DATA, DATABASES, STATIC_ROOT  # noqa: E402

# A file, as in production: SQLite in memory has other locks and no WAL.
DATABASES["default"]["TEST"] = (
    {"NAME": BACKFILE_DATA / "test.sqlite3"} if "DATABASE_URL" not in os.environ else {}
)
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STATIC_ROOT.mkdir()  # WhiteNoise warns where nothing was ever collected
