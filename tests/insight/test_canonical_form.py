"""The canonical form against the examples that RFC 8785 publishes."""

import json
import struct

import pytest
from hypothesis import given
from hypothesis import strategies as st

from swipe.insight.canonical import canonical, digest, number

# RFC 8785, appendix B.
NUMBERS = {
    "0000000000000000": "0",
    "8000000000000000": "0",
    "0000000000000001": "5e-324",
    "8000000000000001": "-5e-324",
    "7fefffffffffffff": "1.7976931348623157e+308",
    "ffefffffffffffff": "-1.7976931348623157e+308",
    "4340000000000000": "9007199254740992",
    "c340000000000000": "-9007199254740992",
    "4430000000000000": "295147905179352830000",
    "44b52d02c7e14af5": "9.999999999999997e+22",
    "44b52d02c7e14af6": "1e+23",
    "44b52d02c7e14af7": "1.0000000000000001e+23",
    "444b1ae4d6e2ef4e": "999999999999999700000",
    "444b1ae4d6e2ef4f": "999999999999999900000",
    "444b1ae4d6e2ef50": "1e+21",
    "3eb0c6f7a0b5ed8c": "9.999999999999997e-7",
    "3eb0c6f7a0b5ed8d": "0.000001",
    "41b3de4355555553": "333333333.3333332",
    "41b3de4355555554": "333333333.33333325",
    "41b3de4355555555": "333333333.3333333",
    "41b3de4355555556": "333333333.3333334",
    "41b3de4355555557": "333333333.33333343",
    "becbf647612f3696": "-0.0000033333333333333333",
    "43143ff3c1cb0959": "1424953923781206.2",
}


@pytest.mark.parametrize(("bits", "written"), NUMBERS.items())
def test_numbers_are_written_as_the_standard_lists_them(bits, written):
    assert number(struct.unpack(">d", bytes.fromhex(bits))[0]) == written


@pytest.mark.parametrize("value", [float("nan"), float("inf"), float("-inf"), 2**53 + 1])
def test_a_number_without_an_exact_form_is_refused(value):
    with pytest.raises(ValueError, match=r"JSON has no|larger than"):
        canonical({"x": value})


def test_keys_stand_in_the_order_of_their_utf_16_units():
    keys = ["\u20ac", "\r", "\ufb33", "1", "\U0001f600", "\u0080", "\u00f6"]
    written = json.loads(canonical(dict.fromkeys(keys, 0)))
    assert list(written) == ["\r", "1", "\u0080", "\u00f6", "\u20ac", "\U0001f600", "\ufb33"]


def test_the_sample_object_gives_the_published_text():
    sample = {
        "numbers": [333333333.33333329, 1e30, 4.50, 2e-3, 0.000000000000000000000000001],
        "string": "\u20ac$\u000f\u000aA'\u0042\u0022\u005c\\\"/",
        "literals": [None, True, False],
    }
    assert canonical(sample).decode() == (
        '{"literals":[null,true,false],'
        '"numbers":[333333333.3333333,1e+30,4.5,0.002,1e-27],'
        '"string":"€$\\u000f\\nA\'B\\"\\\\\\\\\\"/"}'
    )


def test_a_whole_number_reads_the_same_as_float_and_integer():
    assert canonical([1.0, 1, 0.71, 100.0]) == b"[1,1,0.71,100]"


def test_text_that_is_no_text_is_refused():
    with pytest.raises(ValueError, match="surrogates"):
        canonical("\ud800")
    with pytest.raises(ValueError, match="keys"):
        canonical({1: 2})
    with pytest.raises(TypeError, match="bytes"):
        canonical([b"x"])


@given(st.floats(allow_nan=False, allow_infinity=False))
def test_every_double_is_read_back_as_itself(value):
    assert float(number(value)) == value


def test_the_digest_leaves_itself_out():
    bare = {"area": "bolbro", "snapshot": {"number": 1}}
    signed = {"area": "bolbro", "snapshot": {"number": 1, "digest": digest(bare)}}
    assert digest(signed) == digest(bare)
    assert digest({**signed, "area": "vollsmose"}) != digest(bare)


def test_the_digest_is_sha_256_of_the_canonical_bytes():
    # printf '{"a":1}' | sha256sum
    expected = "015abd7f5cc57a2dd94b7590f04ad8084273905ee33ec5cebeae62276a97f862"
    assert digest({"a": 1.0}) == f"sha256:{expected}"
