"""Help with the fields of forms in the Wagtail admin, where a city writes its own."""

from django.db.models import QuerySet
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import Column, TitleColumn

from mypart_wagtail.generator.admin_forms import FieldHelpForm, place_name
from mypart_wagtail.generator.models import FieldHelp
from mypart_wagtail.viewsets import JoinedViewSet, PlainTextIndexView


class FieldHelpIndexView(PlainTextIndexView):
    def get_base_queryset(self) -> QuerySet[FieldHelp]:
        return FieldHelp.objects.select_related("site")


class FieldHelpViewSet(JoinedViewSet):
    """Help of a city's own, which is shown instead of the help shipped with a form."""

    model = FieldHelp
    index_view_class = FieldHelpIndexView
    icon = "help"
    menu_label = _("Help with fields")
    add_to_settings_menu = True
    name = "mypart_admin_help"
    url_prefix = "mypart/help"
    copy_view_enabled = False
    add_to_reference_index = False
    list_filter = ["site", "template_id", "language"]
    search_fields = ["field_key", "plain", "easy"]

    def get_form_class(self, for_update: bool = False) -> type[FieldHelpForm]:
        return FieldHelpForm

    @cached_property
    def list_display(self) -> list[Column]:
        return [
            TitleColumn("field", label=_("Field"), accessor=place_name, url_name=self.get_url_name("edit")),
            Column("language", label=_("Language"), sort_key="language"),
            Column("site", label=_("Site")),
        ]
