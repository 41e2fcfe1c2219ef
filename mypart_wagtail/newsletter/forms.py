"""The forms by which people subscribe and change what they get."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.validators import MaxLengthValidator
from django.utils.translation import gettext_lazy as _

from mypart_wagtail.human_check import HumanCheckMixin
from mypart_wagtail.languages import language_choices
from mypart_wagtail.newsletter.topics import topic_choices
from mypart_wagtail.rendering import AccessibleFormMixin

LONGEST_EMAIL = 254


class TopicsField(forms.MultipleChoiceField):
    """The topics of the installed apps, as boxes to tick."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(
            **{
                "label": _("What do you want to read about?"),
                "choices": topic_choices,
                "widget": forms.CheckboxSelectMultiple,
                "error_messages": {"required": _("Choose at least one topic.")},
                **kwargs,
            }
        )

    def clean(self, value: Any) -> list[str]:
        """Each topic once, however often it was posted."""
        return list(dict.fromkeys(super().clean(value)))


class SubscribeForm(HumanCheckMixin, AccessibleFormMixin, forms.Form):
    """An address and what it wants to read. No topic is ticked beforehand: that would be no choice."""

    email = forms.EmailField(
        label=_("E-mail"),
        validators=[MaxLengthValidator(LONGEST_EMAIL)],
        widget=forms.EmailInput(attrs={"autocomplete": "email", "maxlength": None}),
        help_text=_("We send a link to it. You are subscribed when you have opened the link and confirmed."),
        error_messages={"required": _("Write your e-mail.")},
    )
    topics = TopicsField()
    consent = forms.BooleanField(
        label=_("I want the newsletter by e-mail, have read what happens to my address, and agree to it"),
        error_messages={"required": _("Read what happens to your address, and agree to it.")},
    )


class ChoiceForm(AccessibleFormMixin, forms.Form):
    """What a subscriber gets, and in which language."""

    topics = TopicsField()
    language = forms.ChoiceField(label=_("Language"), choices=language_choices)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if len(language_choices()) == 1:
            del self.fields["language"]
