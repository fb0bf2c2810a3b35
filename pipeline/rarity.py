"""Rarity: which facts few people share, and which of them name a place or a day themselves."""

from __future__ import annotations

import re

from models.findings import EntityType

_NUMBER = r"(?:an?|one|two|three|1|2|3)"
_ORDINARY_FAMILY = re.compile(
    rf"\b(?:{_NUMBER} (?:\w+ )?(?:child(?:ren)?|kids?|sons?|daughters?|siblings?|brothers?|sisters?"
    r"|boys?|girls?)"
    r"|only child|single (?:mother|mum|parent|father|dad)|lone parent|lives? (?:alone|with)|married|divorced"
    r"|widow(?:er|ed)?|separated)\b",
    re.IGNORECASE,
)
_REMARKABLE_FAMILY = re.compile(
    r"\b(?:twins?|triplets?|quad\w*|quintuplets?|adopt\w*|surrogate|polygam\w*|step\w+|eldest|youngest"
    r"|(?:half|foster)[- ]\w+|[4-9]|1\d|four|five|six|seven|eight|nine|ten|eleven|twelve)\b",
    re.IGNORECASE,
)
_ORDINARY_WORK = re.compile(
    r"\b(?:teacher|teaching assistant|nurse|cleaner|driver|carer|care (?:worker|assistant)|support worker"
    r"|shop|supermarket|retail|builder|electrician|plumber|joiner|mechanic|warehouse|factory|office"
    r"|administrator|receptionist|chef|cook|waiter|waitress|hairdresser|labourer|security guard|postman"
    r"|engineer|accountant|student|call centre|delivery|bar(?:man|maid| work)?|hotel|painter|decorator"
    r"|works? (?:at|for|full|part|nights))\b",
    re.IGNORECASE,
)
_RARE_HEALTH = re.compile(
    r"\b(?:huntington\w*|motor neurone|mnd|cystic fibrosis|batten|prader|angelman|rett|duchenne"
    r"|muscular dystrophy|spina bifida|haemophilia|sickle cell|thalassaemia|tay[- ]sachs|tuberous"
    r"|williams syndrome|marfan|ehlers|locked[- ]in|albin\w+|dwarfism|achondroplasia|brittle bone\w*"
    r"|korsakoff\w*|creutzfeldt\w*"
    r"|conjoined|transplant|amput\w+|deafblind\w*|usher|coma)\b",
    re.IGNORECASE,
)
_ALONE = re.compile(
    r"\b(?:only|sole|first|last surviving|youngest|oldest|best[- ]known)\s+(?!child\b)\w"
    r"|\b(?:famous|well[- ]known|newspapers?|the news|headlines|television|on tv|documentary|viral)\b",
    re.IGNORECASE,
)
_DAY = (
    r"(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec|Mon|Tue|Wed|Thu|Fri|Sat|Sun"
    r"|Easter|Christmas|Ramadan|Eid)"
)
_PLACE = re.compile(
    rf"\b(?:in|at|near|from|outside|on)\s+(?:the\s+)?(?!{_DAY})(?=[A-Z][a-z])|\bthe [ABM]\d{{1,4}}\b"
)
"""A place, or a road by its number: "beside the A66"."""

_TIMELESS = frozenset({EntityType.LOCATION, EntityType.ORGANISATION, EntityType.DATE, EntityType.AGE})


def is_rare(kind: EntityType, text: str) -> bool:
    """Tell whether few people share a fact: by what it says, not by its kind alone.

    An event is remembered. Two children and a teacher's job are found in every street, twelve
    children and a lighthouse keeper are not. Of the only wheelchair user there is one.
    """
    if kind in _TIMELESS:
        return False
    if kind is EntityType.EVENT or _ALONE.search(text):
        return True
    if kind is EntityType.FAMILY:
        return bool(_REMARKABLE_FAMILY.search(text)) or not _ORDINARY_FAMILY.search(text)
    if kind is EntityType.OCCUPATION:
        return not _ORDINARY_WORK.search(text)
    return kind is EntityType.HEALTH and bool(_RARE_HEALTH.search(text))


def names_place(kind: EntityType, text: str) -> bool:
    """Tell whether a fact that is no place itself names one: "the fire in Thirsk"."""
    return kind not in _TIMELESS and _PLACE.search(text) is not None
