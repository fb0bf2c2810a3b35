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
        ("I've changed the names and some facts. The girl is Zeb; her mother is Leila.", {"Zeb", "Leila"}),
        ("I've changed the names in the file for her. The girl is Zeb.", set()),
        ("Zeb isn't her name; it's a flower. I met Zeb.", {"Zeb"}),
        ("Zeb isn't her name any more. I met Zeb.", set()),
        ("She says that Zeb isn't her name.", set()),
        ("Zeb isn't her name in the file.", set()),
        ("They call her Zeb. Zeb isn't her name; it is Oonagh Quill.", set()),
        ("A child protection plan since May and the mother is Zeb.", set()),
        ("An anonymous referral said that the father is Zeb.", set()),
        ("I have changed the names and addresses on the system. The mother is Zeb.", set()),
        ("Zeb is not her name now that she is married.", set()),
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
        ("To protect them I call the mother Leila and her son Zeb.", {"Leila", "Zeb"}),
        (
            "Names have been changed. I refer to the service user as Mrs Ash and her husband as Zeb.",
            {"Mrs Ash", "Zeb"},
        ),
        ("When I call her Leila she smiles. Leila lives here.", set()),
        ("I refer to her as Mrs Quill, never Leila.", set()),
        ("I noticed that I call the mother Leila.", set()),
        ("I call her L. It is the first letter of her name.", set()),
        ("For this reflection he's Kadeem, as everyone knows him.", set()),
        ("I've called them Alpha, Beta and Delta.", {"Alpha", "Beta", "Delta"}),
        ("I shall call you Leila because I like it.", {"Leila"}),
        ("I have called you Leila as you asked.", set()),
        ("I will call her Monday.", set()),
        ("If you call the office Leila will answer.", set()),
        ("You call your carers Leila and Zeb.", set()),
        ("I'm using characters for people: Lear, Viola.", {"Lear", "Viola"}),
        ("I use first names for residents here: Leila, Zeb.", set()),
        ("I'll call him Zeb, and the duty worker that day was Oonagh.", {"Zeb"}),
        (
            "I will refer to him as Mr X, to his nearest relative as Zeb and to the 2 doctors as Oonagh.",
            {"Mr X", "Zeb", "Oonagh"},
        ),
        (
            "All names have been changed. The young person is Leila and her mother is Oonagh.",
            {"Leila", "Oonagh"},
        ),
        ("Names have been changed.\nStudent: Leila Quill", set()),
        ("Names have been changed.\n\nStudent: Leila Quill\nPE: Oonagh Quill", set()),
        ("Names have been changed. The social worker was Leila Quill.", set()),
        ("The names have been changed. Leila is the mother, Oonagh the girl.", {"Leila", "Oonagh"}),
        ("The names have been changed. Leila Quill is the children's guardian.", set()),
        ("The name on the tenancy has been changed. Zeb is the father.", set()),
        ("They chose her name early. Leila is the baby.", set()),
        ("Leila does not exist. I made her of six women.", {"Leila"}),
        ("Dad acts as if Leila does not exist. Leila cried.", set()),
        ("They still call her Leila. It's not her name.", set()),
        ("Writing as Leila. It's a pen name.", {"Leila"}),
        ("Walter, which is made up, came.", {"Walter"}),
        ("Mr X, Dr A and Dr B came.", {"Dr A", "Dr B"}),
        ("* not real names\n\nZeb* came with Kit Vance* and left. Oonagh rang.", {"Zeb", "Kit Vance"}),
        ("Note\n* pseudonym\n\nZeb* was out. Present: Kadeem Quill*", {"Zeb"}),
        ("* All names changed.\nFirst Name*: \nSurname*: \nSigned Leila Quill*", set()),
        ("* name changed\n\nThe report says *see Kadeem Quill* on page 2.", set()),
        ("*pseudonym\nMy manager Leila Quill* agreed with it. (*team manager)", set()),
        ("The mother, whom I name Leila, and Oonagh, whom I asked.", {"Leila"}),
        ("The mother, whom I name Leila, and her social worker Oonagh Quill disagreed.", {"Leila"}),
        ("The next of kin, whom I name Kadeem Quill on the form, was rung.", set()),
        ("I will not use his name; in here he's Zeb.", {"Zeb"}),
        ("She does not use her name, here she is Leila Quill on the register.", set()),
        ("He does not use his own name: in here he is Kadeem on the wing list.", set()),
        ("Address withheld, and here Leila Quill lives with her mum.", set()),
        ("Medication withheld, here called Dr Quill for advice.", set()),
        ("She will be the Quill twins' key worker.", set()),
        ("The plan, referred to as the Quill plan, failed.", set()),
        ("I do not use his real name. Here he is Zeb to everyone.", {"Zeb"}),
        ("She did not use her name. Oonagh is here.", set()),
        ('Complainant: [name withheld], here "Mrs Quill"', {"Mrs Quill"}),
        ("texts with a carer, her name changed to Leila throughout", {"Leila"}),
        ("Following the adoption, her name changed to Leila Quill throughout her file.", set()),
        ("His name was changed to Kadeem Quill in these notes at his request.", set()),
        ("Her name was changed to Leila in 2019.", set()),
        ("Her name was changed to Leila by her adopters.", set()),
        ("Mr A, Ms B and Mr Y came.", set()),
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
        ("DoLS. P was there. Heather P was not; P's wishes were.", ["P", "P"]),
        ("MCA: P lacks capacity. Nurse P rang. Her son P came. Then P left.", ["P", "P"]),
        ("MCA training on Tuesday. On Wednesday I saw P, whose brother T came.", []),
        ("It is about the best interests of the child. P told me that P's mother hits her.", []),
        ("DoLS. P's wishes. I saw P.Mc. there.", ["P"]),
        ("COURT OF PROTECTION\nIN THE MATTER OF P\n2. P is well.", ["P", "P"]),
        ("DoLS.\nP: I saw it.\nHer view, for P: no. P objects.", ["P", "P"]),
    ],
)
def test_p_is_nobodys_letter_where_it_is_the_person_concerned(text, found):
    assert [text[c.start : c.end] for c in declared(text).claims(text)] == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Hypothesis A: content. B: afraid. C: shy. It was C, she said.", ["A", "B", "C"]),
        ("A: I want to go home. B: Why not now? A: Because of her. B: I see.", []),
        ("A, 14, was quiet. B, 9, did the talking.", []),
        ("See A: yes, I saw him. C: no.", []),
    ],
)
def test_letters_that_begin_options_are_nobodys_there(text, found):
    assert [text[c.start : c.end] for c in declared(text).claims(text)] == found


def test_a_made_up_name_is_known_by_its_title_and_in_capitals():
    text = "I will call her Amber. Mrs Amber came. AMBER: no. A Bamber too."
    assert [text[c.start : c.end] for c in declared(text).claims(text)] == ["Amber", "Mrs Amber", "AMBER"]


@pytest.mark.parametrize(
    "text",
    [
        "I'll call the " + "a" * 4_000,
        "Zeb for " + "a" * 4_000,
        "I will call her Zeb Xabc. " * 4_000,
        "I'll call her ²",
        "Kayleigh,¹ (not her real name) was",
    ],
)
def test_odd_texts_are_read_in_the_time_of_one_reading(text):
    list(declared(text).claims(text))
