"""What is done at the desk in steps: counted first, begun by a button, watched, gone on with."""

from abc import abstractmethod
from collections.abc import Callable
from typing import Any, ClassVar, TypeVar

from django.core.exceptions import PermissionDenied
from django.db.models import Model
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import URLPattern, path, reverse
from django.utils.decorators import method_decorator
from django.views.decorators.http import require_POST

from archive.admin.readonly import OwnPageAdmin
from archive.models import Right
from archive.rights import has_right

Job = TypeVar("Job", bound=Model)


class StepwiseAdmin(OwnPageAdmin[Job]):
    """Jobs that take more than a request, each with a page of its own that carries it on.

    Among `templates`, `change.html` is the page and `_state.html` the part of it that changes.
    """

    templates: ClassVar[str]
    afterwards: ClassVar[str]
    """The name of the address where somebody goes on when a job was forgotten."""

    @abstractmethod
    def context(self, request: HttpRequest, job: Job) -> dict[str, Any]:
        """What both templates are told of a job."""

    @abstractmethod
    def go_on(self, job: Job) -> None:
        """Do the next part of it, of a few seconds at most."""

    @abstractmethod
    def obey(self, job: Job, said: str, by: Any) -> None:
        """Do what a button says; nothing where no button says so. Raises NotAllowed."""

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return has_right(request.user, Right.CHANGE_MANY)

    def has_module_permission(self, request: HttpRequest) -> bool:
        return self.has_view_permission(request)

    def get_urls(self) -> list[URLPattern]:
        def at(verb: str, view: Callable[..., HttpResponse]) -> URLPattern:
            name = self.named(verb).removeprefix("admin:")
            return path(f"<int:pk>/{verb}/", self.admin_site.admin_view(view), name=name)

        return [at("step", self.step), at("do", self.do), *super().get_urls()]

    def page(self, request: HttpRequest, row: Job) -> HttpResponse:
        """What was counted, how far it is, what came of it."""
        return self.render(request, f"{self.templates}/change.html", self.context(request, row))

    @method_decorator(require_POST)
    def step(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Go on with it; htmx asks for this again and again, a button once."""
        job = self.one(request, pk)
        self.go_on(job)
        job.refresh_from_db()
        if not getattr(request, "htmx", False):
            return HttpResponseRedirect(self.address_of(job))
        return self.render(request, f"{self.templates}/_state.html", self.context(request, job))

    @method_decorator(require_POST)
    def do(self, request: HttpRequest, pk: int) -> HttpResponse:
        """What the button says: begin, undo, or forget it."""
        job = self.one(request, pk)
        said = request.POST.get("do", "")
        self.obey(job, said, request.user)
        if said == "forget":
            return HttpResponseRedirect(reverse(self.afterwards))
        return HttpResponseRedirect(self.address_of(job))

    def one(self, request: HttpRequest, pk: int) -> Job:
        if not self.has_view_permission(request):
            raise PermissionDenied
        job: Job = get_object_or_404(self.model, pk=pk)
        return job
