"""Numbers by which organisations are known: read with spaces and dashes, kept without, checked.

Each function takes what was typed and gives the bare number, or raises ``ValidationError`` with what is
wrong in plain words. Sources of the formats: python-stdnum; KRS has ten digits and no check digit.
"""

import re

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from stdnum import iban
from stdnum.exceptions import InvalidChecksum
from stdnum.exceptions import ValidationError as StdnumError
from stdnum.pl import nip, regon

from mypart_wagtail.text import visible


def clean_nip(text: str) -> str:
    """NIP: 10 digits, the last of which is a check digit."""
    number = re.sub(r"[\s-]", "", text).upper().removeprefix("PL")
    return _checked(
        nip,
        number,
        length=_("NIP has 10 digits."),
        checksum=_("This NIP has a typing error: its last digit does not match."),
    )


def clean_regon(text: str) -> str:
    """REGON: 9 or 14 digits, with check digits."""
    return _checked(
        regon,
        re.sub(r"[\s-]", "", text),
        length=_("REGON has 9 or 14 digits."),
        checksum=_("This REGON has a typing error: its check digit does not match."),
    )


def clean_krs(text: str) -> str:
    """KRS: 10 digits; leading zeros that were left out are put back."""
    number = re.sub(r"[\s-]", "", text).upper().removeprefix("KRS")
    if not re.fullmatch(r"[0-9]{1,10}", number) or not number.strip("0"):
        raise ValidationError(_("KRS has 10 digits."), code="krs")
    return number.zfill(10)


def clean_bank_account(text: str) -> str:
    """A Polish account: 26 digits, kept as IBAN with PL in front."""
    number = re.sub(r"[\s-]", "", text).upper()
    if re.fullmatch(r"[0-9]{26}", number):
        number = f"PL{number}"
    if not re.fullmatch(r"PL[0-9]{26}", number):
        raise ValidationError(_("A bank account has 26 digits."), code="length")
    return _checked(
        iban,
        number,
        length=_("A bank account has 26 digits."),
        checksum=_("This account number has a typing error: its check digits do not match."),
    )


def clean_postal_code(text: str) -> str:
    """A postal code: ``41-400``."""
    digits = re.sub(r"[\s-]", "", text)
    if not re.fullmatch(r"[0-9]{5}", digits):
        raise ValidationError(_("A postal code looks like 41-400."), code="postal_code")
    return f"{digits[:2]}-{digits[2:]}"


def clean_branch(text: str) -> str:
    """The name of a branch in words, with single spaces: a mere full stop is none."""
    name = " ".join(visible(text).split())
    if not any(character.isalpha() for character in name):
        raise ValidationError(_("Write the name of the branch in words, or leave it empty."), code="branch")
    return name


def _checked(module, number: str, *, length, checksum) -> str:  # type: ignore[no-untyped-def]
    if not number.strip("0"):
        raise ValidationError(length, code="length")  # Zeros have a right check digit, and are nobody's.
    try:
        return module.validate(number)
    except InvalidChecksum as error:
        raise ValidationError(checksum, code="checksum") from error
    except StdnumError as error:
        raise ValidationError(length, code="length") from error
