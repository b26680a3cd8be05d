"""The developer's secret key: made once, kept in the data folder, readable by its owner alone."""

import os
import secrets
from pathlib import Path


def kept_secret(path: Path) -> str:
    """The secret kept in `path`; made there first where none is kept.

    Two processes that start together agree: the file is made whole under another name and linked
    into place, and whoever comes second reads what the first one linked.
    """
    if not path.exists():
        draft = path.with_name(f"{path.name}.{os.getpid()}")
        draft.touch(mode=0o600)
        draft.write_text(secrets.token_urlsafe(64))
        try:
            os.link(draft, path)
        except FileExistsError:
            pass
        finally:
            draft.unlink()
    return path.read_text().strip()
