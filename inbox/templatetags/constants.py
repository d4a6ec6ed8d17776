"""``{% constant %}…{% endconstant %}``: what is the same on every page of a language.

Drawn once in each language and remembered, because addresses of static files and translated
words cost more than everything else on a page. Nothing of the request may stand inside; it is
drawn without any context, so such a mistake shows at once.
"""

from __future__ import annotations

from django import template
from django.conf import settings
from django.template.base import NodeList, Parser, Token
from django.template.context import Context
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

register = template.Library()


class ConstantNode(template.Node):
    def __init__(self, nodelist: NodeList) -> None:
        self.nodelist = nodelist
        self.drawn: dict[str | None, SafeString] = {}

    def render(self, context: Context) -> SafeString:
        language = get_language()
        if settings.DEBUG or language not in self.drawn:
            bare = context.new({})
            self.drawn[language] = mark_safe(self.nodelist.render(bare))  # noqa: S308
        return self.drawn[language]


@register.tag
def constant(parser: Parser, token: Token) -> ConstantNode:
    nodelist = parser.parse(("endconstant",))
    parser.delete_first_token()
    return ConstantNode(nodelist)
