"""Kinds of documents: what the owner of a form tells the engine about it.

The engine fills in forms and knows no grants. An app that has documents filled in registers one kind for
them in ``AppConfig.ready()`` and answers here who may see them, which form they follow and where their
own pages are.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Sequence
from dataclasses import dataclass
from enum import IntEnum
from typing import TYPE_CHECKING, Any, ClassVar

from mypart_wagtail.generator.fields import Words
from mypart_wagtail.generator.filled import FilledForm
from mypart_wagtail.generator.presentation import Block
from mypart_wagtail.generator.structure import FormTemplate, Section

if TYPE_CHECKING:
    from django.contrib.auth.models import AbstractBaseUser, AnonymousUser
    from django.db.models import QuerySet

    from mypart_wagtail.generator.models import FormDocument

    User = AbstractBaseUser | AnonymousUser


class Access(IntEnum):
    """What a person may do with a document; each level includes those below."""

    NONE = 0
    VIEW = 1
    EDIT = 2


@dataclass(frozen=True)
class Known:
    """What a part of the form says that nobody fills in on its page, as it will be frozen.

    ``hint`` says where it comes from and who changes it; ``url`` and ``link`` lead there.
    """

    blocks: Sequence[Block]
    hint: Words
    url: str = ""
    link: Words = ""


class DocumentKind(ABC):
    """The owner's answers about its documents. One instance per kind, without state."""

    name: ClassVar[str]

    @abstractmethod
    def documents(self) -> QuerySet[FormDocument]:
        """Documents of this kind, joined with what ``access``, ``template`` and ``terms`` read.

        Autosave asks for no more than these, with each change that somebody types.
        """

    @abstractmethod
    def access(self, user: User, document: FormDocument) -> Access:
        """What ``user`` may do with ``document``. NONE is answered with 404."""

    @abstractmethod
    def template(self, document: FormDocument) -> FormTemplate:
        """The form ``document`` follows, with the questions of its own added."""

    @abstractmethod
    def terms(self, document: FormDocument) -> Any:
        """What the rules of the form may read beside the data."""

    @abstractmethod
    def heading(self, document: FormDocument) -> Words:
        """What stands above every page of the wizard, such as the title of the call."""

    @abstractmethod
    def public_name(self, document: FormDocument) -> Words:
        """What anyone may know a submitted document by, such as its number; nothing private."""

    @abstractmethod
    def notices(self, document: FormDocument) -> list[Words]:
        """What every page of the wizard says about the document, such as that it is not submitted."""

    @abstractmethod
    def submission_url(self, document: FormDocument) -> str:
        """The page with the declarations and the button that submits."""

    @abstractmethod
    def home_url(self, document: FormDocument) -> str:
        """The page a person returns to from the wizard."""

    def known(self, user: User, document: FormDocument, section: Section) -> Known | None:
        """What ``section`` shows above its fields, read from elsewhere; None where there is nothing."""
        return None

    def site_id(self, document: FormDocument) -> int | None:
        """The site whose own help is shown beside the fields; None where there is none."""
        return None

    @abstractmethod
    def form_from(self, content: dict[str, Any]) -> FilledForm:
        """The form as it was submitted, from the content of a snapshot."""

    def erased(self, document: FormDocument) -> None:
        """Erase what its owner keeps of the answers of ``document`` beside it; in the same transaction."""
        return

    def form(self, document: FormDocument) -> FilledForm:
        """``document`` with its template, ready for rules and screens."""
        return FilledForm(self.template(document), document.data, self.terms(document))


_kinds: dict[str, DocumentKind] = {}


def register_kind(kind: DocumentKind) -> None:
    """Register ``kind`` under its name. Raises ``ValueError`` if the name is taken."""
    if type(_kinds.setdefault(kind.name, kind)) is not type(kind):
        raise ValueError(f"Another kind of document is registered as {kind.name!r}")


def kind_of(document: FormDocument) -> DocumentKind:
    """The kind ``document`` is of. Raises ``LookupError`` where the app that owns it is not installed."""
    try:
        return _kinds[document.kind]
    except KeyError as error:
        raise LookupError(f"No app has registered documents of kind {document.kind!r}") from error


def public_name(document: FormDocument) -> Words:
    """What anyone may know ``document`` by; ``""`` also where the app that owns it is not installed."""
    try:
        return kind_of(document).public_name(document)
    except LookupError:
        return ""
