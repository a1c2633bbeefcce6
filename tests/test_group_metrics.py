"""B-cubed and pairwise scores against values worked out by hand."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefing.group.metrics import bcubed, pairwise

GOLD = {"a": "x", "b": "x", "c": "x", "d": "y"}


@pytest.mark.parametrize(
    ("found", "b_precision", "b_recall", "p_precision", "p_recall"),
    [
        # The gold grouping itself.
        ({"a": 1, "b": 1, "c": 1, "d": 2}, 1, 1, 1, 1),
        # All alone: each of the three finds a third of its event, d all of it.
        ({"a": 1, "b": 2, "c": 3, "d": 4}, 1, (3 * 1 / 3 + 1) / 4, 1, 0),
        # All together: each of the three has 3 of 4 rightly beside it, d 1 of 4.
        ({"a": 1, "b": 1, "c": 1, "d": 1}, (3 * 3 / 4 + 1 / 4) / 4, 1, 3 / 6, 1),
        # {a, b} and {c, d}.
        ({"a": 1, "b": 1, "c": 2, "d": 2}, (1 + 1 + 0.5 + 0.5) / 4, (2 * 2 / 3 + 1 / 3 + 1) / 4, 0.5, 1 / 3),
    ],
)  # fmt: skip
def test_by_hand(found, b_precision, b_recall, p_precision, p_recall):
    b = bcubed(found, GOLD)
    assert (b.precision, b.recall) == pytest.approx((b_precision, b_recall))
    p = pairwise(found, GOLD)
    assert (p.precision, p.recall) == pytest.approx((p_precision, p_recall))


def test_f1_is_the_harmonic_mean_and_zero_at_nothing():
    assert bcubed({"a": 1, "b": 2}, {"a": 1, "b": 1}).f1 == pytest.approx(2 * 0.5 / 1.5)
    assert pairwise({"a": 1, "b": 2}, {"a": 1, "b": 1}).f1 == 0


@pytest.mark.parametrize("measure", [bcubed, pairwise])
@pytest.mark.parametrize("found", [{}, {"a": 1}, {**GOLD, "e": 3}])
def test_different_items_are_an_error(measure, found):
    with pytest.raises(ValueError, match="same items"):
        measure(found, GOLD)


@given(st.lists(st.tuples(st.integers(0, 3), st.integers(0, 3)), min_size=1, max_size=12))
def test_scores_swap_with_the_labellings(rows):
    found = {str(n): row[0] for n, row in enumerate(rows)}
    gold = {str(n): row[1] for n, row in enumerate(rows)}
    for measure in (bcubed, pairwise):
        one, two = measure(found, gold), measure(gold, found)
        assert one.precision == pytest.approx(two.recall)
        assert 0 <= one.f1 <= 1
        assert measure(gold, gold).f1 == 1 or len(set(gold.values())) == len(gold)
