"""Articles, saved without undoing what others did meanwhile, and moved through the newsroom."""

from collections.abc import Callable, Mapping
from typing import Any

from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from archive import services
from archive.models import Article, Status

MOVES: Mapping[Status, Callable[..., None]] = {
    Status.DRAFT: services.article_back_to_draft,
    Status.IN_REVIEW: services.article_send_to_review,
    Status.PUBLISHED: services.article_publish,
    Status.WITHDRAWN: services.article_withdraw,
}


class MovingAdmin(admin.ModelAdmin):
    """An article changes its status only through the services, one by one or many at once."""

    actions = ("publish", "withdraw", "send_to_review")

    def save_model(self, request: HttpRequest, obj: Article, form: Any, change: bool) -> None:
        """Save what this editor changed and nothing else, then make the move they chose.

        The rest may have been changed since the form was opened: an article that was withdrawn
        meanwhile must not be public again because a comma was put right.
        """
        target = Status(obj.status)
        obj.status = Status(form.initial.get("status", Status.DRAFT))
        if change:
            columns = {field.name for field in Article._meta.concrete_fields} - {"status"}
            obj.save(update_fields=[*columns.intersection(form.changed_data), "updated_at"])
        else:
            obj.save()
        if "status" in form.changed_data:
            self.move(request, obj, target)

    def move(self, request: HttpRequest, article: Article, target: Status) -> None:
        now = timezone.now()
        try:
            if target is Status.SCHEDULED and article.first_published:
                services.article_schedule(article=article, at=article.first_published, now=now)
            else:
                MOVES[target](article=article, now=now)
        except services.MoveError as error:
            self.message_user(request, error.message, messages.ERROR)

    @admin.action(description=_("Publish"), permissions=["change"])
    def publish(self, request: HttpRequest, queryset: QuerySet[Article]) -> None:
        self.move_all(request, queryset, services.articles_publish, Status.PUBLISHED)

    @admin.action(description=_("Withdraw"), permissions=["change"])
    def withdraw(self, request: HttpRequest, queryset: QuerySet[Article]) -> None:
        self.move_all(request, queryset, services.articles_withdraw, Status.WITHDRAWN)

    @admin.action(description=_("Send to review"), permissions=["change"])
    def send_to_review(self, request: HttpRequest, queryset: QuerySet[Article]) -> None:
        self.move_all(request, queryset, services.articles_send_to_review, Status.IN_REVIEW)

    def move_all(
        self,
        request: HttpRequest,
        articles: QuerySet[Article],
        move: Callable[..., int],
        target: Status,
    ) -> None:
        chosen = articles.count()
        moved = move(articles=articles, now=timezone.now())
        text = ngettext(
            "%(moved)d of %(chosen)d article is now “%(status)s”.",
            "%(moved)d of %(chosen)d articles are now “%(status)s”.",
            chosen,
        ) % {"moved": moved, "chosen": chosen, "status": target.label}
        if moved < chosen:
            text = f"{text} {_('The others cannot become that from what they are.')}"
        self.message_user(request, text, messages.SUCCESS if moved == chosen else messages.WARNING)
