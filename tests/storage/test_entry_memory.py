"""What the documents of an entry tell each other, and what is forgotten with one of them."""

from models.findings import EntityType
from models.redaction import LabelBook
from models.results import Fact
from models.serialize import from_json, to_json
from storage.sealed import Details, Memory

PLACE, EVENT = Fact("household", EntityType.LOCATION), Fact("household", EntityType.EVENT)


def memory() -> Memory:
    learned = Memory().learn("one", ("Kadeem",), LabelBook(), (PLACE,))
    return learned.learn("two", ("Odile",), LabelBook(), (EVENT, PLACE))


def test_a_document_is_told_of_the_others_only():
    context = memory().context("two", Details("p-1", "Rowan Ashby"), "swe-4")
    assert (context.names, context.facts) == (("Kadeem",), (PLACE,))
    context = memory().context("three", Details("p-1"), "swe-4")
    assert (context.names, context.facts) == (("Kadeem", "Odile"), (EVENT, PLACE))


def test_what_a_document_told_is_forgotten_with_it():
    context = memory().forget("two").context("three", Details("p-1"), "swe-4")
    assert (context.names, context.facts) == (("Kadeem",), (PLACE,))


def test_a_memory_that_knows_no_facts_can_still_be_opened():
    assert from_json(Memory, to_json(memory())) == memory()
    older = {k: v for k, v in to_json(memory()).items() if k != "facts"}
    assert from_json(Memory, older).names == memory().names
