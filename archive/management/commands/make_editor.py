"""An account for the editors' desk, made once, its sign-in kept where only its owner may read."""

import secrets
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.auth.models import Group, User
from django.core.management.base import BaseCommand, CommandParser
from django.db import transaction

from archive.rights import Role, make_groups

ROLES = {role.name.lower(): role for role in Role}


class Command(BaseCommand):
    help = "Make an account for the desk, if there is none by that name, and print its sign-in."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--username", default="editor", metavar="NAME")
        parser.add_argument(
            "--group", default="editor", choices=ROLES, help="what the account may do"
        )

    def handle(self, *args: Any, username: str, group: str, **options: Any) -> None:
        kept = settings.BACKFILE_DATA / f"{username}-sign-in.txt"
        if User.objects.filter(username=username).exists():
            where = f"its sign-in is kept in {kept}" if kept.exists() else "its sign-in is not kept"
            self.stdout.write(
                f"The account “{username}” exists; {where}. "
                f"A new password: manage.py changepassword {username}"
            )
            return
        password = secrets.token_urlsafe(12)
        with transaction.atomic():
            make_editor(username, password, ROLES[group])
            keep_privately(kept, f"user: {username}\npassword: {password}\n")
        self.stdout.write(f"Sign in at /admin/ as “{username}” with the password “{password}”.")
        self.stdout.write(f"This is kept in {kept}")


def make_editor(username: str, password: str, role: Role) -> User:
    """A staff account in the group of its role."""
    make_groups()
    user = User.objects.create_user(username, password=password, is_staff=True)
    user.groups.add(Group.objects.get(name=role))
    return user


def keep_privately(path: Path, text: str) -> None:
    """Write `text` where nobody but the owner may read it at any moment; an older file is gone."""
    path.unlink(missing_ok=True)
    path.touch(mode=0o600, exist_ok=False)
    path.write_text(text)
