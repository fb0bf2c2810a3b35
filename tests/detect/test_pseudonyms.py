"""Which names a text says are made up, in the many ways people say so, and which it does not."""

import pytest

from pipeline.made_up import declared


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("I will call the young person in this account Hiwa, which is not his name.", {"Hiwa"}),
        ("I will call her Leila (not her real name).", {"Leila"}),
        ("Her grandson, called Tunde here, not his real name, came.", {"Tunde"}),
        ('I have used "Poppy" for the young person (name changed).', {"Poppy"}),
        ("His carer Bintu (also changed) came.", {"Bintu"}),
        ("Mr Hargreave, name altered at his own request, came.", {"Mr Hargreave"}),
        (
            "The young people chose their own names for this: Zico, Pele and Kit Vance.",
            {"Zico", "Pele", "Kit Vance"},
        ),
        ("We laughed and we changed it to Mr Ash.", {"Mr Ash"}),
        ("We discussed a composite family: Zeb, Mr Ash and a nan.", {"Zeb", "Mr Ash"}),
        ('Leila (not her real name) came. The town is "Midwick".', {"Leila", "Midwick"}),
        ("Child A and Mr B came; then Ms C.", {"Mr B", "Ms C"}),
        ("Child A and Mr B came; then Ms D.", set()),
        ("Zeb came. Note: Zeb and Oonagh are not real names.", {"Zeb", "Oonagh"}),
        ("Mr Quill came.\n\n* Alf Quill is a pseudonym.", {"Alf Quill"}),
        ("Zeb is composite. Oonagh is not.", {"Zeb"}),
        ("Zeb* came with Kit Vance*. Oonagh rang.\n\n* not real names", {"Zeb", "Kit Vance"}),
        ("Zeb* came.\n\n* Zeb rang back, name not known.", set()),
        ("Zeb* came.\n\n* Name changed by deed poll.", set()),
        ("* All names have been changed\n\nI met **Kit Vance** and *Zeb*.", set()),
        ("* I met Zeb*\n* Names changed\n* Oonagh*", set()),
        (
            "For confidentiality I refer to the family as the Elms. The parents are Zeb and Leila. Kit came.",
            {"Elms", "Zeb", "Leila"},
        ),
        ("To protect all, in this account the child is Kadeem. His sister is Leila.", {"Kadeem", "Leila"}),
        ("In this account the social worker is Oonagh.", set()),
        ("In this account the child is Kadeem.", set()),
        ("I refer to the health visitor as Oonagh.", set()),
        ("I have called the family Elm. Their social worker is Oonagh.", {"Elm"}),
        ("SCENARIO 2 (fictional)\nZeb is 54. Oonagh came.", {"Zeb"}),
        ("In this piece the mother will be called Leila.", {"Leila"}),
        ("and Leila (I will use this name for her) rang", {"Leila"}),
        ('"Leila", as we shall call her, was late.', {"Leila"}),
        ("Names have been changed: Zeb for the young man, Leila for his aunt.", {"Zeb", "Leila"}),
        ("Names are changed: Zeb for him. Colleagues are real: Oonagh.", {"Zeb"}),
        ("Leila (name changed by deed poll) came.", set()),
        ("Kadeem is made up with his new flat.", set()),
        ("Leila is not her sister.", set()),
        ("We met Kadeem (his real name) there.", set()),
        ("Kadeem (real name Karwan) came.", set()),
        ("Kadeem came. I will call him Kadeem.", set()),
        ("I will call the school, Kadeem said, and he did.", set()),
        ("I will call Kadeem tomorrow.", set()),
        ("Mr B and Mrs F came.", set()),
        ("The names on the list changed. Kadeem is not sure.", set()),
        ('He said that the town is "Midwick".', set()),
        ("Kadeem, not his brother, came.", set()),
        ("She will be Leila's manager.", set()),
        ("Her mother will be Leila Quill's advocate.", set()),
        ("The key person will be Leila Quill, who starts in May.", set()),
        ("I have called the duty worker Leila Quill twice.", set()),
        ("I am using the case of Leila Quill to think.", set()),
        ("I am using the name Leila.", {"Leila"}),
        ("He is referred to as Kadeem by his school.", set()),
        ("She is referred to in this referral as Leila Quill.", set()),
        ("She changed her name to Leila Quill.", set()),
        ("I have changed her name to Leila.", {"Leila"}),
        ("I changed it to Leila when she asked.", set()),
        ("I constructed a timeline: Kadeem moved nine times.", set()),
        ("He had made up the story: Kadeem was upset.", set()),
        ("I will call her Leila and Oonagh Quill supervised me.", {"Leila"}),
        ("I will call her Leila and her aunt Oonagh throughout.", {"Leila", "Oonagh"}),
        ("Leila (her name was changed in 2019) came.", set()),
        ("Leila Quill, also not sleeping well, came.", set()),
        ("Leila Quill (also not her name) came.", {"Leila Quill"}),
        ("Kadeem, also changed by this, came.", set()),
        ("Kadeem (assumed) is the father.", set()),
        ("Leila, made up with her new flat, rang.", set()),
        ("The claims against Kadeem were invented.", set()),
        ("Kadeem is not his name on the certificate.", set()),
        ("Role play (made up)\nLeila Quill led the session.", set()),
        ("Case study (fictional)\nLeila Quill, my manager, wrote it.", set()),
        ("Names have been changed. My practice educator is Leila Quill.", set()),
        ("I call the mother Leila and her son Zeb.", {"Leila", "Zeb"}),
        ("I refer to the service user as Mrs Ash and her husband as Zeb.", {"Mrs Ash", "Zeb"}),
        ("I call her Leila. It's the first letter of her name that I kept.", set()),
        ("I call her L. It is the first letter of her name.", set()),
        ("For this account she's Leila.", {"Leila"}),
        ("I've called them Alpha, Beta and Delta.", {"Alpha", "Beta", "Delta"}),
        ("I will call her Monday.", set()),
        ("You call the child Fern and her gran Mrs Bracken.", {"Fern", "Mrs Bracken"}),
        ("I'm using characters for people: Lear, Viola.", {"Lear", "Viola"}),
        (
            "I refer to him as Mr X, to his nearest relative as Zeb and to the 2 doctors as Oonagh.",
            {"Mr X", "Zeb", "Oonagh"},
        ),
        (
            "All names have been changed.\n\nThe young person is Leila and her mother is Oonagh.",
            {"Leila", "Oonagh"},
        ),
        ("The names have been changed. Leila is the mother, Oonagh the girl.", {"Leila", "Oonagh"}),
        ("Leila does not exist. I made her of six women.", {"Leila"}),
        ("Since Leila does not exist on the system, nobody rang.", set()),
        ("He wanted to be Blaze. It isn't his name.", {"Blaze"}),
        ("I rang Blaze. It isn't his name on the form.", set()),
        ("Writing as Leila. It's a pen name.", {"Leila"}),
        ("Walter, which is made up, came.", {"Walter"}),
        ("Mr X, Dr A and Dr B came.", {"Dr A", "Dr B"}),
    ],
)
def test_names_declared_to_be_made_up(text, names):
    parts = {part for name in names for part in name.split()}
    assert declared(text).names - parts | {name for name in names if " " not in name} == names


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("The children are A, B and C. A was with B. Plan A.", ["A", "B", "C", "A", "B", "A"]),
        ("The officers, X and Y, came. A bus was late; Y was not.", ["X", "Y", "Y"]),
        ("We looked at parts A, B and C. B came.", []),
        ("The boys are D and K. K came.", []),
    ],
)
def test_letters_in_the_order_of_the_alphabet_are_nobodys(text, found):
    assert [text[c.start : c.end] for c in declared(text).claims(text)] == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("A best interests meeting. P was there. Heather P was not; P's view.", ["P", "P"]),
        ("P was there.", []),
        ("DoLS. I saw P.Mc. there.", []),
        ("DoLS.\nP: I saw it.\nHer view, for P: no.", ["P"]),
    ],
)
def test_p_is_nobodys_letter_where_capacity_is_spoken_of(text, found):
    assert [text[c.start : c.end] for c in declared(text).claims(text)] == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Hypothesis A: content. B: afraid. C: shy. It was C, she said.", ["A", "B", "C", "C"]),
        ("We could, A, stay put. B, go home. So it's B, reviewed.", ["A", "B", "B"]),
        ("See A: yes, I saw him. C: no.", []),
        ("A: yes, I saw him. B: no, never.", ["B"]),
        ("B: yes, I saw him. C: no.", []),
    ],
)
def test_letters_of_options_are_nobodys(text, found):
    assert [text[c.start : c.end] for c in declared(text).claims(text)] == found


def test_a_made_up_name_is_known_by_its_title_and_in_capitals():
    text = "I will call her Amber. Mrs Amber came. AMBER: no. A Bamber too."
    assert [text[c.start : c.end] for c in declared(text).claims(text)] == ["Amber", "Mrs Amber", "AMBER"]
