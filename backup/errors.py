"""What keeps a backup from being made or restored."""


class BackupError(Exception):
    """The text says what and the way out. The archive is as it was."""
