"""What keeps robots out of public forms and lets every person through.

``HumanCheckMixin`` adds to a form: a box that people never see (honeypot), the least time a person needs,
and the question named by ``MYPART["CAPTCHA"]``. Nothing of it costs what was typed. Who fails the question
twice is not asked again: the form becomes valid, and ``needs_link`` tells the view to let an e-mailed link
decide. So does an address from which many answers were wrong, whichever forms they were typed into. Whoever
gives no e-mail, where it is optional, goes on being asked. Never use it at sign-in, password reset or second
factor (WCAG 2.2, 3.3.8).
"""

from __future__ import annotations

import time
from dataclasses import asdict, dataclass, field, replace
from datetime import timedelta
from typing import Any
from uuid import uuid4

from django import forms
from django.core import signing
from django.core.cache import cache
from django.utils.module_loading import import_string
from django.utils.translation import gettext_lazy as _

from mypart_wagtail.conf import mypart_settings

FAILURES_BEFORE_LINK = 2
FAILURES_OF_ADDRESS = 10
"""Wrong answers from one address within ``ADDRESS_REMEMBERED`` before it is asked no more questions."""
ADDRESS_REMEMBERED = timedelta(hours=1)
LONGEST_ATTEMPT = timedelta(days=1)
"""How long a form and its question wait: whoever writes slowly is no robot."""
_SALT = "mypart_wagtail.human_check"


@dataclass(frozen=True)
class Attempt:
    """One person's try at one form. It travels signed in the form; the server only counts its failures."""

    started: float
    failures: int = 0
    is_proven: bool = False
    name: str = field(default_factory=lambda: uuid4().hex)

    @classmethod
    def begin(cls) -> Attempt:
        return cls(started=time.time())

    @classmethod
    def read(cls, signed: str) -> Attempt:
        """The attempt in ``signed``; a new one if it was tampered with, is a day old, or has succeeded."""
        try:
            attempt = cls(**signing.loads(signed, salt=_SALT, max_age=LONGEST_ATTEMPT))
        except signing.BadSignature:
            return cls.begin()
        known = cache.get_many([attempt._key, attempt._failures_key])
        if attempt._key in known:
            return cls.begin()
        # An old copy of the form forgets nothing.
        return replace(attempt, failures=max(attempt.failures, known.get(attempt._failures_key, 0)))

    def spend(self) -> bool:
        """One answered question lets one form through, and no robot with it: False for all but the first."""
        return cache.add(self._key, True, LONGEST_ATTEMPT.total_seconds())

    def failed(self) -> Attempt:
        """The same attempt after one more wrong answer."""
        counted = _count_one(self._failures_key, LONGEST_ATTEMPT)
        return replace(self, failures=max(self.failures + 1, counted))

    @property
    def _key(self) -> str:
        return f"mypart.attempt.{self.name}"

    @property
    def _failures_key(self) -> str:
        return f"{self._key}.failures"

    def sign(self) -> str:
        return signing.dumps(asdict(self), salt=_SALT)

    @property
    def is_too_quick(self) -> bool:
        return time.time() - self.started < mypart_settings.CAPTCHA_MINIMUM_SECONDS


def _count_one(key: str, remembered: timedelta) -> int:
    """One more of ``key``, and how many there are by now."""
    cache.add(key, 0, remembered.total_seconds())
    try:
        return cache.incr(key)
    except ValueError:  # It has just grown old, or nothing is kept.
        return 1


class HoneypotInput(forms.TextInput):
    """A box off the screen and out of the tab order and the accessibility tree. Only robots fill it in."""

    template_name = "mypart/forms/honeypot.html"
    is_hidden = True

    def format_value(self, value: Any) -> str:
        # Shown empty again, so that a person whose browser filled it in gets through the next time.
        return ""


