import pytest

from models.entry import Answer
from storage.sealed import Answers
from storage.sealing import (
    MasterKeys,
    SealError,
    derive,
    fingerprint,
    format_master_key,
    new_key,
    parse_master_keys,
    seal,
    unseal,
)
from storage.vault import Vault, new_vault

KEY = new_key()


def test_what_was_sealed_is_opened():
    assert unseal(KEY, seal(KEY, b"words", "here"), "here") == b"words"


def test_sealing_twice_gives_different_bytes():
    assert seal(KEY, b"words", "here") != seal(KEY, b"words", "here")


@pytest.mark.parametrize(
    ("key", "place", "change"),
    [
        (new_key(), "here", lambda b: b),
        (KEY, "there", lambda b: b),
        (KEY, "here", lambda b: b[:-1] + bytes([b[-1] ^ 1])),
        (KEY, "here", lambda b: b[:5] + bytes([b[5] ^ 1]) + b[6:]),
        (KEY, "here", lambda b: b[:10]),
        (KEY, "here", lambda b: b"\x02" + b[1:]),
        (KEY, "here", lambda _: b""),
    ],
    ids=["other key", "other place", "changed", "other nonce", "cut", "other format", "empty"],
)
def test_what_does_not_belong_is_not_opened(key, place, change):
    with pytest.raises(SealError):
        unseal(key, change(seal(KEY, b"words", "here")), place)


def test_keys_of_two_uses_differ():
    assert derive(KEY, "sealing") != derive(KEY, "hashing")
    assert fingerprint(derive(KEY, "a"), "Sam") != fingerprint(derive(KEY, "b"), "Sam")


def test_one_entrys_things_do_not_open_in_another():
    masters = MasterKeys({"m1": new_key()}, "m1")
    one, _ = new_vault(masters, "e1")
    two, _ = new_vault(masters, "e2")
    sealed = one.seal("answers/1", Answers((Answer("what", "words"),)))
    assert one.open("answers/1", Answers, sealed).answers[0].text == "words"
    for vault, place in (
        (two, "answers/1"),
        (one, "answers/2"),
        (Vault("e2", one.sealing, one.hashing), "answers/1"),
    ):
        with pytest.raises(SealError):
            vault.open_bytes(place, sealed)


def test_an_old_master_key_still_opens_what_it_wrapped():
    old, new = new_key(), new_key()
    wrapped = MasterKeys({"m1": old}, "m1").wrap(KEY, "e1")
    both = MasterKeys({"m1": old, "m2": new}, "m2")
    assert both.unwrap(wrapped, "e1") == KEY
    assert both.wrap(KEY, "e1").master == "m2"
    with pytest.raises(SealError):
        both.unwrap(wrapped, "e2")
    with pytest.raises(SealError, match="m1 is not configured"):
        MasterKeys({"m2": new}, "m2").unwrap(wrapped, "e1")


def test_master_keys_are_read_as_they_are_written():
    text = f"{format_master_key('m1', KEY)}\n{format_master_key('m2', new_key())}\n"
    assert parse_master_keys(text).in_use == "m2"
    assert parse_master_keys(text).keys["m1"] == KEY


@pytest.mark.parametrize("text", ["", "\n", "m1:", "m1:c2hvcnQ=", "m1:***", "m1"])
def test_a_master_key_that_cannot_be_used_is_refused_without_being_told(text):
    with pytest.raises(SealError) as refused:
        parse_master_keys(text)
    assert "c2hvcnQ" not in str(refused.value)


def test_a_key_is_not_shown():
    assert str(KEY) not in repr(MasterKeys({"m1": KEY}, "m1"))
    assert "sealing" not in repr(Vault("e1", KEY, KEY))
