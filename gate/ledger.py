"""What guests have spent in all processes together, in the database.

A bucket is kept as the moment at which it is full again: to spend a token moves that on by the time
in which one is filled (the virtual scheduling algorithm of ITU-T I.371). A guest without a row has
a full bucket.
"""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import NamedTuple

from django.db import transaction

from gate.allowances import Allowance
from gate.models import Bucket


class Debt(NamedTuple):
    """What a guest is allowed, and the tokens that were spent of it."""

    allowance: Allowance
    tokens: float


@transaction.atomic
def settle(debts: Mapping[str, Debt], now: datetime) -> dict[str, float]:
    """Write down what was spent, of all these guests in one transaction.

    Returns the seconds that each has to wait who has spent more than there was. Rows of those whose
    buckets are full again are removed.
    """
    Bucket.objects.filter(full_at__lt=now).delete()
    # By key, as all do, or two processes could wait for each other.
    keys = sorted(debts)
    Bucket.objects.bulk_create(
        [Bucket(key=key, full_at=now) for key in keys], ignore_conflicts=True
    )
    buckets = list(Bucket.objects.select_for_update().filter(key__in=keys).order_by("key"))
    for bucket in buckets:
        bucket.full_at = spent(bucket.full_at, debts[bucket.key], now)
    Bucket.objects.bulk_update(buckets, ["full_at"])
    waits = {one.key: wait(one.full_at, debts[one.key].allowance, now) for one in buckets}
    return {key: seconds for key, seconds in waits.items() if seconds > 0}


def spent(full_at: datetime, debt: Debt, now: datetime) -> datetime:
    """When the bucket is full once these tokens are taken out, too.

    No bucket takes longer than twice its time to fill: where a clock was set back, what was written
    before it lies far ahead.
    """
    latest = now + timedelta(seconds=2 * debt.allowance.seconds)
    begins = min(max(full_at, now), latest)
    return begins + timedelta(seconds=debt.tokens / debt.allowance.a_second)


def wait(full_at: datetime, allowance: Allowance, now: datetime) -> float:
    """Seconds until the bucket has a token again; less than 0 if it has some."""
    return (full_at - now).total_seconds() - allowance.seconds
