"""``{{ channel.quality|quality_words }}``: what Meta says of a number, in words."""

from __future__ import annotations

from django import template

from inbox import number_words

register = template.Library()

register.filter("quality_words", number_words.quality)
register.filter("limit_words", number_words.limit)
register.filter("name_words", number_words.name_state)
register.filter("account_words", number_words.account_state)
register.filter("tone", number_words.tone)
