"""Articles, saved without undoing what others did meanwhile, and moved through the newsroom."""

from collections.abc import Callable, Mapping
from functools import partial
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.widgets import AdminTextareaWidget
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from archive import editing, selectors, services
from archive.models import Article, Correction, Right, Status
from archive.rights import has_right, may_edit

MOVES: Mapping[Status, Callable[..., None]] = {
    Status.DRAFT: services.article_back_to_draft,
    Status.IN_REVIEW: services.article_send_to_review,
    Status.PUBLISHED: services.article_publish,
    Status.WITHDRAWN: services.article_withdraw,
}

CHOICE = ("action", "_selected_action", "select_across")  # what the list sends


class WithdrawForm(forms.Form):
    reason = forms.CharField(
        label=_("Why?"), widget=AdminTextareaWidget(attrs={"rows": 3}), strip=True
    )


class MovingAdmin(admin.ModelAdmin):
    """An article changes its status only through the services, one by one or many at once.

    What an account may not do is not offered; the services would refuse it as well.
    """

    actions = ("publish", "withdraw", "send_to_review")

    def get_queryset(self, request: HttpRequest) -> QuerySet[Article]:
        return selectors.articles_for(request.user)

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        may_change = super().has_change_permission(request, obj)
        return may_change and (obj is None or may_edit(request.user, obj))

    def has_publish_many_permission(self, request: HttpRequest) -> bool:
        return self.has_many_permission(request, Status.PUBLISHED)

    def has_review_many_permission(self, request: HttpRequest) -> bool:
        return self.has_many_permission(request, Status.IN_REVIEW)

    def has_withdraw_many_permission(self, request: HttpRequest) -> bool:
        return self.has_many_permission(request, Status.WITHDRAWN)

    def has_many_permission(self, request: HttpRequest, target: Status) -> bool:
        rights = (Right.CHANGE_MANY, services.RIGHTS[target])
        return all(has_right(request.user, right) for right in rights)

    def get_form(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        form: Any = super().get_form(request, *args, **kwargs)
        form.editor = request.user  # a class of this request's own
        return form

    def save_model(self, request: HttpRequest, obj: Article, form: Any, change: bool) -> None:
        """Save what this editor changed and nothing else, then make the move they chose.

        The rest may have been changed since the form was opened: an article that was withdrawn
        meanwhile must not be public again because a comma was put right.
        """
        target, changed = Status(obj.status), set(form.changed_data)
        is_move = "status" in changed
        if target is Status.SCHEDULED and "first_published" in changed:
            is_move = True  # to another hour; the move writes it
            changed.remove("first_published")
        obj.status = Status(form.initial.get("status", Status.DRAFT))
        if change:
            form.edit = editing.edit_begin(article=obj, editor=request.user)
            columns = {field.name for field in Article._meta.concrete_fields} - {"status"}
            obj.save(update_fields=[*(columns & changed), "updated_at"])
        else:
            editing.article_create(article=obj, editor=request.user)
        reason = form.cleaned_data.get("reason", "")
        if is_move and self.move(request, obj, target, reason) and change:
            editing.edit_moved(edit=form.edit)

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        """Save what hangs on the article, and keep the version that all of this is."""
        super().save_related(request, form, formsets, change)
        self.read_texts(form, change)
        if change:
            new = [made for formset in formsets for made in formset.new_objects]
            editing.edit_end(
                edit=form.edit,
                reason=form.cleaned_data.get("reason", ""),
                corrections=[made for made in new if isinstance(made, Correction)],
            )

    def read_texts(self, form: Any, change: bool) -> None:
        """Find in the texts what follows from them, as part of the same edit."""

    def move(self, request: HttpRequest, article: Article, target: Status, reason: str) -> bool:
        """Whether it became what was chosen; if not, the editor is told why."""
        about: dict[str, Any] = {"article": article, "editor": request.user, "reason": reason}
        now = timezone.now()
        try:
            if target is Status.SCHEDULED and article.first_published:
                services.article_schedule(**about, at=article.first_published, now=now)
            else:
                MOVES[target](**about, now=now)
        except services.MoveError as error:
            self.message_user(request, error.message, messages.ERROR)
            return False
        return True

    @admin.action(description=_("Publish"), permissions=["publish_many"])
    def publish(self, request: HttpRequest, queryset: QuerySet[Article]) -> None:
        self.move_all(request, queryset, services.articles_publish, Status.PUBLISHED)

    @admin.action(description=_("Send to review"), permissions=["review_many"])
    def send_to_review(self, request: HttpRequest, queryset: QuerySet[Article]) -> None:
        self.move_all(request, queryset, services.articles_send_to_review, Status.IN_REVIEW)

    @admin.action(description=_("Withdraw"), permissions=["withdraw_many"])
    def withdraw(self, request: HttpRequest, queryset: QuerySet[Article]) -> HttpResponse | None:
        """Asks why first, on a page of its own that sends the same choice again."""
        form = WithdrawForm(request.POST if "reason" in request.POST else None)
        if form.is_valid():
            reason = form.cleaned_data["reason"]
            move = partial(services.articles_withdraw, reason=reason)
            self.move_all(request, queryset, move, Status.WITHDRAWN)
            return None
        context = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "title": _("Withdraw articles"),
            "count": queryset.count(),
            "choice": [(name, one) for name in CHOICE for one in request.POST.getlist(name)],
            "form": form,
        }
        return TemplateResponse(request, "admin/archive/moving/withdraw.html", context)

    def move_all(
        self,
        request: HttpRequest,
        articles: QuerySet[Article],
        move: Callable[..., int],
        target: Status,
    ) -> None:
        chosen = articles.count()
        moved = move(articles=articles, editor=request.user, now=timezone.now())
        text = ngettext(
            "%(moved)d of %(chosen)d article is now “%(status)s”.",
            "%(moved)d of %(chosen)d articles are now “%(status)s”.",
            chosen,
        ) % {"moved": moved, "chosen": chosen, "status": target.label}
        if moved < chosen:
            others = _("The others cannot become that from what they are.")
            text = f"{text} {others}"
        self.message_user(request, text, messages.SUCCESS if moved == chosen else messages.WARNING)
