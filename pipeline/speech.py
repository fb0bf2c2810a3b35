"""Speech: whether a sentence speaks of ideas, where authors stand, or of a life, where people do."""

from __future__ import annotations

import re
from enum import Enum

from pipeline.general import sentence_around
from rules.kin import NEAR

_ROLE = (
    r"(?:(?:team|line|service|practice|case|duty|agency)[ ])?(?:manager|supervisor|educator|mentor"
    r"|assessor|colleague|GP|doctor"
    r"|nurse|consultant|psychiatrist|midwife|teacher|head[ ]?teacher|social[ ]worker|support[ ]worker"
    r"|key[ ]?worker|solicitor"
    r"|landlord|probation[ ]officer|advocate|police|student|client|service[ ]user|patient|victim|pupil"
    r"|resident)s?"
)
_AGE = r"(?:aged?[ ])?\d{1,2}(?![\d:]|[ ]?%|[ ]?[-–][ ]?\d|[ ](?:per|of)\b)"
_CAP = r"(?-i:[^\W\d_a-z])[\w'’\-]+"
_NAMES_BEFORE = rf"(?:{_CAP}(?:[ ]{_CAP})?(?:,[ ](?:and[ ])?|[ ](?:and|&)[ ])){{0,3}}"
"""Others who are named before somebody in one row."""

_TO_SOMEBODY = re.compile(
    rf"""(?:
      \)[ ]with[ ]
     |\b(?:visit(?:ed|s|ing)?|met|meet|meeting|rang|ring|phoned|texted
        |support(?:ed|s|ing)?|assess(?:ed|es|ing)?|told|tell|collected|accompanied|interviewed
        |safeguard(?:ed|ing)?|fits?|befriended|counsel(?:led|ling)|see|saw|seeing|took|stabbed[ ]by|hit[ ]by
        |allocated|accommodated|moved)[ ]
     |\b(?:work(?:ed|ing)?|sessions?|visit(?:s|ed)?|meeting|assessment|conversation|contact|discussion
        |supervision|interview|appointment|placement|sat|sit|attended|live[sd]?|living|spoke|speaking|rapport
        |relationship|time|call|stayed|placed|met|home|letter|email|wrote|depth|out)[ ](?:with|to|for)[ ]
     |\b(?:case|care|cares|cared|carers?|home|assessment|photo|worried|thought|think
        |thinking|thinks)[ ](?:of|about|for)[ ]
     |\b(?:asking|asked|helped|helping|brought|held|gave|lent|handed|sent)[ ]
     |\b(?:theory|theories|model|approach|framework|ideas?|lens|concepts?|practice)[ ](?:to|with)[ ]
     |\b(?:understand|explains?|explained|show(?:s|ed)|see)[ ](?:why|how)[ ]
     |\b(?:(?:is|was)[ ]what|(?:saw|noticed|realised|knew|found)[ ]that|thanks[ ]to)[ ]
     |\b(?:in|during|after)[ ](?:the|our|my)[ ](?:\w+[ ])?(?:session|visit|meeting|contact)[ ]
     |\b(?:client|student|case|child|present|apologies|attendees|young[ ]person|service[ ]user
        |patient|name|mother|father|parent|carer|person|adult
        |(?:allocated|key|social)[ ](?:case|worker)|supervisor|manager|practice[ ]educator|sibling
        |family)s?[ ]?:[ ]*
     |\b(?:{NEAR}|{_ROLE})(?:[ ](?:on[ ]duty|called|named))?,?[ ]
    ){_NAMES_BEFORE}$""",
    re.VERBOSE | re.IGNORECASE,
)
"""What stands before somebody whom one works or lives with."""

