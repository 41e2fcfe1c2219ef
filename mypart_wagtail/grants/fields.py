"""Model and form fields of calls and awards."""

import re
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db import models
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from mypart_wagtail.money import InvalidAmount, format_amount, parse_pln


def end_of_minute_23_59(at: datetime) -> datetime:
    """23:59 means the end of the day: it becomes 00:00 of the next one, in the site's time zone."""
    local = timezone.localtime(at)
    if (local.hour, local.minute) != (23, 59):
        return at
    midnight = (local + timedelta(days=1)).replace(hour=0, minute=0, second=0, microsecond=0, tzinfo=None)
    return timezone.make_aware(midnight)


class DeadlineFormField(forms.DateTimeField):
    """Takes ``24:00`` as people write it, and 23:59 as the end of the day; nothing finer than a minute."""

    default_error_messages = {"seconds": _("Give the time to the minute, without seconds.")}

    def to_python(self, value: Any) -> datetime | None:
        if isinstance(value, str):
            value = re.sub(r"\b24:00(:00)?\b", "23:59", value)
        at = super().to_python(value)
        if at is None:
            return None
        try:
            at = end_of_minute_23_59(at)
        except OverflowError as error:  # The end of the last day that there is.
            raise forms.ValidationError(self.error_messages["invalid"], code="invalid") from error
        if at.second or at.microsecond:
            raise forms.ValidationError(self.error_messages["seconds"], code="seconds")
        return at


class DeadlineField(models.DateTimeField):
    """A moment before which something must arrive; the moment itself is too late."""

    def formfield(self, **kwargs: Any) -> Any:
        return super().formfield(**{"form_class": DeadlineFormField, **kwargs})


class AreasField(models.JSONField):
    """Points of art. 4 ust. 1, such as ``["17", "22a"]``, chosen from the statutory list."""

    def formfield(self, **kwargs: Any) -> Any:
        from mypart_wagtail.organisations.areas import area_choices

        return forms.MultipleChoiceField(
            choices=area_choices,
            required=not self.blank,
            label=capfirst(self.verbose_name),
            help_text=self.help_text,
            widget=forms.CheckboxSelectMultiple,
        )


def clean_amount(text: str) -> Decimal:
    """The amount in PLN that ``text`` means; ``ValidationError`` says why it means none."""
    try:
        return parse_pln(text)
    except InvalidAmount as error:
        raise ValidationError(str(error.message), code="amount") from error


class AmountFormField(forms.CharField):
    """Takes an amount in PLN as people write it, such as ``1 234,56``, and gives a ``Decimal``."""

    def prepare_value(self, value: Any) -> Any:
        return format_amount(value) if isinstance(value, Decimal) else value

    def to_python(self, value: Any) -> Any:
        text = super().to_python(value)
        return clean_amount(text) if text else None
