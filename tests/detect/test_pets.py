"""The names of animals, and people who bear the same or stand beside one."""

import pytest

from models.findings import EntityType, LookAlike
from pipeline.claims import Claim
from pipeline.pets import pets


@pytest.mark.parametrize(
    ("text", "name", "is_pet"),
    [
        ("The dog's called Zebedee. I like Zebedee.", "Zebedee", True),
        ("He drew the dog. It's called Zebedee.", "Zebedee", True),
        ("She lives with a cat named Zebedee.", "Zebedee", True),
        ("I met her cat, Zebedee, on the stairs.", "Zebedee", True),
        ("With her: Zebedee (cat) and Oonagh.", "Zebedee", True),
        ("He would not leave Zebedee. Zebedee is a whippet.", "Zebedee", True),
        ("With her: Zebedee (cat) and Oonagh.", "Oonagh", False),
        ("The dog barked. He's called Zebedee by his mates.", "Zebedee", False),
        ("I spoke to Zebedee (dog walker) at nine.", "Zebedee", False),
        ("I took her dog. Zebedee said thank you.", "Zebedee", False),
        ("Zebedee is a cat person.", "Zebedee", False),
        ("I met her cat and Zebedee, her brother.", "Zebedee", False),
    ],
)
def test_an_animals_name_is_nobodys_and_its_neighbours_are(text, name, is_pet):
    at = text.index(name)
    claim = Claim(at, at + len(name), EntityType.PERSON, 0.8, "tagger")
    told = list(pets(text).spared([claim], text))
    assert [c.look_alike for c in told] == [LookAlike.GENERIC if is_pet else None]


def test_a_name_that_a_person_bears_too_is_the_animals_only_where_it_says_so():
    text = "Zeb (cat) was asleep. Zeb Quill opened, and Zeb shouted."
    places = [0, text.index("Zeb shouted")]
    claims = [Claim(at, at + 3, EntityType.PERSON, 0.8, "tagger") for at in places]
    told = list(pets(text).spared(claims, text))
    assert [c.look_alike for c in told] == [LookAlike.GENERIC, None]
