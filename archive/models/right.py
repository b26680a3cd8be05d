"""What accounts may be allowed at the desk, beside Django's own adding, changing and deleting."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Right(models.TextChoices):
    """One thing that somebody may do with articles: a permission of the model Article."""

    SUBMIT = "submit_article", _("Can send articles to review")
    EDIT_ANY = "edit_any_article", _("Can edit what others wrote and what is no draft any more")
    PUBLISH = "publish_article", _("Can publish, schedule and send back articles")
    WITHDRAW = "withdraw_article", _("Can withdraw articles")
    CHANGE_MANY = "change_many_articles", _("Can change many articles at once")
