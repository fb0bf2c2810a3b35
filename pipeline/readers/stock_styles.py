"""Names of styles that come with a program, and so tell nothing of anybody."""

from __future__ import annotations

import re

_STOCK_STYLES = re.compile(
    r"(normal|heading|toc|index|list|table|header|footer|body|default|no |page number|caption|footnote"
    r"|endnote|annotation|balloon|hyperlink|followed|title|subtitle|strong|emphasis|quote|intense|subtle"
    r"|plain text|html|document map|block text|message|signature|date|salutation|closing|macro|line number"
    r"|envelope|comment|colorful|light|medium|dark|book title|bibliography|placeholder|revision|outline"
    r"|[\w ]*table[ \d]*|text|standard)\b.*",
    re.IGNORECASE,
)


def is_stock_style(name: str) -> bool:
    """Tell whether a style's name is a program's own."""
    return bool(_STOCK_STYLES.fullmatch(name))
