"""A softmax over part of the vocabulary, and its label-smoothed loss.

Jean et al. 2015, "On Using Very Large Target Vocabulary for Neural Machine Translation": the
commonest pieces, the batch's own pieces and a sample of the rest stand for the whole vocabulary.
The sampled ones are weighted by the inverse of their chance, so that the partition function is
estimated without bias. Of 29,405 rows some 9,800 are left.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

import numpy as np
import torch
from torch import Tensor
from torch.nn import functional

if TYPE_CHECKING:
    from numpy.typing import NDArray

__all__ = ["Shortlist", "ShortlistLoss"]

LOSS_BLOCK = 256  # rows of logits at a time: 256 x 10,000 floats are 10 MB


class ShortlistLoss(torch.autograd.Function):
    """Label-smoothed cross-entropy over a weighted shortlist of the vocabulary, summed.

    With `w` the inverse of each candidate's chance to be on the list, the partition function is
    estimated by `sum w exp(logit)` and the smoothing term's mean over the vocabulary by the
    weighted mean of the logits. Gradients are made on the way forward, block by block, so that
    the logits of a whole batch never exist.
    """

    @staticmethod
    def forward(  # noqa: PLR0917 - torch passes them by position
        ctx: Any,
        hidden: Tensor,
        rows: Tensor,
        log_weight: Tensor,
        gold: Tensor,
        smoothing: float,
    ) -> Tensor:
        """Sum of losses in nats: hidden `[n, d]`, rows `[v, d]`, log_weight `[v]`, gold `[n]`."""
        uniform = torch.softmax(log_weight, 0)
        d_hidden, d_rows = torch.empty_like(hidden), torch.zeros_like(rows)
        total = rows.new_zeros(())
        table = rows.to(hidden.dtype)
        for i in range(0, len(gold), LOSS_BLOCK):
            h, y = hidden[i : i + LOSS_BLOCK], gold[i : i + LOSS_BLOCK, None]
            logits = functional.linear(h, table).float()
            mean = logits @ uniform
            right = logits.gather(1, y)[:, 0]
            logits += log_weight
            log_sum = torch.logsumexp(logits, 1)
            total += (log_sum - (1 - smoothing) * right - smoothing * mean).sum()
            logits.sub_(log_sum[:, None]).exp_()
            logits.sub_(uniform, alpha=smoothing)
            logits.scatter_add_(1, y, torch.full_like(logits[:, :1], smoothing - 1))
            slope = logits.to(hidden.dtype)
            torch.mm(slope, table, out=d_hidden[i : i + LOSS_BLOCK])
            d_rows += slope.T @ h
        ctx.save_for_backward(d_hidden, d_rows)
        return total

    @staticmethod
    def backward(ctx: Any, *grads: Tensor) -> tuple[Tensor | None, ...]:
        """The gradients kept by `forward`, scaled."""
        d_hidden, d_rows = ctx.saved_tensors
        return d_hidden.mul_(grads[0]), d_rows.mul_(grads[0]), None, None, None


class Shortlist:
    """Chooses the candidates of each batch's softmax.

    Args:
        counts: how often each piece is seen on the target side in one pass.
        head: how many of the commonest pieces are always candidates.
        tail: how many of the others are drawn for each batch.
    """

    def __init__(self, counts: NDArray[np.float64], head: int, tail: int) -> None:
        order = np.argsort(-counts, kind="stable")
        self.head, self.rest = np.sort(order[:head]), np.sort(order[head:])
        self.tail = tail

    def choose(self, needed: NDArray[np.int64], rng: np.random.Generator) -> tuple[Tensor, Tensor]:
        """Piece ids on the list, `needed` first among them, and the logarithm of each's weight."""
        sure = np.union1d(self.head, needed)
        rest = np.setdiff1d(self.rest, needed, assume_unique=True)
        some = rng.choice(rest, min(self.tail, len(rest)), replace=False)
        ids = np.concatenate([sure, some])
        logs = np.zeros(len(ids), np.float32)
        if len(some):
            logs[len(sure) :] = math.log(len(rest) / len(some))
        return torch.from_numpy(ids), torch.from_numpy(logs)
