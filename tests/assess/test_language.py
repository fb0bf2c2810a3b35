"""A text that is not in English is said to be so, and checked as far as it can be."""

import time

import pytest

from models.findings import Verdict
from models.ledger import Ledger
from models.results import Outcome, outcome_of
from pipeline.language import foreign
from tests.assess.made import assessed

WELSH = "Mae'r plant yn byw gyda'u nain yn y pentref ac mae hi wedi bod yn gofalu amdanynt ers tair blynedd"
POLISH = (
    "Wczoraj byłem u matki dziecka i rozmawialiśmy o szkole oraz o tym jak czuje się po przeprowadzce tutaj"
)


@pytest.mark.parametrize(
    "text",
    [
        WELSH,
        POLISH,
        WELSH.upper(),
        "Hier j'ai rendu visite à la mère de l'enfant et nous avons parlé de l'école et du nouveau logement",
        "Shalay waxaan booqday hooyada ilmaha waxaanan ka wada hadalnay dugsiga iyo guriga cusub",
        "Я ходил к врачу вчера вместе с моей матерью и потом мы поехали домой на автобусе",
        "אתמול ביקרתי אצל האם של הילדה ודיברנו על בית הספר ועל הבית החדש שאליו הם עברו",
        "昨天我去看望了孩子的母亲，我们谈到了学校和他们上周搬进的新家。孩子看起来很高兴。",
        "ਕੱਲ੍ਹ ਮੈਂ ਬੱਚੇ ਦੀ ਮਾਂ ਨੂੰ ਮਿਲਣ ਗਿਆ ਅਤੇ ਅਸੀਂ ਸਕੂਲ ਅਤੇ ਨਵੇਂ ਘਰ ਬਾਰੇ ਗੱਲ ਕੀਤੀ",
    ],
)
def test_other_languages_are_told(text):
    assert len(list(foreign(f"We spoke of it at length.\n\n{text}\n\nThen I went home."))) == 1


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Bore da, said Nia.",
        "Present: Sunniva Eriksen, Babatunde Salako, Jadwiga Lis, Mohan Wijesinghe, Kofi Antwi, Gwawr Penri",
        "seen w mum sat, nan makin tea + kids ok. rang sw, no ans x2. fc says hes eatin ok now, sleep better",
        "THE CHILD WAS SEEN ALONE AND SAID THAT SCHOOL WAS FINE AND THAT HER NAN HAD COME TO TEA ON SUNDAY",
        "write to a.b@example.org or c.d@example.org or see https://example.org/a/b/c and file_name_one.docx",
        "12 34 56 78 90 " * 20,
    ],
)
def test_english_names_and_short_words_are_not(text):
    assert list(foreign(text)) == []


def test_the_warning_says_where_and_the_rest_is_checked():
    assessment = assessed("We met.", f"{WELSH} [[PHONE_NUMBER/family|07700 900318]].", POLISH)
    (told,) = [w for w in assessment.warnings if w.code == "not_english"]
    assert (told.verdict, told.where) == (Verdict.WARN, "paragraph 2; paragraph 3")
    assert [j.verdict for j in assessment.judgements] == [Verdict.BLOCK]


def test_a_text_in_another_language_is_never_called_without_findings():
    assessment = assessed(WELSH)
    assert outcome_of(assessment.judgements, assessment.warnings, Ledger(())) is Outcome.WARNINGS


@pytest.mark.parametrize("piece", ["ế", "e\u0301", "a@", "a.", "Ab ", "\n", "'"])
def test_telling_the_language_takes_linear_time(piece):
    start = time.process_time()
    list(foreign(piece * (200_000 // len(piece))))
    assert time.process_time() - start < 3


GERMAN = [
    "Die Mutter war sehr müde.",
    "Sie hat nicht gut geschlafen.",
    "Dann kam der Vater nach Hause und aß.",
]


@pytest.mark.parametrize(
    ("passages", "told"),
    [
        (GERMAN, ["\n\n".join(GERMAN)]),
        (
            ["We spoke of how she was sleeping and what her mother had said to us.", *GERMAN],
            ["\n\n".join(GERMAN)],
        ),
        (GERMAN[:1], []),
        (["Date seen", "w/ mum at home", "no concerns", "school say she is ok", "to ring gp on mon"] * 3, []),
    ],
)
def test_short_passages_that_follow_each_other_are_told_together(passages, told):
    text = "\n\n".join(passages)
    assert [text[span.start : span.end] for span in foreign(text)] == told
