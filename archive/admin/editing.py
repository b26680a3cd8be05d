"""What the pages around the form of an article stand on."""

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.shortcuts import get_object_or_404

from archive.models import Article


class EditingAdmin(admin.ModelAdmin):
    def article_to_edit(self, request: HttpRequest, pk: int) -> Article:
        """Raises PermissionDenied for whoever may not edit it, Http404 where they see no such."""
        if not self.has_change_permission(request):
            raise PermissionDenied
        article: Article = get_object_or_404(self.get_queryset(request), pk=pk)
        if not self.has_change_permission(request, article):
            raise PermissionDenied
        return article
