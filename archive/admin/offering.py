"""After saving: the people whom the text names and the article does not mention yet."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from archive.admin.editing import EditingAdmin
from archive.models import Article
from archive.offering import people_decide, people_offered
from archive.rights import may_edit

THEN = {"list": "admin:archive_article_changelist", "change": "admin:archive_article_change"}


class OfferingAdmin(EditingAdmin):
    """Whoever saves an article is shown whom else its text names, once, and adds whom they want."""

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view(self.people_view)
        return [path("<int:pk>/people/", view, name="archive_article_people"), *super().get_urls()]

    def response_add(
        self, request: HttpRequest, obj: Article, post_url_continue: str | None = None
    ) -> HttpResponse:
        return self.offer(request, obj, super().response_add(request, obj, post_url_continue))

    def response_change(self, request: HttpRequest, obj: Article) -> HttpResponse:
        return self.offer(request, obj, super().response_change(request, obj))

    def offer(self, request: HttpRequest, saved: Article, response: HttpResponse) -> HttpResponse:
        """Lead to the people of the text before to where `response` leads; if there are any."""
        article = Article.objects.get(pk=saved.pk)  # what else was written with it is in the row
        leads_on = isinstance(response, HttpResponseRedirect)
        if not leads_on or not may_edit(request.user, article) or not people_offered(article):
            return response
        then = "change" if "_continue" in request.POST else "list"
        address = reverse("admin:archive_article_people", args=[article.pk])
        return HttpResponseRedirect(f"{address}?then={then}")

    def people_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        article = self.article_to_edit(request, pk)
        then = THEN.get(request.GET.get("then", ""), THEN["list"])
        onward = reverse(then, args=[pk] if then == THEN["change"] else [])
        if request.method == "POST":
            self.decide(request, article)
            return HttpResponseRedirect(onward)
        context = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "title": _("People in the text"),
            "original": article,
            "offers": people_offered(article),
            "onward": onward,
        }
        return TemplateResponse(request, "admin/archive/article/people.html", context)

    def decide(self, request: HttpRequest, article: Article) -> None:
        shown, accepted = request.POST.getlist("shown"), request.POST.getlist("accepted")
        added = people_decide(article=article, shown=shown, accepted=accepted, editor=request.user)
        text = ngettext("%d person was added.", "%d people were added.", added) % added
        self.message_user(request, text, messages.SUCCESS)
