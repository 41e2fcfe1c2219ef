"""A question in words instead of a picture: for eyes and ears alike, in the language of the page.

Questions are data: kinds of things, and words for each. One word of a kind stands among two of other
kinds. The store of django-simple-captcha keeps the words' keys, so that the question is put in whatever
language the page is in, and lets each question be answered once.
"""

import random
import unicodedata
from functools import cached_property
from typing import Any

from captcha.fields import BaseCaptchaTextInput, CaptchaAnswerInput, CaptchaField, CaptchaHiddenInput
from captcha.models import CaptchaStore
from django import forms
from django.conf import settings
from django.utils import timezone
from django.utils.functional import lazy
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override, pgettext_lazy

from mypart_wagtail.human_check import LONGEST_ATTEMPT

QUESTIONS = {
    "animal": _("Which of these words is an animal: %(words)s?"),
    "colour": _("Which of these words is a colour: %(words)s?"),
    "fruit": _("Which of these words is a fruit: %(words)s?"),
    "day": _("Which of these words is a day of the week: %(words)s?"),
    "clothes": _("Which of these words is something to wear: %(words)s?"),
}

# Keys stay under ten letters: the store holds three of them in 32 characters.
WORDS = {
    "animal": {
        "cat": pgettext_lazy("human check", "cat"),
        "dog": pgettext_lazy("human check", "dog"),
        "horse": pgettext_lazy("human check", "horse"),
        "cow": pgettext_lazy("human check", "cow"),
        "fish": pgettext_lazy("human check", "fish"),
    },
    "colour": {
        "red": pgettext_lazy("human check", "red"),
        "green": pgettext_lazy("human check", "green"),
        "blue": pgettext_lazy("human check", "blue"),
        "yellow": pgettext_lazy("human check", "yellow"),
        "white": pgettext_lazy("human check", "white"),
    },
    "fruit": {
        "apple": pgettext_lazy("human check", "apple"),
        "plum": pgettext_lazy("human check", "plum"),
        "cherry": pgettext_lazy("human check", "cherry"),
        "banana": pgettext_lazy("human check", "banana"),
        "lemon": pgettext_lazy("human check", "lemon"),
    },
    "day": {
        "monday": pgettext_lazy("human check", "Monday"),
        "wednesday": pgettext_lazy("human check", "Wednesday"),
        "friday": pgettext_lazy("human check", "Friday"),
        "sunday": pgettext_lazy("human check", "Sunday"),
    },
    "clothes": {
        "coat": pgettext_lazy("human check", "coat"),
        "shirt": pgettext_lazy("human check", "shirt"),
        "shoes": pgettext_lazy("human check", "shoes"),
        "hat": pgettext_lazy("human check", "hat"),
    },
}

LONGEST_ANSWER = 50
"""Characters of an answer that are read at all: the longest word has twelve."""

_SEPARATOR = ","
_random = random.SystemRandom()


def ask() -> CaptchaStore:
    """A new question, stored until it is answered or grows old."""
    kind, *others = _random.sample(sorted(WORDS), 3)
    answer = _random.choice(sorted(WORDS[kind]))
    keys = [answer, *(_random.choice(sorted(WORDS[other])) for other in others)]
    _random.shuffle(keys)
    until = timezone.now() + LONGEST_ATTEMPT
    return CaptchaStore.objects.create(challenge=_SEPARATOR.join(keys), response=answer, expiration=until)


def question(store: CaptchaStore) -> str:
    """The stored question in the language active now."""
    words = ", ".join(str(WORDS[_kind(key)][key]) for key in store.challenge.split(_SEPARATOR))
    return str(QUESTIONS[_kind(store.response)]) % {"words": words}


def key_of(typed: str) -> str:
    """The key of the word that someone typed in any of the site's languages; "" if it is none of ours.

    Capitals, accents, quotation marks and full stops make no difference.
    """
    if len(typed) > LONGEST_ANSWER:
        return ""
    plain = _plain(typed)
    for language, _name in settings.LANGUAGES:
        with override(language):
            for words in WORDS.values():
                for key, in_words in words.items():
                    if _plain(str(in_words)) == plain:
                        return key
    return ""


def _kind(key: str) -> str:
    return next(kind for kind, words in WORDS.items() if key in words)


def _plain(text: str) -> str:
    decomposed = unicodedata.normalize("NFKD", text.casefold().replace("ł", "l"))
    return "".join(character for character in decomposed if character.isalpha())


class _KeyInput(CaptchaHiddenInput):
    """The key of the question. Hidden, so it takes none of the attributes that describe the visible box."""

    def build_attrs(self, *args: Any, **kwargs: Any) -> dict[str, Any]:
        attrs = super().build_attrs(*args, **kwargs)
        return {name: value for name, value in attrs.items() if name == "id"}


class _AnswerInput(CaptchaAnswerInput):
    """The box for the answer, without an attribute that only one maker of browsers knows."""

    def build_attrs(self, *args: Any, **kwargs: Any) -> dict[str, Any]:
        attrs = super().build_attrs(*args, **kwargs)
        return {name: value for name, value in attrs.items() if name != "autocorrect"}


class WordsInput(BaseCaptchaTextInput):
    """Puts a new question each time the form is shown."""

    use_fieldset = False

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs)
        self.widgets = [_KeyInput(), _AnswerInput()]

    @cached_property
    def store(self) -> CaptchaStore:
        return ask()

    def render(self, name: str, value: Any, attrs: Any = None, renderer: Any = None) -> Any:
        return super().render(name, [self.store.hashkey, ""], attrs, renderer)


class WordsCaptcha(CaptchaField):
    """A form field whose label is the question that its own box puts."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(
            widget=WordsInput,
            help_text=_("This keeps robots out. Type the one word."),
            error_messages={
                "invalid": _("That word does not answer the question. Here is a new one."),
                "old": _("This question was answered before, or it is a day old. Here is a new one."),
                "required": _("Type the word that answers the question."),
            },
            **kwargs,
        )

    def get_bound_field(self, form: forms.BaseForm, field_name: str) -> forms.BoundField:
        """Read the question from the widget that is shown: Django copies a field's widget, and forms copy
        their fields. It is put only when somebody reads it, so that a form that is right asks nothing.
        """
        bound = super().get_bound_field(form, field_name)
        bound.label = lazy(lambda: question(self.widget.store), str)()
        return bound

    def clean(self, value: Any) -> Any:
        """Raises ``ValidationError`` for a wrong word; with the code ``old`` for a question that is not there
        any more, whatever the answer was.
        """
        key, typed = (list(value or []) + ["", ""])[:2]
        if typed and not CaptchaStore.objects.filter(hashkey=key, expiration__gt=timezone.now()).exists():
            raise forms.ValidationError(self.error_messages["old"], code="old")
        return super().clean([key, key_of(typed or "") or typed])
