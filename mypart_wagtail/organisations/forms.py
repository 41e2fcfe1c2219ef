"""Forms of organisations: what was typed is read kindly and told plainly."""

import re
from collections.abc import Callable
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from mypart_wagtail.organisations import identifiers
from mypart_wagtail.organisations.areas import area_choices
from mypart_wagtail.organisations.models import JoinRequest, Organisation, RegisterKind, Representative
from mypart_wagtail.organisations.same_numbers import NUMBERS as IDENTIFYING
from mypart_wagtail.organisations.same_numbers import taken_by
from mypart_wagtail.rendering import AccessibleFormMixin
from mypart_wagtail.text import clean_text, visible

NUMBERS = ("nip", "regon", "postal_code", "mail_postal_code", "bank_account")
"""Fields that people paste with spaces and dashes."""

MOST_PEOPLE = 20
PHONE = re.compile(r"\+?[0-9][0-9 ()/.,\-]{4,20}( ?(w\.|wew\.|ext\.) ?[0-9]{1,6})?")

TAKEN = {
    "nip": _("“%(name)s” has a card with this NIP already. Check the number."),
    "register_number": _("“%(name)s” has a card with this KRS number already. Check the number."),
    "regon": _("“%(name)s” has a card with this REGON already. Check the number."),
}

# What browsers and people's own tools know of them (WCAG 2.2, 1.3.5), and the keyboard of a phone.
ATTRIBUTES = {
    "name": {"autocomplete": "organization"},
    "register_number": {"autocomplete": "off"},
    "nip": {"inputmode": "numeric", "autocomplete": "off"},
    "regon": {"inputmode": "numeric", "autocomplete": "off"},
    "street": {"autocomplete": "address-line1"},
    "postal_code": {"autocomplete": "postal-code"},
    "city": {"autocomplete": "address-level2"},
    "mail_street": {"autocomplete": "shipping address-line1"},
    "mail_postal_code": {"autocomplete": "shipping postal-code"},
    "mail_city": {"autocomplete": "shipping address-level2"},
    "email": {"autocomplete": "email"},
    "phone": {"autocomplete": "tel"},
    "website": {"autocomplete": "url"},
    "bank_account": {"inputmode": "numeric", "autocomplete": "off"},
}


class CleanTextMixin:
    """Guards every text field of a form with ``clean_text``."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():  # type: ignore[attr-defined]
            if isinstance(field, forms.CharField):
                field.to_python = _cleaning(field.to_python)  # type: ignore[assignment, method-assign]


def _cleaning(to_python: Callable[[Any], Any]) -> Callable[[Any], Any]:
    return lambda value: to_python(_seen(clean_text(value)) if isinstance(value, str) else value)


def _seen(text: str) -> str:
    """``text``, or nothing where there is nothing to see in it."""
    return text if visible(text).strip() else ""


class CardForm(CleanTextMixin, forms.ModelForm):
    """The card. Numbers are taken with spaces and dashes, and kept without.

    ``known`` is another organisation with the same number, once the form has been validated.
    """

    known: Organisation | None = None

    areas = forms.MultipleChoiceField(
        label=_("Areas of activity"),
        choices=area_choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Art. 4 ust. 1 of the act on public benefit activity and volunteerism."),
    )

    signatures_required = forms.IntegerField(
        label=_("How many people must sign together"), min_value=1, max_value=MOST_PEOPLE, initial=1
    )

    class Meta:
        model = Organisation
        fields = [
            "name",
            "legal_form",
            "register_kind",
            "register_number",
            "nip",
            "branch",
            "regon",
            "street",
            "postal_code",
            "city",
            "mail_street",
            "mail_postal_code",
            "mail_city",
            "email",
            "phone",
            "website",
            "bank_account",
            "is_opp",
            "areas",
            "signatures_required",
        ]
        widgets = dict.fromkeys(
            ("nip", "regon", "postal_code", "mail_postal_code", "bank_account"), forms.TextInput
        )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in NUMBERS:
            # People paste numbers with spaces; the length that counts is that of the bare number.
            self.fields[name].max_length = None  # type: ignore[attr-defined]
            self.fields[name].validators = []
            self.fields[name].widget.attrs.pop("maxlength", None)
        self.fields["phone"].widget.input_type = "tel"  # type: ignore[attr-defined]
        for name, attributes in ATTRIBUTES.items():
            self.fields[name].widget.attrs |= attributes
        for name in ("mail_street", "mail_postal_code", "mail_city"):
            self.fields[name].label = _("%(label)s (for letters)") % {"label": self.fields[name].label}
        self.fields["website"].assume_scheme = "https"  # type: ignore[attr-defined]

    def clean_phone(self) -> str:
        phone = self.cleaned_data["phone"]
        if phone and not PHONE.fullmatch(phone):
            raise ValidationError(_("Write the number as “32 555 00 00” or “+48 32 555 00 00”."))
        return phone

    def clean_nip(self) -> str:
        return _if_given(self.cleaned_data["nip"], identifiers.clean_nip)

    def clean_branch(self) -> str:
        return _if_given(self.cleaned_data["branch"], identifiers.clean_branch)

    def clean_regon(self) -> str:
        return _if_given(self.cleaned_data["regon"], identifiers.clean_regon)

    def clean_bank_account(self) -> str:
        return _if_given(self.cleaned_data["bank_account"], identifiers.clean_bank_account)

    def clean_postal_code(self) -> str:
        return identifiers.clean_postal_code(self.cleaned_data["postal_code"])

    def clean_mail_postal_code(self) -> str:
        return _if_given(self.cleaned_data["mail_postal_code"], identifiers.clean_postal_code)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("register_kind") == RegisterKind.KRS and cleaned.get("register_number"):
            try:
                cleaned["register_number"] = identifiers.clean_krs(cleaned["register_number"])
            except ValidationError as error:
                self.add_error("register_number", error)
        self.require_own_numbers(cleaned)
        return cleaned

    def require_own_numbers(self, cleaned: dict[str, Any]) -> None:
        """Told at the number, where a typing error is mended, rather than above the form."""
        for name in IDENTIFYING:
            other = (
                None if self._is_as_before(name, cleaned) else taken_by(name, cleaned, but=self.instance.pk)
            )
            if other is not None:
                self.known = other
                self.add_error(name, TAKEN[name] % {"name": other})

    def _is_as_before(self, name: str, cleaned: dict[str, Any]) -> bool:
        """Cards that share a number already, such as a branch and its parent, go on sharing it."""
        facts = (name, "register_kind", "branch")
        return bool(self.instance.pk) and all(cleaned.get(each) == self.initial.get(each) for each in facts)

    def require_enough_people(self, count: int) -> None:
        """No more people must sign together than there are."""
        if self.cleaned_data.get("signatures_required", 0) > count:
            self.add_error("signatures_required", _("There are fewer people who represent the organisation."))

    def facts(self) -> dict[str, Any]:
        """The valid facts of the card, for the services."""
        return {name: self.cleaned_data[name] for name in self.Meta.fields}


class OrganisationForm(AccessibleFormMixin, CardForm):
    """The card as the organisation's own people fill it in."""


