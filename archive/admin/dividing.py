"""The form by which one person becomes two."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from archive.dating import published_in_words
from archive.models import Article, Person

DIVIDED_AT_ONCE = 300


class DivideForm(forms.Form):
    """Which of a person's articles are about somebody else, and who that is."""

    name = forms.CharField(label=_("Name of the other person"), max_length=200)
    articles = forms.TypedMultipleChoiceField(
        label=_("Articles about the other person"),
        coerce=int,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("The latest %d are listed.") % DIVIDED_AT_ONCE,
    )

    def __init__(self, person: Person, *args: Any) -> None:
        super().__init__(*args)
        self.initial = {"name": person.name}
        articles = Article.objects.filter(mentions__person=person).order_by("-first_published")
        chosen_from = self.fields["articles"]
        assert isinstance(chosen_from, forms.ChoiceField)  # noqa: S101  for the type checker
        chosen_from.choices = [(one.pk, titled(one)) for one in articles[:DIVIDED_AT_ONCE]]


def titled(article: Article) -> str:
    if not article.first_published:
        return article.title
    return f"{published_in_words(article)}: {article.title}"
