"""The forms by which people write to the office."""

from typing import Any

from django import forms
from django.core.validators import MaxLengthValidator
from django.utils.translation import gettext_lazy as _

from mypart_wagtail.human_check import HumanCheckMixin
from mypart_wagtail.rendering import AccessibleFormMixin
from mypart_wagtail.text import clean_text

LONGEST_TEXT = 5000


class LimitedField(forms.CharField):
    """Text that the server measures. A ``maxlength`` would cut off what people paste, without a word."""

    def __init__(self, *, longest: int, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.validators.append(MaxLengthValidator(longest))

    def to_python(self, value: Any) -> str:
        return clean_text(super().to_python(value) or "")


class MessageForm(HumanCheckMixin, AccessibleFormMixin, forms.Form):
    """Some words, and a way to answer that need not be a telephone."""

    text = LimitedField(
        longest=LONGEST_TEXT,
        label=_("What do you want to tell us?"),
        widget=forms.Textarea(attrs={"rows": 8}),
        error_messages={"required": _("Write your message.")},
    )
    name = LimitedField(
        longest=150,
        label=_("First name and surname"),
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    email = forms.EmailField(
        label=_("E-mail"),
        required=False,
        widget=forms.EmailInput(attrs={"autocomplete": "email", "maxlength": None}),
        help_text=_("We answer to it, and send a receipt at once."),
    )
    other_channel = LimitedField(
        longest=200,
        label=_("Another way to reach you"),
        required=False,
        help_text=_("For example a number for text messages, a postal address, an interpreter."),
    )
    consent = forms.BooleanField(
        label=_("I have read what happens to what I write, and agree to it"),
        error_messages={"required": _("Read what happens to what you write, and agree to it.")},
    )
    needs_a_way_to_answer = True
    facts: tuple[str, ...] = ("text", "name", "email", "other_channel")

    @property
    def can_be_mailed(self) -> bool:
        return bool(self.data.get(self.add_prefix("email")))

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        is_reachable = cleaned.get("email") or cleaned.get("other_channel") or "email" in self.errors
        if self.needs_a_way_to_answer and not is_reachable:
            self.add_error("email", _("Give your e-mail or another way to reach you, so that we can answer."))
        return cleaned

    def written(self) -> dict[str, str]:
        """What the person wrote, as ``services.write_message`` takes it."""
        return {name: self.cleaned_data[name] for name in self.facts}


class BarrierForm(MessageForm):
    """What one cannot use. It may stay without a name and without an answer."""

    page_address = LimitedField(
        longest=500,
        label=_("Address of the page"),
        required=False,
        help_text=_("Filled in with the page you came from. Change it if it is about another one."),
    )
    needs_a_way_to_answer = False
    facts = (*MessageForm.facts, "page_address")
    field_order = ["page_address", "text"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        text = self.fields["text"]
        text.label = _("What can you not use, and what happens?")
        text.help_text = _(
            "If you need something in another way, write which: read out, in large print, by e-mail."
        )
        self.fields["email"].help_text = _("Without a way to reach you we mend it, but cannot answer.")
