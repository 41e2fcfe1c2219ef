"""Categories of news in the admin."""

from django.utils.translation import gettext_lazy as _

from mypart_wagtail.news.models import NewsCategory
from mypart_wagtail.viewsets import JoinedViewSet


class NewsCategoryViewSet(JoinedViewSet):
    """Made and named by editors."""

    model = NewsCategory
    name = "mypart_admin_news_categories"
    url_prefix = "news-categories"
    icon = "tag"
    menu_label = _("Categories of news")
    add_to_settings_menu = True
    list_display = ["__str__", "slug", "position"]
    copy_view_enabled = False
    inspect_view_enabled = False
