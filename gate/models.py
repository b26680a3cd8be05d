"""What all processes have to know of those who ask often."""

from django.db import models


class Bucket(models.Model):
    """The tokens that a guest has spent at one door.

    The bucket is full again at `full_at`; then the row says nothing any more, and goes.
    """

    key = models.CharField(max_length=100, primary_key=True)
    full_at = models.DateTimeField(db_index=True)

    class Meta:
        default_permissions = ()

    def __str__(self) -> str:
        return self.key


class Guesses(models.Model):
    """Failed sign-ins of an account, an address or a browser, as of the last one."""

    key = models.CharField(max_length=100, primary_key=True)
    failures = models.FloatField()
    last_at = models.DateTimeField(db_index=True)

    class Meta:
        default_permissions = ()

    def __str__(self) -> str:
        return self.key