_BY_SOMEBODY = re.compile(
    rf"""(?:[ ](?:and|&)[ ]{_CAP}(?:[ ]{_CAP})?)?
    (?:
      (?:,|[ ]\(|[ ](?:is|was|turned|aged))[ ]?{_AGE}
     |['’]s?[ ](?:\w+[ ])?(?:{NEAR}|home(?![ -]visit)|house|flat|bedroom|tenancy|school|GP
        |social[ ]worker|key[ ]?worker|care[ ]plan|medication|behaviour|fear|mood|drawings?
        |voice|face|room|body|anger|sadness|tears)\b
        (?![ ](?:protection|welfare|development|theory|work|practice))
     |(?:,|[ ](?:is|was|and))[ ](?:my|her|his|their|our)[ ](?:\w+[ ])?(?:{NEAR}|{_ROLE})\b
     |[ ]?[(,][ ]?(?:(?:the|a|my|her|his|their|our)[ ])?(?:{NEAR}|{_ROLE})\b
     |[ ]on[ ](?:remand|bail|crutches|oxygen|methadone|benefits|probation|licen[cs]e|tag|duty|insulin
        |medication|dialysis)\b
     |:[ ](?:he|she|they)[ ]
     |[ ](?:should|had[ ](?:not[ ])?been|was[ ]never|needs?|keeps|pays|is[ ]not
        |cannot|can['’]t|does[ ]not|doesn['’]t)\b
     |[ ](?:hiding|crying|waiting|living|drinking|refusing|leaving|screaming|shaking
        |self-harming|using[ ]drugs)\b
     |(?:[ ]on[ ][a-z]+(?:[ ][a-z]+)?(?![ ]visits?\b))?,?[ ](?:who[ ])?
      (?:(?:has|had|have)[ ](?:been[ ]|a[ ]|got[ ])?)?
      (?:also[ ]|then[ ]|never[ ]|again[ ]|already[ ])?(?:all[ ])?
      (?:told|rang|rings|phoned|texted|lives?|lived|moved|cried|cries|stayed|missed|disclosed|refused
        |wants?|wanted|lost|slept|drinks|visits|visited|sits|sat|likes?|liked|hates?|arrived|signed
        |baptised|prescribed|referred|clings?|clung|hit|ran|broke|smiled|laughed|apologised|screamed
        |shouted|overdosed|relapsed|self[- ]harm(?:s|ed)|needed|became|bull(?:ies|ied)|slammed|wandered
        |fell|attended|steals|stole|collects|woke|died|went|came|sleeps|dementia|autism|ADHD|diabetes
        |cancer|epilepsy|schizophrenia|depression|psychosis|stroke|seizures?|heart[ ]attack
        |no[ ](?:home|food|money|family))\b
     |[ ](?:is|was|felt|seemed|looked|became|has[ ]been|had[ ]been)[ ]
      (?:\w+ly[ ]|so[ ]|very[ ]|still[ ]|not[ ])?
      (?:tearful|scared|distressed|upset|angry|anxious|afraid|frightened|placed|removed|stabbed|admitted
        |discharged|evicted|low|homeless|unwell|drunk|tired|quiet|late|withdrawn|pregnant|lonely|adopted
        |excluded|arrested|hungry|alone|crying|diagnosed|born|fine|safe|unsafe|at[ ](?:home|risk|school)
        |in[ ](?:care|hospital|foster|prison|tears))\b
     |[ ](?:writes|wrote|argues|argued|says|said|would[ ]say|would[ ]ask|might[ ]call)[ ]
      (?:that[ ])?(?:["“]?I[ ]|["“]?it['’]s[ ]my[ ]|yes|no\b|when[ ]drunk|at[ ]night
        |(?:s?he|they)[ ](?:is|was|felt|had|did|never|would|could|wants?|wanted|were)\b)
     |[ ]would[ ](?:say|call|ask|tell)[ ]["“'‘]?(?:it['’]s|I|my|yes|no|me)\b
    )""",
    re.VERBOSE | re.IGNORECASE,
)
"""What stands after somebody who lives rather than writes."""

_AT_WORK = re.compile(
    r"""['’]s?[ ](?:[\w\-]+[ ]){0,2}(?:theor\w+|work(?!er)|models?|cycle|ideas?|books?|research|concepts?
        |frameworks?|stages|hierarchy|ladder|papers?|writings?|definition|article|notion|argument|approach
        |stud(?:y|ies)|lecture|talk|poem|stages?|tools?|principles)\b""",
    re.VERBOSE | re.IGNORECASE,
)
"""What belongs to an author."""

