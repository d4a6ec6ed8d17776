"""``{{ channel.quality|quality_words }}``: what Meta says of a number, in words.

``{{ count|grouped }}``: 1,000 or 1.000.
"""

from __future__ import annotations

from functools import partial

from django import template
from django.utils.formats import number_format

from inbox import number_words

register = template.Library()

register.filter("quality_words", number_words.quality)
register.filter("limit_words", number_words.limit)
register.filter("name_words", number_words.name_state)
register.filter("account_words", number_words.account_state)
register.filter("tone", number_words.tone)
register.filter("grouped", partial(number_format, force_grouping=True))
