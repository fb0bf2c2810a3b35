"""What on the web and on computers leads to somebody, and what only looks like it."""

from __future__ import annotations

import re

from rules.lists.lists import load_list

_PUBLIC_ENDINGS = (".gov.uk", ".nhs.uk", ".ac.uk", ".police.uk", ".parliament.uk", ".judiciary.uk", ".edu")
_PUBLIC_HOSTS = load_list("public_hosts")
_OWN_PATH = re.compile(r"@|(?:u|c|user|users|channel|people|profile)/\w")
"""What begins the address of somebody's own pages at a public host: "youtube.com/@ezra_bakes"."""

_HASH = re.compile(r"(?:[0-9a-f]{8,64}|[0-9a-f]{4,16}(?:-[0-9a-f]{4,16}){2,7})(?:\.\w{2,5})?")
_CHANGES = re.compile(r"(?<=\d)[a-f]|(?<=[a-f])\d")
_FEWEST_CHANGES = 4

_TO_ALL = frozenset(("all", "channel", "everyone", "here"))


def is_personal_page(text: str) -> bool:
    """Tell whether an address leads to somebody's own page, not to a public body, a form or a film."""
    host, _, path = re.sub(r"^(?:https?://)?", "", text.lower()).partition("/")
    if f".{host}".endswith(_PUBLIC_ENDINGS):
        return False
    labels = host.split(".")
    is_public = any(".".join(labels[at:]) in _PUBLIC_HOSTS for at in range(len(labels)))
    return not is_public or bool(_OWN_PATH.match(path))


def is_hash(text: str) -> bool:
    """Tell whether digits and small letters a to f in a long mix are a computer's name for a file."""
    return bool(_HASH.fullmatch(text)) and len(_CHANGES.findall(text)) >= _FEWEST_CHANGES


def is_handle(text: str) -> bool:
    """Tell whether words are somebody's handle, not all whom a message is addressed to: "@everyone"."""
    return text.lstrip("@ ").casefold() not in _TO_ALL