class NewOrganisationForm(OrganisationForm):
    """A new card; whoever makes it becomes its administrator."""

    is_signer = forms.BooleanField(
        label=_("I am entitled to sign for this organisation"),
        required=False,
        help_text=_("Signers may submit offers. Others may fill them in."),
    )


class RepresentativeForm(CleanTextMixin, AccessibleFormMixin, forms.ModelForm):
    class Meta:
        model = Representative
        fields = ["name", "function"]


class PeopleFormSet(forms.BaseFormSet):
    """Those who represent the organisation. What Django says of forms means nothing to people."""

    default_error_messages = forms.BaseFormSet.default_error_messages | {
        "too_few_forms": _("Name at least one person who represents the organisation."),
        "too_many_forms": _("Name at most %(num)d people."),
    }


RepresentativeFormSet = forms.formset_factory(
    RepresentativeForm,
    formset=PeopleFormSet,
    extra=0,
    min_num=1,
    validate_min=True,
    max_num=MOST_PEOPLE,
    validate_max=True,
    can_delete=True,
)


class InvitationForm(AccessibleFormMixin, forms.Form):
    email = forms.EmailField(label=_("E-mail"))
    is_signer = forms.BooleanField(label=_("signer: may submit offers"), required=False)
    is_administrator = forms.BooleanField(
        label=_("administrator: manages the card and its people"), required=False
    )


class JoinForm(CleanTextMixin, AccessibleFormMixin, forms.ModelForm):
    """A request to join, with a message that may be left out."""

    class Meta:
        model = JoinRequest
        fields = ["message"]
        labels = {"message": _("Message to the administrators")}
        widgets = {"message": forms.Textarea(attrs={"rows": 3})}


class AskOfficeForm(CleanTextMixin, AccessibleFormMixin, forms.ModelForm):
    """A request that the city's staff decide."""

    class Meta:
        model = JoinRequest
        fields = ["message"]
        labels = {"message": _("Message to the office")}
        help_texts = {"message": _("How can the office make sure that you belong to the organisation?")}
        widgets = {"message": forms.Textarea(attrs={"rows": 3})}


class RolesForm(AccessibleFormMixin, forms.Form):
    """What a member may do beside filling in."""

    is_signer = forms.BooleanField(label=_("signer: may submit offers"), required=False)
    is_administrator = forms.BooleanField(
        label=_("administrator: manages the card and its people"), required=False
    )


def _if_given(text: str, clean: Callable[[str], str]) -> str:
    return clean(text) if text else ""
