"""Words: a paragraph, a heading, a quote, a callout, an accordion, steps, sentences that are easy to read."""

from typing import Any

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.images.blocks import ImageBlock

from mypart_wagtail.blocks.base import SHORT_TEXT, TEXT, ContentBlock, PreviewMixin
from mypart_wagtail.blocks.pictures import drawn_picture


class ParagraphBlock(PreviewMixin, blocks.RichTextBlock):
    """Rich text. Without embeds, which would load from elsewhere unasked; see ``EmbedBlock``."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("features", ["h2", "h3", "h4", *SHORT_TEXT, "hr"])
        super().__init__(**kwargs)

    class Meta:
        icon = "pilcrow"
        label = _("Text")
        group = TEXT
        description = _("Paragraphs, lists and links.")
        template = "mypart_blocks/paragraph.html"

    def example(self) -> str:
        text = gettext("Every year the city gives grants for sport, culture and help for those who need it.")
        more = gettext("Read how to get one.")
        return f"<p>{text}</p><p><b>{more}</b></p>"


class HeadingBlock(ContentBlock):
    """A heading. Its anchor is the same in every language, so that links to it hold."""

    text = blocks.CharBlock(label=_("Heading"), max_length=160)
    level = blocks.ChoiceBlock(
        label=_("Level"),
        choices=[("2", _("Chapter")), ("3", _("Section")), ("4", _("Subsection"))],
        default="2",
    )
    anchor = blocks.RegexBlock(
        label=_("Anchor"),
        # "main" and "mypart-…" are taken by the page itself.
        regex=r"^(?!main$|mypart-)[a-z][a-z0-9-]*$",
        required=False,
        error_messages={"invalid": _("Small letters a–z, digits and hyphens, such as “how-to-apply”.")},
        help_text=_("To link here: “how-to-apply” is reached by …#how-to-apply. May stay empty."),
    )

    class Meta:
        icon = "title"
        label = _("Heading")
        group = TEXT
        description = _("Divides the page, and may be linked to.")
        template = "mypart_blocks/heading.html"

    def example(self) -> dict[str, Any]:
        return {"text": gettext("How to apply"), "level": "2", "anchor": ""}

    def to_python(self, value: Any) -> Any:
        """Takes a plain text too, as headings of many sites are stored."""
        return super().to_python({"text": value} if isinstance(value, str) else value)

    def bulk_to_python(self, values: Any) -> Any:
        return super().bulk_to_python([{"text": one} if isinstance(one, str) else one for one in values])


class QuoteBlock(ContentBlock):
    """What somebody said, with who it was."""

    text = blocks.TextBlock(label=_("Quote"), rows=3)
    author = blocks.CharBlock(label=_("Who said it"), max_length=120, required=False)
    role = blocks.CharBlock(label=_("Function or source"), max_length=160, required=False)

    class Meta:
        icon = "openquote"
        label = _("Quote")
        group = TEXT
        description = _("Words of somebody, with name and function.")
        template = "mypart_blocks/quote.html"

    def example(self) -> dict[str, Any]:
        return {
            "text": gettext("With the grant forty children learned to swim."),
            "author": gettext("The president of a sports club"),
            "role": "",
        }


class CalloutBlock(ContentBlock):
    """Something nobody should miss. Its kind is said in words, not by colour alone."""

    KINDS = [
        ("info", _("Good to know")),
        ("success", _("Tip")),
        ("warning", _("Important")),
        ("error", _("Warning")),
    ]

    kind = blocks.ChoiceBlock(label=_("Kind"), choices=KINDS, default="info")
    title = blocks.CharBlock(label=_("Title"), max_length=120, required=False)
    text = blocks.RichTextBlock(label=_("Text"), features=SHORT_TEXT)

    class Meta:
        icon = "info-circle"
        label = _("Callout")
        group = TEXT
        description = _("A framed remark: good to know, tip, important or warning.")
        template = "mypart_blocks/callout.html"

    def get_context(self, value: Any, parent_context: dict[str, Any] | None = None) -> dict[str, Any]:
        context = super().get_context(value, parent_context=parent_context)
        context["kind"] = dict(self.KINDS).get(value.get("kind"), self.KINDS[0][1])
        return context

    def example(self) -> dict[str, Any]:
        text = gettext("An offer is submitted once you see its number.")
        return {"kind": "warning", "title": "", "text": f"<p>{text}</p>"}


class AccordionItemBlock(blocks.StructBlock):
    """One question and its answer."""

    title = blocks.CharBlock(label=_("Title"), max_length=160)
    text = blocks.RichTextBlock(label=_("Text"), features=SHORT_TEXT)


class AccordionBlock(ContentBlock):
    """Texts that open on demand, by the browser's own ``details``. On paper all of them are open."""

    lists = {"questions": "title"}

    heading = blocks.CharBlock(label=_("Heading"), max_length=120, required=False)
    questions = blocks.ListBlock(
        AccordionItemBlock(label=_("Question and answer")), label=_("Questions and answers")
    )

    class Meta:
        icon = "collapse-down"
        label = _("Accordion")
        group = TEXT
        description = _("Questions whose answers open when chosen.")
        template = "mypart_blocks/accordion.html"

    def example(self) -> dict[str, Any]:
        questions = [
            (gettext("Who can apply?"), gettext("Associations, foundations and clubs.")),
            (gettext("How much can one get?"), gettext("Each call names the least and the greatest grant.")),
        ]
        return {
            "heading": gettext("Questions people ask"),
            "questions": [{"title": title, "text": f"<p>{text}</p>"} for title, text in questions],
        }


