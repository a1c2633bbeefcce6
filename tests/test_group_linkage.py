"""Clusters over a sparse graph: what merges, what does not, and that the order is of no matter."""

from __future__ import annotations

from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefing.group.linkage import Rule, components, link

RULE = Rule(join=0.5, floor=0.2, quorum=0.9)


def run(count, scores, rule=RULE):
    def score(a, b):
        return scores.get((min(a, b), max(a, b)), 0.0)

    edges = [pair for pair, value in scores.items() if value >= rule.join]
    return link(range(count), edges, score, rule)


def test_a_chain_is_not_welded():
    # Single linkage would make one blob of five.
    chain = {(n, n + 1): 0.9 for n in range(4)}
    assert run(5, chain) == [(0, 1), (2, 3), (4,)]


def test_one_weak_pair_blocks_two_small_clusters():
    # The mean of the four links between the pairs is 0.675, but one of them is below the floor.
    scores = {(0, 1): 0.95, (2, 3): 0.95, (0, 2): 0.9, (0, 3): 0.9, (1, 2): 0.9, (1, 3): 0.0}
    assert run(4, scores) == [(0, 1), (2, 3)]
    assert run(4, {**scores, (1, 3): 0.25}) == [(0, 1, 2, 3)]


def test_a_large_cluster_may_have_a_pair_that_shares_nothing():
    scores = dict.fromkeys(combinations(range(11), 2), 0.9) | {(0, 10): 0.0}
    assert run(11, scores) == [tuple(range(11))]


def test_the_best_link_goes_first():
    scores = {(0, 1): 0.6, (1, 2): 0.8}
    assert run(3, scores) == [(0,), (1, 2)]


def test_ties_go_to_the_smallest_items():
    scores = {(0, 1): 0.7, (1, 2): 0.7}
    assert run(3, scores) == [(0, 1), (2,)]


def test_nothing_and_loners():
    assert link([], [], lambda _a, _b: 1.0, RULE) == []
    assert run(3, {}) == [(0,), (1,), (2,)]


def test_large_clusters_are_sampled():
    seen = []

    def score(a, b):
        seen.append((a, b))
        return 0.9

    edges = [(n, n + 1) for n in range(59)]
    assert link(range(60), edges, score, RULE) == [tuple(range(60))]
    # All pairs are 1,770; looked at again after each merger they would be tens of thousands.
    assert len(seen) < 59 * 144 * 2


@given(
    st.integers(2, 9).flatmap(
        lambda n: st.tuples(
            st.just(n),
            st.dictionaries(
                st.sampled_from(list(combinations(range(n), 2))),
                st.sampled_from([0.1, 0.3, 0.6, 0.9]),
            ),
        )
    )
)
def test_every_item_once_and_every_merger_allowed(case):
    count, scores = case
    clusters = run(count, scores)
    assert sorted(item for cluster in clusters for item in cluster) == list(range(count))
    for cluster in clusters:
        assert list(cluster) == sorted(cluster)
        inner = [scores.get(pair, 0.0) for pair in combinations(cluster, 2)]
        # In clusters of so few articles no pair may fall below the floor.
        assert len(cluster) > 4 or all(value >= RULE.floor for value in inner)


SCORES = {(a, b): (a * 37 + b * 61) % 100 / 100 for a, b in combinations(range(12), 2)}


@given(
    st.permutations([pair for pair, value in SCORES.items() if value >= RULE.join]),
    st.permutations(range(12)),
)
def test_the_order_of_items_and_edges_is_of_no_matter(edges, items):
    found = link(items, edges, lambda a, b: SCORES[min(a, b), max(a, b)], RULE)
    assert found == run(12, SCORES)


@pytest.mark.parametrize(
    ("edges", "expected"),
    [
        ([], [[1], [2], [3], [4]]),
        ([(4, 2), (2, 1)], [[1, 2, 4], [3]]),
        ([(3, 4), (1, 2), (2, 3)], [[1, 2, 3, 4]]),
    ],
)
def test_components(edges, expected):
    assert components([4, 3, 2, 1], edges) == expected
