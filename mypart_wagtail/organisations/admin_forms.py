"""Forms of the Wagtail admin: the same rules as for the organisations' own people."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib.auth import get_user_model
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.models import Site

from mypart_wagtail.confirmation import has_confirmed_address
from mypart_wagtail.organisations.card import card_version
from mypart_wagtail.organisations.forms import CardForm, CleanTextMixin
from mypart_wagtail.organisations.models import (
    Authority,
    JoinRequest,
    JoinStatus,
    LegalText,
    Membership,
)
from mypart_wagtail.staff import sites_of
from mypart_wagtail.text import visible


class OrganisationAdminForm(CardForm):
    """The card with those who represent the organisation, one a line."""

    representatives = forms.CharField(
        label=_("People who represent it"),
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_(
            "One a line: first name and surname, a comma, function. As in the register. "
            "A name that holds a comma itself is followed by a semicolon."
        ),
    )

    shown_on = forms.ModelMultipleChoiceField(
        queryset=Site.objects.none(),
        label=_("Shown in the directory of"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_(
            "The public then sees name, town, web site and areas in lists and in the search, and a profile "
            "that the organisation fills in."
        ),
    )

    version = forms.CharField(required=False, widget=forms.HiddenInput)

    class Meta(CardForm.Meta):
        pass

    def __init__(self, *args: Any, for_user: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["shown_on"].queryset = self.own_sites = sites_of(for_user)  # type: ignore[attr-defined]
        if self.instance.pk:
            self.initial["shown_on"] = [entry.site_id for entry in self.instance.directory_entries.all()]
            people = self.instance.representatives.all()
            self.initial["representatives"] = "\n".join(map(_line, people))
            self.initial["version"] = card_version(self.instance)

    def clean_representatives(self) -> list[dict[str, str]]:
        lines = filter(None, map(str.strip, self.cleaned_data["representatives"].splitlines()))
        return [_person(line) for line in lines]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if "representatives" in cleaned:
            self.require_enough_people(len(cleaned["representatives"]))
        return cleaned


def _line(person: Any) -> str:
    """``person`` as ``_person`` reads it back."""
    needs_semicolon = "," in person.name or ";" in person.function
    return f"{person.name}{';' if needs_semicolon else ','} {person.function}"


def _person(line: str) -> dict[str, str]:
    """Who "Anna Nowak, prezeska" is. Raises ``ValidationError`` with the line that is wrong."""
    separator = ";" if ";" in line else ","
    name, _separator, function = (part.strip() for part in line.partition(separator))
    if not visible(name).strip() or not visible(function).strip():
        message = _("“%(line)s” needs a comma between name and function.")
    elif len(name) > 150 or len(function) > 100:
        message = _("“%(line)s” is too long.")
    else:
        return {"name": name, "function": function}
    raise ValidationError(message, params={"line": line})


class MembershipForm(forms.ModelForm):
    """Someone is let in. A list of everyone with an account would be long; staff know the e-mail."""

    email = forms.EmailField(label=_("E-mail the person signs in with"))

    class Meta:
        model = Membership
        fields = ["organisation", "is_signer", "is_administrator"]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        people = get_user_model().objects.filter(is_active=True, email__iexact=cleaned.get("email", ""))
        self.person = people.first()
        if "email" in cleaned and self.person is None:
            self.add_error("email", _("Nobody has an account with this e-mail."))
        elif self.person and not has_confirmed_address(self.person):
            self.add_error(
                "email", _("The owner of this e-mail has not confirmed it: it may be somebody else.")
            )
        elif Membership.objects.filter(organisation=cleaned.get("organisation"), user=self.person).exists():
            self.add_error("email", _("This person belongs to the organisation already."))
        return cleaned


class MembershipRolesForm(forms.ModelForm):
    """Somebody else, or another organisation, is another membership."""

    class Meta:
        model = Membership
        fields = ["is_signer", "is_administrator"]


class JoinRequestAdminForm(forms.ModelForm):
    """The answer of the city's staff."""

    status = forms.ChoiceField(label=_("Answer"), choices=JoinStatus.choices, widget=forms.RadioSelect)
    is_signer = forms.BooleanField(label=_("signer: may submit offers"), required=False)

    class Meta:
        model = JoinRequest
        fields = ["status"]


class AuthorityForm(CleanTextMixin, WagtailAdminModelForm):
    """An authority of a site where one works."""

    class Meta:
        model = Authority
        fields = [
            "site",
            "name",
            "office",
            "address",
            "email",
            "phone",
            "officer_name",
            "officer_email",
            "officer_phone",
        ]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["site"].queryset = sites_of(self.for_user)


class LegalTextForm(CleanTextMixin, WagtailAdminModelForm):
    """A new version; its number follows by itself."""

    class Meta:
        model = LegalText
        fields = ["authority", "kind", "language", "title", "body"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["authority"].queryset = Authority.objects.filter(site__in=sites_of(self.for_user))
        self.fields["language"].help_text = _(
            "The newest version gets its translation; where it has one, a new version begins."
        )
