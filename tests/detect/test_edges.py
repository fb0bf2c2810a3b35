import pytest

from models.findings import EntityType, LookAlike
from pipeline.claims import Claim, settle
from pipeline.edges import shape


@pytest.mark.parametrize(
    ("text", "marked", "whole"),
    [
        ("I saw Sha***** at home", "Sha", "Sha*****"),
        ("her brother J***n came", "J", "J***n"),
        ("then S_____ left", "S", "S_____"),
        ("D****n K**** called", "D****n K", "D****n K****"),
        ("with Mrs K-----.", "Mrs K", "Mrs K-----"),
        ("the mother, [J] Smith, came", "J] Smith", "[J] Smith"),
        ("so **Grace** came", "Grace", "Grace"),
        ("so ***Grace*** came", "Grace", "Grace"),
        ("Grace -- who came", "Grace", "Grace"),
        ("[Grace] came", "Grace", "Grace"),
        ("then Grace Oake snr came", "Grace Oake", "Grace Oake snr"),
        ("Grace Oake Senior Social Worker", "Grace Oake", "Grace Oake"),
        ("Grace Oake senior nurse", "Grace Oake", "Grace Oake"),
        ("about Mr Oake senior.", "Mr Oake", "Mr Oake senior"),
        ("then K senior came", "K", "K"),
        ("and Big Grace came", "Grace", "Big Grace"),
        ("and Charge Nurse Oake came", "Nurse Oake", "Charge Nurse Oake"),
        ("and Staff Grace came", "Grace", "Grace"),
        ("and Old Nurse Oake came", "Nurse Oake", "Old Nurse Oake"),
        ("and Baby Jo came", "Jo", "Jo"),
        ("Grace* is not her name", "Grace", "Grace"),
        ("by Dr Grace Oake (F2) at nine", "Dr Grace Oake (F2", "Dr Grace Oake"),
        ('of GRACE OAKE ("P")', 'GRACE OAKE ("P', "GRACE OAKE"),
        ("by Grace Oake (GO) at nine", "Grace Oake (GO", "Grace Oake (GO)"),
        ("Apologies: DCS Mrs Oake; PK", "DCS Mrs Oake", "Mrs Oake"),
        ("(TM) Grace Oake", "TM) Grace Oake", "Grace Oake"),
        ("JP Oake rang", "JP Oake", "JP Oake"),
        ("care for Judith Oake, who", "Oake", "Judith Oake"),
        ("on Tuesday Oake came", "Oake", "Oake"),
        ("for Midwife Oake then", "Oake", "Oake"),
        ("Judith Oake came", "Oake", "Oake"),
        ("with Station Officer Judith Oake", "Judith Oake", "Station Officer Judith Oake"),
        ("the officer Oake", "Oake", "Oake"),
        ("and Old Grace came", "Grace", "Old Grace"),
        ("saw c. oake at ten", "oake", "c. oake"),
        ("Saw c. Oake at ten", "Oake", "Oake"),
        ("thats P Y N E not pine", "Y N", "P Y N E"),
        ("thats P-Y-N-E not pine", "P-Y", "P-Y-N-E"),
        ("with A B and C", "B", "B"),
        ("then Mrs A. rang", "Mrs A", "Mrs A."),
        ("Yours, Thos. Oake", "Oake", "Thos. Oake"),
        ("Mrs Oake senior has been", "Mrs Oake", "Mrs Oake senior"),
        ("I saw A. Then he came", "A", "A"),
        ("it was G.P. time", "G", "G"),
    ],
)
def test_a_name_is_taken_whole(text, marked, whole):
    start = text.index(marked)
    claim = Claim(start, start + len(marked), EntityType.PERSON, 0.9, "tagger")
    shaped = shape(claim, text)
    assert text[shaped.start : shaped.end] == whole


def test_what_a_number_is_called_goes_before_its_looks():
    text = "meeting ID 841 0092 5517"
    looks = Claim(11, 24, EntityType.CASE_REFERENCE, 0.93, "case_cued")
    called = Claim(11, 24, EntityType.CASE_REFERENCE, 0.99, "meeting_number", LookAlike.GENERIC)
    checked = Claim(11, 24, EntityType.NHS_NUMBER, 1.0, "nhs_number_cued")
    assert settle((looks, called), text) == (called,)
    assert settle((called, checked), text) == (checked,)


@pytest.mark.parametrize(
    ("text", "marked", "whole"),
    [
        ("see RiO 3087741 for", "RiO 3087741", "3087741"),
        ("Home Office S4419072; port", "Home Office S4419072", "S4419072"),
        ("ICS 2011275-U was", "2011275-U", "ICS 2011275-U"),
    ],
)
def test_a_programs_name_is_no_part_of_a_reference(text, marked, whole):
    start = text.index(marked)
    shaped = shape(Claim(start, start + len(marked), EntityType.CASE_REFERENCE, 0.9, "tagger"), text)
    assert text[shaped.start : shaped.end] == whole
