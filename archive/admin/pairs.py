"""Queues of pairs that an editor decides on: both sides held against each other, one click each."""

from abc import abstractmethod
from typing import Any, ClassVar, TypeVar

from django.db.models import Model
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import URLPattern, path, reverse
from django.utils.decorators import method_decorator
from django.views.decorators.http import require_POST

from archive.admin.readonly import OwnPageAdmin

Pair = TypeVar("Pair", bound=Model)


class PairsAdmin(OwnPageAdmin[Pair]):
    """The queue, the page of a pair, and what its buttons say; then the next pair comes."""

    template: ClassVar[str]

    @abstractmethod
    def context(self, request: HttpRequest, pair: Pair) -> dict[str, Any]:
        """What the template is told of a pair, besides its title."""

    @abstractmethod
    def obey(self, request: HttpRequest, pair: Pair, said: str) -> bool:
        """Do what a button says and tell the editor. Returns: is the pair decided?"""

    @abstractmethod
    def after(self, request: HttpRequest, pair: Pair) -> Pair | None:
        """The pair to be decided next."""

    def get_urls(self) -> list[URLPattern]:
        decide = self.admin_site.admin_view(self.decide)
        name = self.named("decide").removeprefix("admin:")
        return [path("<int:pk>/decide/", decide, name=name), *super().get_urls()]

    def page(self, request: HttpRequest, row: Pair) -> HttpResponse:
        """The evidence on both, side by side."""
        return self.render(
            request, self.template, {"title": str(row), **self.context(request, row)}
        )

    @method_decorator(require_POST)
    def decide(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Do what the button says, and go on with the next pair."""
        pair = get_object_or_404(self.get_queryset(request), pk=pk)
        if not self.obey(request, pair, request.POST.get("decision", "")):
            return HttpResponseRedirect(self.address_of(pair))
        after = self.after(request, pair)
        return HttpResponseRedirect(
            self.address_of(after) if after else reverse(self.named("changelist"))
        )
