"""A moving average of the weights: what is exported.

Polyak and Juditsky 1992; the averaged weights score about what a lower learning rate would reach.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import torch

if TYPE_CHECKING:
    from collections.abc import Sequence

    from torch import Tensor

__all__ = ["MovingAverage"]


class MovingAverage:
    """An exponential average of `weights`, updated in place.

    Args:
        weights: the weights as they are now.
        every: updates of the weights between two updates of the average.
        rate: the share that the present weights get at each; 0.03 every 8 steps remembers about
            the last 270 steps.
        kept: the average so far, where training goes on.
    """

    def __init__(
        self,
        weights: Sequence[Tensor],
        *,
        every: int = 8,
        rate: float = 0.03,
        kept: Sequence[Tensor] | None = None,
    ) -> None:
        self.every, self.rate = every, rate
        self.tensors = [q.clone() for q in (kept if kept is not None else weights)]

    def update(self, weights: Sequence[Tensor], step: int) -> None:
        """Take in the weights after `step` where its turn has come."""
        if step % self.every == 0:
            torch._foreach_lerp_(self.tensors, list(weights), self.rate)
