"""A call's own questions, beside the statutory form. Keyed by the block's id, never by its label."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from wagtail import blocks


class QuestionBlock(blocks.StructBlock):
    label = blocks.CharBlock(label=_("Question"), max_length=250)
    help = blocks.TextBlock(label=_("Help"), required=False, max_length=500)
    required = blocks.BooleanBlock(label=_("Must be answered"), required=False, default=True)

    class Meta:
        icon = "help"


class TextQuestionBlock(QuestionBlock):
    limit = blocks.IntegerBlock(label=_("Most characters"), min_value=1, max_value=10_000, default=1000)


class ChoiceQuestionBlock(QuestionBlock):
    options = blocks.ListBlock(
        blocks.CharBlock(label=_("Answer"), max_length=250), label=_("Answers"), min_num=2
    )


class QuestionsBlock(blocks.StreamBlock):
    """Kinds of questions. The names are stored with each call; see ``terms.QuestionKind``."""

    short_text = TextQuestionBlock(label=_("Short text"), icon="pilcrow")
    long_text = TextQuestionBlock(label=_("Long text"), icon="doc-full")
    number = QuestionBlock(label=pgettext_lazy("kind of question", "Number"), icon="order")
    money = QuestionBlock(label=_("Amount in PLN"), icon="tag")
    date = QuestionBlock(label=_("Date"), icon="date")
    choice = ChoiceQuestionBlock(label=_("Choice"), icon="list-ul")
    yes_no = QuestionBlock(label=_("Yes or no"), icon="check")

    class Meta:
        required = False
