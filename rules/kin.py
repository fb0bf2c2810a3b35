"""Words for relatives and others near to somebody, as patterns made of the table of roles."""

from __future__ import annotations

import re

from rules.roles import load_roles

_BEFORE = r"(?:(?:step|grand|foster|great|half|birth)[- ]?)?"
_LETTERS_ONLY = "nr"
"""What is short for the nearest relative, and for much else."""


def _words(*kinds: str) -> str:
    """Join the phrases of some kinds of sign, longest first; spaces as verbose patterns need them."""
    signs = load_roles().table.signs
    phrases = {
        phrase
        for kind in kinds
        for word, phrases in signs[kind].items()
        for phrase in phrases
        if word and phrase != _LETTERS_ONLY
    }
    return "|".join(re.escape(p).replace(r"\ ", "[ ]") for p in sorted(phrases, key=lambda p: (-len(p), p)))


RELATIVE = rf"{_BEFORE}(?:{_words('kin', 'offspring')}|sister)s?"
"""A relative: "mum", "great-aunt", "stepsons". A sister may be a nurse: no sign of a role says kin of her."""

NEAR = rf"{_BEFORE}(?:{_words('kin', 'offspring', 'network', 'child')}|sister|flatmate|tenant)s?"
"""A relative, a child, or another who is near to somebody: "neighbour", "young person", "foster carer"."""
