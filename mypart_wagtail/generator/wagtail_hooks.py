from wagtail import hooks

from mypart_wagtail.generator.viewsets import FieldHelpViewSet


@hooks.register("register_admin_viewset")
def register_help() -> FieldHelpViewSet:
    return FieldHelpViewSet()
