"""Pages in English, by wagtail-localize: editors then see each sentence beside its original."""

from collections.abc import Iterator
from typing import Any

from django.db import transaction
from wagtail.models import Locale, Page
from wagtail_localize.models import StringTranslation, Translation, TranslationSource
from wagtail_localize.strings import StringValue, extract_strings

Words = dict[str, str]


@transaction.atomic
def translate(page: Page, polish: Any, english: Any, *, locale: Locale, actor: Any) -> None:
    """Publish ``page`` in ``locale``, unless it is there already.

    ``polish`` and ``english`` are the same content in both languages, in the same shape.
    """
    if page.has_translation(locale):
        return
    words = dict(_pairs(polish, english))
    source, _is_new = TranslationSource.update_or_create_from_instance(page)
    translation = Translation.objects.create(source=source, target_locale=locale)
    for segment in source.stringsegment_set.select_related("string"):
        if segment.string.data in words:
            StringTranslation.objects.create(
                translation_of=segment.string,
                locale=locale,
                context_id=segment.context_id,
                data=words[segment.string.data],
                translation_type=StringTranslation.TRANSLATION_TYPE_MANUAL,
                last_translated_by=actor,
            )
    translation.save_target(user=actor, publish=False)
    page.get_translation(locale).specific.get_latest_revision().publish(user=actor)


def _pairs(polish: Any, english: Any) -> Iterator[tuple[str, str]]:
    """Each translatable string with its translation."""
    if isinstance(polish, dict):
        for key, value in polish.items():
            yield from _pairs(value, english[key])
    elif isinstance(polish, list):
        for one, other in zip(polish, english, strict=True):
            yield from _pairs(one, other)
    elif isinstance(polish, str):
        yield from zip(_strings(polish), _strings(english), strict=True)


def _strings(text: str) -> list[str]:
    if not text.startswith("<"):
        return [StringValue.from_plaintext(text).data]
    _template, found = extract_strings(text)
    return [string.data for string, _attributes in found]
