"""What counts as the same word."""

import pytest

from index.tokens import normalise, tokenise


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ("結直腸癌肝轉移", "结直肠癌肝转移"),
        ("ＭＲＩ", "mri"),
        ("5厘米", "5cm"),
        ("≥ 40%", "≥40%"),
        (">=40%", "≥40%"),
        ("一次最多五枚", "1次最多5枚"),
        ("resected tumors", "resect tumor"),
        ("ablations", "ablation"),
        ("HER-2", "her2 her"),
    ],
)
def test_same_tokens(a: str, b: str) -> None:
    assert set(tokenise(b)) <= set(tokenise(a)) or set(tokenise(a)) <= set(tokenise(b))


def test_mixed_terms_stay_whole() -> None:
    tokens = tokenise("mFOLFOX6联合BRAF V600E，残肝≥40%，T3N1M0")
    assert {"mfolfox6", "v600e", "≥40%", "40", "t3", "n1", "m0", "残肝"} <= set(tokens)


def test_odd_input() -> None:
    assert tokenise("") == []
    assert tokenise("\x00\ud800😀") == []
    assert normalise("ﬁ") == "fi"