_LIFE = re.compile(
    rf"""\b(?:
      (?:my|his|her|their|our)[ ](?:\w+[ ]){{0,2}}(?:{NEAR}|{_ROLE}|tablets|home|house|flat|medication
        |school|bedroom|tenancy)
      |['’]s[ ]{NEAR}(?![ ](?:protection|welfare|development|work))|aged[ ]\d{{1,2}}
      |\d{{1,2}}[ -]years?[ -]old
      |I[ ](?:also[ ]|then[ ]|had[ ])?(?:visited|met|rang|phoned|supported|assessed|completed|took
        |accompanied|observed)
      |told[ ](?:me|us|him|her|them)|rang|lives[ ](?:with|alone|in|at|near)|moved[ ]in|tablets|methadone
      |memory[ ]clinic|care[ ]home|housing[ ]application|overdose|tearful|dementia|remand|bruises|hospital
      |the[ ](?:victim|patient|baby)|foster[ ]carers?|on[ ]duty|signed[ ]it[ ]off|risperidone|stabbed
      |the[ ]meeting|removed[ ]at[ ]birth
    )\b""",
    re.VERBOSE | re.IGNORECASE,
)
_YEAR = r"(?:n\.[ ]?d\.|(?:19|20)\d\d[a-z]?\b)"
_AT_YEAR = re.compile(rf"(?:['’]s?)?[ ,]{{0,2}}(?:et[ ]al\.?,?[ ]?)?\(?{_YEAR}", re.IGNORECASE)
_CITED = re.compile(rf"(?<=[^\W\d_])(?:{_AT_YEAR.pattern}|,[ ](?-i:[A-Z])\.)", re.IGNORECASE)
_IDEAS = re.compile(
    rf"""(?:\({_YEAR}|,[ ]{_YEAR}|\b(?:theor\w*|models?|writ(?:es|ing|ings|er)|wrote|argu(?:es|ed|ment)
        |describ(?:es|ed)|suggests|suggested|research\w*|books?|papers?|chapters?|ideas?|concepts?
        |frameworks?|attachment|cit(?:e|es|ed|ing|ation)|literature|stud(?:y|ies)|articles?|according
        |cycle|quot(?:e|es|ed|ation|ing)|et[ ]al|author|lecture|talks?|conference|podcast|keynote|seminar
        |webinar|report|review|speech|interview|campaign|bibliography|references|reading[ ]list
        |reminds[ ]us|puts[ ]it|what[ ]\w+[ ]calls|says|speak|read|reading|reads|means[ ]by|said[ ]of
        |calls|list|warns|rings|after|like|heading|novel|poem|poet|biography|minister|secretary|government
        |speaker|film|documentary)\b)""",
    re.VERBOSE | re.IGNORECASE,
)


class Speech(Enum):
    """What a sentence speaks of, as far as one can tell by its words."""

    IDEAS = "ideas"
    LIFE = "life"
    OPEN = "open"
    """Both, or neither."""


UNSURE, UNSURE_OF_KNOWN = 0.6, 0.8
"""Below which a rule decides where a sentence speaks of both or of neither: by default, and of a name
that is known and rarely anybody else's."""


def most(text: str, start: int, end: int, *, ideas: float = 1.01, unsure: float = UNSURE) -> float:
    """Return below which sureness of a person a rule may say that a name is an author's there.

    Args:
        text: The text.
        start: Where the name begins.
        end: Where it ends.
        ideas: The bound where the sentence speaks of ideas only.
        unsure: The bound where it speaks of both or of neither; of a life only it is 0.
    """
    return {Speech.IDEAS: ideas, Speech.OPEN: unsure, Speech.LIFE: 0.0}[speech(text, start, end)]


def speech(text: str, start: int, end: int) -> Speech:
    """Tell what is spoken of around a name; what stands at the name itself decides first."""
    if _AT_YEAR.match(text, end, end + 24):
        return Speech.IDEAS
    if is_lived(text, start, end):
        return Speech.LIFE
    low, high = sentence_around(text, start, end)
    around = text[low:start], text[end:high]
    is_life, is_ideas = any(map(_LIFE.search, around)), any(map(_IDEAS.search, around))
    if is_life is is_ideas:
        return Speech.OPEN
    return Speech.LIFE if is_life else Speech.IDEAS


def is_lived(text: str, start: int, end: int) -> bool:
    """Tell whether a name stands where somebody does who is worked with, lives, or suffers."""
    if _AT_YEAR.match(text, end, end + 24) or _AT_WORK.match(text, end, end + 60):
        return False
    low = max(0, start - 80)
    return bool(_TO_SOMEBODY.search(text[low:start]) or _BY_SOMEBODY.match(text, end, end + 80))


def dated(text: str) -> frozenset[str]:
    """Gather the names that a text cites with a year, or with initials as a reference list does.

    Returns:
        The one, two and three words before each.
    """
    names: set[str] = set()
    for found in _CITED.finditer(text):
        words = [word.strip("(\"“‘'[") for word in text[max(0, found.start() - 60) : found.start()].split()]
        names.update(" ".join(words[-count:]) for count in (1, 2, 3))
    return frozenset(names)