class StepBlock(blocks.StructBlock):
    """One step of a procedure."""

    title = blocks.CharBlock(label=_("What to do"), max_length=160)
    text = blocks.RichTextBlock(label=_("How"), features=SHORT_TEXT, required=False)
    time = blocks.CharBlock(
        label=_("Time"), max_length=80, required=False, help_text=_("For example “up to 14 days”.")
    )


class StepsBlock(ContentBlock):
    """A procedure step by step, as a numbered list."""

    lists = {"steps": "title"}

    heading = blocks.CharBlock(label=_("Heading"), max_length=120, required=False)
    steps = blocks.ListBlock(StepBlock(label=_("Step")), label=_("Steps"))

    class Meta:
        icon = "list-ol"
        label = _("Steps")
        group = TEXT
        description = _("A procedure step by step, with the time each step takes.")
        template = "mypart_blocks/steps.html"

    def example(self) -> dict[str, Any]:
        steps = [
            (gettext("Choose a call"), gettext("Read what to prepare."), ""),
            (
                gettext("Fill in the offer"),
                gettext("It saves itself as you type."),
                gettext("about two hours"),
            ),
            (gettext("Submit it before the deadline"), gettext("Keep the receipt."), ""),
        ]
        return {
            "heading": gettext("A grant in three steps"),
            "steps": [
                {"title": title, "text": f"<p>{text}</p>", "time": time} for title, text, time in steps
            ],
        }


class EasySentencesBlock(ContentBlock):
    """A few sentences of easy-to-read text, one on each line, with a picture of what they say."""

    text = blocks.TextBlock(
        label=_("Sentences"),
        rows=4,
        max_length=600,
        help_text=_("Short sentences of everyday words, one on each line."),
    )
    image = ImageBlock(label=_("Picture of what is said"), required=False)

    class Meta:
        icon = "glasses"
        label = _("Easy sentences")
        group = TEXT
        description = _("A few short sentences with a picture of what they say.")
        template = "mypart_blocks/easy_sentences.html"

    def get_context(self, value: Any, parent_context: dict[str, Any] | None = None) -> dict[str, Any]:
        context = super().get_context(value, parent_context=parent_context)
        context["sentences"] = [line for line in (value.get("text") or "").splitlines() if line.strip()]
        return context

    def example(self) -> dict[str, Any]:
        text = gettext("The city office helps people.\nYou can come, call or write.")
        return {"text": text, "image": drawn_picture("")}
