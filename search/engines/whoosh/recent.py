"""What was found a moment ago, for whoever asks for it again."""

from collections import OrderedDict
from collections.abc import Callable, Hashable
from threading import Lock
from typing import Generic, TypeVar

Found = TypeVar("Found")


class Recent(Generic[Found]):
    """The last few answers that took long to find. Safe to share between threads.

    One page puts the same question several times: with its last word as a beginning, by days, with
    other spellings of other words.
    """

    def __init__(self, most: int) -> None:
        self._most = most
        self._answers: OrderedDict[Hashable, Found] = OrderedDict()
        self._lock = Lock()

    def get(self, question: Hashable, find: Callable[[], Found]) -> Found:
        """Two that ask at once may both find it."""
        with self._lock:
            if question in self._answers:
                self._answers.move_to_end(question)
                return self._answers[question]
        found = find()
        with self._lock:
            self._answers[question] = found
            if len(self._answers) > self._most:
                self._answers.popitem(last=False)
        return found
