"""The editors' desk as a browser meets it: forms that are fetched, filled in and sent."""

from datetime import datetime
from typing import Any

from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse
from django.utils import timezone


def signed_in(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def address_of(thing: object, page: str = "change") -> str:
    meta = thing._meta
    return reverse(f"admin:{meta.app_label}_{meta.model_name}_{page}", args=[thing.pk])


def form_of(client: Client, address: str) -> dict[str, Any]:
    """What a browser would send back if nothing were touched."""
    page = client.get(address)
    assert page.status_code == 200
    forms = [page.context["adminform"].form]
    for inline in page.context["inline_admin_formsets"]:
        forms += [inline.formset.management_form, *inline.formset.forms]
    sent: dict[str, Any] = {}
    for form in forms:
        for bound in form:
            add_field(sent, bound)
    return sent


def add_field(sent: dict[str, Any], bound) -> None:
    value = as_sent(bound.value())
    names = [bound.html_name]
    if bound.field.show_hidden_initial:
        names.append(bound.html_initial_name)
    for name in names if value is not None else ():
        if isinstance(value, datetime):
            local = timezone.localtime(value)
            sent |= {f"{name}_0": f"{local:%Y-%m-%d}", f"{name}_1": f"{local:%H:%M:%S}"}
        elif not hasattr(value, "storage"):
            sent[name] = value
        elif name == bound.html_initial_name:
            sent[name] = value.name or ""


def as_sent(value: Any) -> Any:
    """Browsers end each line with CR LF."""
    return value.replace("\n", "\r\n") if isinstance(value, str) else value


def save(client: Client, address: str, sent: dict[str, Any]) -> None:
    """Send it, and see it saved."""
    response = client.post(address, sent)
    assert response.status_code == 302, errors_of(response)


def errors_of(response) -> str:
    assert response.status_code == 200
    forms = [response.context["adminform"].form]
    found = [str(forms[0].errors)]
    for inline in response.context["inline_admin_formsets"]:
        found += [str(inline.formset.errors), str(inline.formset.non_form_errors())]
    return " ".join(found)
