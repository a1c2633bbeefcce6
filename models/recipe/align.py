"""Word alignments out of the decoder's attention, and the head that gives the best ones.

CTranslate2 returns the attention of the first head of one decoder layer. Which head points at the
source word best is measured on sentences aligned by hand (AER, Och and Ney 2003); `export` then
moves that head to the front, which changes nothing else: heads may be permuted.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import torch

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from torch import Tensor

__all__ = [
    "Aligned",
    "Head",
    "best_head",
    "error_rate",
    "move_head_first",
    "read_gold",
    "word_links",
]

SPACE = "\u2581"
Links = frozenset[tuple[int, int]]


@dataclass(frozen=True, slots=True)
class Aligned:
    """A sentence pair with links `(source word, target word)`, counted from 0."""

    source: list[str]
    target: list[str]
    sure: Links


@dataclass(frozen=True, slots=True)
class Head:
    """A cross-attention head and its alignment error rate (0 is best)."""

    layer: int
    head: int
    error: float


def read_gold(path: Path) -> list[Aligned]:
    """Read `source<TAB>target<TAB>0-0 1-2 ...` lines; words are what spaces part.

    Raises:
        ValueError: a link points outside its sentence.
    """
    found = []
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        if not line or line.startswith("#"):
            continue
        source, target, links = line.split("\t")
        pairs = [tuple(map(int, link.split("-"))) for link in links.split()]
        one = Aligned(source.split(), target.split(), frozenset((a, b) for a, b in pairs))
        if any(a >= len(one.source) or b >= len(one.target) for a, b in one.sure):
            raise ValueError(f"{path}:{number}: a link points outside its sentence")
        found.append(one)
    return found


def word_of_piece(pieces: Sequence[str]) -> list[int]:
    """The number of the word that each piece belongs to."""
    word, words = -1, []
    for i, piece in enumerate(pieces):
        word += i == 0 or piece.startswith(SPACE)
        words.append(word)
    return words


def word_links(attention: Tensor, source: Sequence[str], target: Sequence[str]) -> Links:
    """Links from an attention matrix `[target pieces, source pieces]`.

    Each target word is linked to the source word that its pieces attend to most, summed over the
    pieces of both.
    """
    left, right = word_of_piece(source), word_of_piece(target)
    table = torch.zeros(right[-1] + 1, left[-1] + 1)
    by_word = torch.zeros(len(right), left[-1] + 1).index_add_(1, torch.tensor(left), attention)
    table.index_add_(0, torch.tensor(right), by_word)
    return frozenset((int(a), b) for b, a in enumerate(table.argmax(1)))


def error_rate(found: Sequence[Links], gold: Sequence[Links]) -> float:
    """AER with sure links only, which is one minus the links' F1."""
    hits = sum(len(f & g) for f, g in zip(found, gold, strict=True))
    return 1 - 2 * hits / max(1, sum(map(len, found)) + sum(map(len, gold)))


def _linked(found: Links, gold: Links) -> Links:
    """The links of those target words that have a counterpart at all."""
    words = {b for _, b in gold}
    return frozenset((a, b) for a, b in found if b in words)


def attentions(model: Any, tokeniser: Any, one: Aligned) -> tuple[Tensor, list[str], list[str]]:
    """Cross-attention `[layers, heads, target pieces, source pieces]` of the gold translation.

    Row `t` is the attention when piece `t` is produced; `<s>` and `</s>` are left out.
    """
    source = tokeniser.encode(" ".join(one.source))
    target = tokeniser.encode(" ".join(one.target))
    entered = [2, *target.ids[1:-1]]
    with torch.no_grad():
        out = model(
            input_ids=torch.tensor([source.ids]),
            decoder_input_ids=torch.tensor([entered]),
            output_attentions=True,
            use_cache=False,
        )
    stacked = torch.stack([a[0] for a in out.cross_attentions])
    return stacked[:, :, :-1, 1:-1], source.tokens[1:-1], target.tokens[1:-1]


def best_head(folder: Path, gold: Path) -> list[Head]:
    """All heads of the Hugging Face folder, the best first.

    An attention matrix points somewhere for every target word; articles and other words without
    a counterpart are left out of the count.
    """
    from tokenizers import Tokenizer  # noqa: PLC0415 - slow to import
    from transformers import BartForConditionalGeneration  # noqa: PLC0415 - slow to import

    model: Any = BartForConditionalGeneration.from_pretrained(
        folder, dtype=torch.float32, attn_implementation="eager"
    )
    model.eval()
    tokeniser = Tokenizer.from_file(str(folder / "tokenizer.json"))
    sentences = read_gold(gold)
    found: dict[tuple[int, int], list[Links]] = {}
    for one in sentences:
        attention, source, target = attentions(model, tokeniser, one)
        for layer, heads in enumerate(attention):
            for head, matrix in enumerate(heads):
                found.setdefault((layer, head), []).append(word_links(matrix, source, target))
    wanted = [one.sure for one in sentences]
    scored = [
        Head(
            layer,
            head,
            error_rate([_linked(f, w) for f, w in zip(links, wanted, strict=True)], wanted),
        )
        for (layer, head), links in found.items()
    ]
    return sorted(scored, key=lambda h: (h.error, h.layer, h.head))


def move_head_first(model: Any, layer: int, head: int) -> None:
    """Swap a cross-attention head with the first of its layer, in place; the outputs stay."""
    attention = model.model.decoder.layers[layer].encoder_attn
    size = attention.head_dim
    order = torch.arange(attention.num_heads * size)
    order[:size], order[head * size : (head + 1) * size] = (
        torch.arange(head * size, (head + 1) * size),
        torch.arange(size),
    )
    with torch.no_grad():
        for part in (attention.q_proj, attention.k_proj, attention.v_proj):
            part.weight.copy_(part.weight[order])
            part.bias.copy_(part.bias[order])
        attention.out_proj.weight.copy_(attention.out_proj.weight[:, order])
