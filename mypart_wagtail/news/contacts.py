"""E-mails and phone numbers in a text, which robots would find there."""

from __future__ import annotations

import re
from html import unescape

from django.utils.html import strip_tags
from phonenumbers import PhoneNumberMatcher

COUNTRY = "PL"
"""Whose numbers are known without a prefix."""
EMAIL = re.compile(r"[\w.+-]+@[\w-]+\.\w")
NO_PHONE_AFTER = re.compile(r"\b(regon|krs|nip|faktur\w*|konto)\W*(nr\W*)?$", re.IGNORECASE)
NO_PHONE_BEFORE = re.compile(r"\s*(zł|pln|eur|osób|sztuk|szt)\b", re.IGNORECASE)
"""Words around numbers that are written like those of phones, and are none."""


def words(html: str) -> str:
    """``html`` as robots read it: ``600 <b>700</b> 800`` is one number."""
    return unescape(strip_tags(html))


def has_email(text: str) -> bool:
    return bool(EMAIL.search(text))


def phone_in(text: str) -> str:
    """The first phone number in ``text``, as it is written; "" where there is none."""
    for match in PhoneNumberMatcher(text, COUNTRY):
        before, after = text[: match.start], text[match.end :]
        if not (NO_PHONE_AFTER.search(before) or NO_PHONE_BEFORE.match(after)):
            return match.raw_string
    return ""
