from wagtail import hooks

from mypart_wagtail.news.viewsets import NewsCategoryViewSet


@hooks.register("register_admin_viewset")
def register_categories() -> NewsCategoryViewSet:
    return NewsCategoryViewSet()
