"""Which names a text says are made up, in the many ways people say so, and which it does not."""

import pytest

from pipeline.shield import declared


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
        ("We met Kadeem (his real name) there.", set()),
        ("Kadeem (real name Karwan) came.", set()),
        ("Kadeem came. I will call him Kadeem.", set()),
        ("I will call the school, Kadeem said, and he did.", set()),
        ("I will call Kadeem tomorrow.", set()),
        ("Mr B and Mrs F came.", set()),
        ("The names on the list changed. Kadeem is not sure.", set()),
        ('He said that the town is "Midwick".', set()),
        ("Kadeem, not his brother, came.", set()),
    ],
)
def test_names_declared_to_be_made_up(text, names):
    assert declared(text).names == names
