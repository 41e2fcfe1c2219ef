"""Addresses of pages that people make without thinking of addresses."""

from itertools import chain, count
from typing import Any

from django.utils.text import slugify

from mypart_wagtail.text import fold

LONGEST = 80


def free_slug(title: str, *, parent: Any, otherwise: str) -> str:
    """``klub-zeglarski-szkwal``: ``title`` in plain letters, with a number where another page has it.

    ``otherwise`` stands for a title without letters or digits.
    """
    name = slugify(fold(title))[:LONGEST].strip("-") or otherwise
    taken = set(parent.get_children().filter(slug__startswith=name).values_list("slug", flat=True))
    return next(each for each in chain([name], (f"{name}-{n}" for n in count(2))) if each not in taken)