class HumanCheckMixin:
    """Put before ``AccessibleFormMixin`` and the form's own bases."""

    attempt: Attempt
    data: Any

    def __init__(self, *args: Any, is_known: bool = False, address: str = "", **kwargs: Any) -> None:
        """``is_known``: whoever is signed in has shown to be a person, and is not asked again.

        ``address``: where the form comes from, as ``ratelimit.client_key`` tells it; not counted if empty.
        """
        super().__init__(*args, **kwargs)
        name = self.add_prefix("attempt")  # type: ignore[attr-defined]
        self.attempt = Attempt.read(self.data.get(name, "")) if self.is_bound else Attempt.begin()  # type: ignore[attr-defined]
        if is_known:
            self.attempt = replace(self.attempt, is_proven=True)
        self._address_key = f"mypart.wrong-answers.{address}" if address else ""
        self._is_address_in_doubt = self._has_many_failures()
        extra: dict[str, forms.Field] = {
            "attempt": forms.CharField(required=False, widget=forms.HiddenInput, initial=self.attempt.sign),
            "nickname": forms.CharField(required=False, widget=HoneypotInput),
        }
        self.fields.update(extra)  # type: ignore[attr-defined]
        self._ask()

    def _ask(self) -> None:
        """Put the question, unless it is answered or a link decides."""
        if mypart_settings.CAPTCHA and not self.attempt.is_proven and not self.needs_link:
            self.fields["captcha"] = import_string(mypart_settings.CAPTCHA)()  # type: ignore[attr-defined]

    @property
    def needs_link(self) -> bool:
        """Whether an e-mailed link has to show that this is a person."""
        if self.attempt.is_proven or not mypart_settings.CAPTCHA or not self.can_be_mailed:
            return False
        return self.attempt.failures >= FAILURES_BEFORE_LINK or self._is_address_in_doubt

    def check_person(self) -> None:
        """For checks whose answer tells something: only whoever has shown to be a person comes here."""

    @property
    def can_be_mailed(self) -> bool:
        """Whether there is an address for the link. Without one the question is asked again and again."""
        return True

    def _has_many_failures(self) -> bool:
        return bool(self._address_key) and cache.get(self._address_key, 0) >= FAILURES_OF_ADDRESS

    def full_clean(self) -> None:
        super().full_clean()  # type: ignore[misc]
        if self.is_bound:  # type: ignore[attr-defined]
            self._judge()

    def _judge(self) -> None:
        errors: Any = self._errors  # type: ignore[attr-defined]
        self._count(errors.as_data().get("captcha", []))
        if self.needs_link:
            errors.pop("captcha", None)
            self.fields.pop("captcha", None)  # type: ignore[attr-defined]
        elif not errors:
            self.check_person()
        if self.cleaned_data.get("nickname"):  # type: ignore[attr-defined]
            self.add_error(None, _FILLED_TRAP)  # type: ignore[attr-defined]
        elif self.attempt.is_too_quick and not errors:
            self.add_error(None, _TOO_QUICK)  # type: ignore[attr-defined]
        elif not errors and not self.attempt.spend():
            self.attempt = Attempt.begin()
            self._ask()
            self.add_error(None, _SENT_ALREADY)  # type: ignore[attr-defined]
        self.data = self.data.copy()
        self.data[self.add_prefix("attempt")] = self.attempt.sign()  # type: ignore[attr-defined]

    def _count(self, problems: list[forms.ValidationError]) -> None:
        """A question that is not there any more says nothing of whoever answered it."""
        if "captcha" not in self.fields or any(problem.code == "old" for problem in problems):  # type: ignore[attr-defined]
            return
        if problems:
            self.attempt = self.attempt.failed()
            if self._address_key:
                _count_one(self._address_key, ADDRESS_REMEMBERED)
            return
        # Answered once is enough: other mistakes in the form never bring the question back.
        self.attempt = replace(self.attempt, is_proven=True)
        del self.fields["captcha"]  # type: ignore[attr-defined]


_FILLED_TRAP = _(
    "A hidden box that has to stay empty was filled in, perhaps by your browser. It is empty again:"
    " press the button once more."
)
_TOO_QUICK = _("This was faster than people type. Check what you wrote and press the button once more.")
_SENT_ALREADY = _(
    "This form was sent a moment ago. If you want to send it once more, press the button again."
)
