"""Streams are unpacked alike on the quick way and on the slow one."""

import base64
import random
import zlib

import pikepdf
import pytest
from pikepdf import Array, Name, Stream

from models.errors import DocumentError, ReasonCode
from pipeline.readers.pdf_streams import CHUNK, unpacked
from pipeline.redactors.pdf_verify import _names

LIMIT = 32 << 20
PLAIN = b"BT (Plain words on a page) Tj ET " * 20


def in_base_85(packed, end=b"~>"):
    return base64.a85encode(packed) + end


def read(packed, limit=LIMIT):
    with pikepdf.new() as pdf:
        return unpacked(Stream(pdf, packed, Filter=Array([Name.ASCII85Decode, Name.FlateDecode])), limit)


@pytest.mark.parametrize("size", [1, 2, 3, 4, 5, 98, 99, 100, 101, 5000])
def test_base_85_of_every_length_is_undone(size):
    plain = random.Random(size).randbytes(size)
    assert read(in_base_85(zlib.compress(plain))) == plain


@pytest.mark.parametrize(
    "packed",
    [
        in_base_85(zlib.compress(PLAIN), end=b""),
        in_base_85(zlib.compress(PLAIN), end=b"\n~>\n"),
        in_base_85(zlib.compress(PLAIN), end=b" ~ >"),
        b"\n".join(in_base_85(zlib.compress(PLAIN))[at : at + 20] for at in range(0, 200, 20)),
        in_base_85(zlib.compress(PLAIN)) + b" after its end",
    ],
    ids=["no end", "lines around the end", "a parted end", "in lines", "more after the end"],
)
def test_odd_base_85_is_read_as_others_read_it(packed):
    assert read(packed) == PLAIN


def test_the_letter_for_four_noughts_is_read():
    stored = zlib.compress(bytes(400), 0)
    assert b"z" in in_base_85(stored)
    assert read(in_base_85(stored)) == bytes(400)


@pytest.mark.parametrize("packed", [b"~>", b"!~>", b"uuuuu~>", b"not base 85 }}}~>"])
def test_damaged_base_85_gives_nothing_and_harms_nobody(packed):
    assert read(packed) == b""


def test_a_long_one_is_read_too_and_kept_to_its_limit():
    plain = random.Random(1).randbytes(CHUNK)
    assert read(in_base_85(zlib.compress(plain))) == plain
    with pytest.raises(DocumentError) as refused:
        read(in_base_85(zlib.compress(bytes(2 * CHUNK))), limit=CHUNK)
    assert refused.value.reason.code is ReasonCode.TOO_COMPLEX


def test_a_name_in_another_encoding_is_read_byte_by_byte():
    font = pikepdf.Dictionary(BaseFont=pikepdf.Object.parse(b"/Sam#cb#ce"))
    assert "/SamËÎ" in set(_names(font))
