"""Train the model on CPU: resumable, memory-bounded, logged, stopped by a file.

What makes it quick:

* matrices in bfloat16 where the core multiplies them faster than in float32 (`fastest_dtype`), with
  the weights, their average and the optimiser in float32 (Micikevicius et al. 2018, "Mixed
  Precision Training"); on a two-core EPYC of family 26 a step took 1.26 s instead of 3.24 s;
* attention as plain matrix products: the fused attention of torch 2.13 took 29% of a step in its
  backward pass (1.26 s to 1.01 s a step);
* no dropout: few passes over the data are made, so there is little to regularise, and drawing the
  masks took an eighth of the time;
* one worker thread per core, each with single-threaded operators and a batch of its own, which
  update the shared weights in turn (Recht et al. 2011, "Hogwild!", with a lock on the update): no
  worker waits at a barrier inside an operator while a neighbour uses its core;
* a shortlist softmax (`models.recipe.shortlist`);
* jemalloc without decay, purged when memory grows (`models.recipe.launch`): no page faults.
"""

from __future__ import annotations

import contextlib
import ctypes
import json
import queue
import shutil
import threading
import time
from dataclasses import dataclass, field
from enum import Enum
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import torch
from torch.nn import functional

from models.recipe.average import MovingAverage
from models.recipe.batches import PAD, Batch, Batches, Pairs
from models.recipe.shortlist import Shortlist, ShortlistLoss

if TYPE_CHECKING:
    from collections.abc import Sequence

    from torch import Tensor

__all__ = ["Ending", "Schedule", "Trainer", "TrainingOptions", "train"]

END = 2
SHARED = "model.shared.weight"
PROBE_SECONDS = 0.2
TIED = frozenset(
    {"model.encoder.embed_tokens.weight", "model.decoder.embed_tokens.weight", "lm_head.weight"}
)


class Ending(Enum):
    """Why training ended. After `MEMORY` it should be started again."""

    STOPPED = "stopped by the file STOP"
    FINISHED = "the schedule has ended"
    MEMORY = "the memory bound was passed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Schedule:
    """The learning rate: a warm-up by steps, then a straight fall down to `floor` of the peak.

    Hours are what is short on a shared machine, so the fall can end at a time (`until`, seconds
    since the epoch) instead of at a step (`steps`). Training goes on at the floor after `until`
    and ends at `steps`. With neither, the rate stays at its peak.
    """

    peak: float = 4e-4
    encoder_peak: float = 2e-4
    warm_up: int = 250
    until: float | None = None
    fall_seconds: float = 6000.0
    steps: int | None = None
    fall_steps: int = 1000
    floor: float = 0.03

    def factor(self, step: int, since_start: int, now: float) -> float:
        """The share of the peak rate at `step`, `since_start` steps after the last resumption."""
        warm = min(1.0, (step + 1) / self.warm_up, (since_start + 10) / 30)
        fall = 1.0
        if self.until is not None:
            fall = (self.until - now) / self.fall_seconds
        elif self.steps is not None:
            fall = (self.steps - step) / self.fall_steps
        return warm * min(1.0, max(self.floor, fall))


@dataclass(frozen=True, slots=True, kw_only=True)
class TrainingOptions:
    """How to train. `batch_tokens` are cells of a padded side; memory is in MB.

    `frozen` lower layers of the encoder, with the embeddings as they enter it, stay as they are:
    six of twelve save a fifth of the work, which pays when hours are few. `compute` is the type of
    the matrix products; None lets the machine's speed decide.
    """

    schedule: Schedule = field(default_factory=Schedule)
    batch_tokens: int = 1600
    workers: int = 2
    label_smoothing: float = 0.1
    head: int = 8192
    tail: int = 1024
    average_every: int = 8
    average_rate: float = 0.03
    save_every: int = 200
    log_every: int = 50
    memory: int = 7500
    frozen: int = 0
    compute: torch.dtype | None = None
    seed: int = 3


def fastest_dtype() -> torch.dtype:
    """The type that this machine multiplies matrices faster in: bfloat16 or float32.

    Cores with `avx512_bf16` differ by a factor of ten: 80 GFLOP/s a core were measured on a Sapphire
    Rapids guest (float32: 110 to 150), 420 on an EPYC of family 26 (float32: 93).
    """
    best, rate = torch.float32, 0.0
    for dtype in (torch.float32, torch.bfloat16):
        a, b = torch.ones(1024, 384, dtype=dtype), torch.ones(1536, 384, dtype=dtype)
        functional.linear(a, b)
        start, n = time.perf_counter(), 0
        while time.perf_counter() - start < PROBE_SECONDS:
            functional.linear(a, b)
            n += 1
        found = n / (time.perf_counter() - start)
        if found > rate:
            best, rate = dtype, found
    return best


def resident_mb() -> int:
    """Memory of this process in MB; 0 where `/proc` does not tell."""
    try:
        return int(Path("/proc/self/statm").read_text().split()[1]) * 4 // 1024
    except OSError:
        return 0


def purge_allocator() -> None:
    """Have jemalloc, where it is preloaded, give its free pages back to the system.

    With its decay switched off a step takes no page faults (a fifth of the time); without a purge
    now and then its memory would grow with every new shape.
    """
    purge = getattr(ctypes.CDLL(None), "mallctl", None)
    if purge is not None:
        purge(b"arena.4096.purge", None, None, None, ctypes.c_size_t(0))  # 4096: all arenas


class Trainer:
    """The weights, their optimiser and their average, kept in `home/state`.

    The state is that of the prototype that made the first weights, and either can resume the
    other's: `train.pt` (float32 weights, average, AdamW), `hf` (the average as a Hugging Face
    folder in float32), `state.json`.

    Args:
        home: where the state is or will be.
        init: a Hugging Face folder to start from where there is no state.
        options: see `TrainingOptions`.
    """

    def __init__(self, home: Path, init: Path, options: TrainingOptions) -> None:
        from transformers import BartForConditionalGeneration  # noqa: PLC0415 - slow to import

        self.home, self.options = home, options
        state = home / "state"
        resumed = (state / "state.json").exists()
        known = json.loads((state / "state.json").read_text()) if resumed else {}
        self.step: int = known.get("step", 0)
        self.first = self.step
        self.tokens: int = known.get("done", 0)
        self.model: Any = BartForConditionalGeneration.from_pretrained(
            state / "hf" if resumed else init, dtype=torch.float32, attn_implementation="eager"
        )
        self.model.eval()  # no dropout; nothing else in the graph depends on the mode
        self.compute = options.compute or fastest_dtype()
        masters = {n: p.data for n, p in self.model.named_parameters()}
        self.model.to(self.compute)
        self.names = [n for n, _ in self.model.named_parameters()]
        self.params: list[Tensor] = [p for _, p in self.model.named_parameters()]
        self.embedding = self.names.index(SHARED)
        self._freeze(options.frozen)
        saved = torch.load(state / "train.pt", weights_only=True) if resumed else None
        if saved:
            for n, q in masters.items():
                q.copy_(saved["master"][n])
        # Without the version counter: one worker's graph must survive the other worker's update.
        self.inside = [p.data for p in self.params]
        self.weights = [masters[n] for n in self.names]  # the same tensors in float32
        self.average = MovingAverage(
            self.weights,
            every=options.average_every,
            rate=options.average_rate,
            kept=[saved["ema"][n] for n in self.names] if saved else None,
        )
        self._copy_in()
        self.optimiser = self._optimiser(options.schedule)
        if saved:
            groups = self.optimiser.state_dict()["param_groups"]
            self.optimiser.load_state_dict({"state": saved["opt"]["state"], "param_groups": groups})
        self.lock = threading.Lock()

    def _freeze(self, layers: int) -> None:
        if layers:
            encoder = self.model.model.encoder
            for part in (
                encoder.embed_positions,
                encoder.layernorm_embedding,
                *encoder.layers[:layers],
            ):
                for p in part.parameters():
                    p.requires_grad_(False)  # noqa: FBT003 - torch's name for it is positional

    def _optimiser(self, schedule: Schedule) -> torch.optim.AdamW:
        inside = [".encoder." in n for n in self.names]
        pairs = list(zip(self.weights, inside, strict=True))
        return torch.optim.AdamW(
            [
                {"params": [q for q, e in pairs if not e], "base": schedule.peak},
                {"params": [q for q, e in pairs if e], "base": schedule.encoder_peak},
            ],
            lr=1e-9,
            betas=(0.9, 0.98),
            weight_decay=0.01,
            fused=True,
        )

    def _copy_in(self) -> None:
        """Round the float32 weights into the graph's, where these are others."""
        if self.compute != torch.float32:
            torch._foreach_copy_(self.inside, self.weights)

    @property
    def vocabulary(self) -> int:
        """Number of pieces."""
        return len(self.weights[self.embedding])

    def gradients(
        self, batch: Batch, ids: Tensor, log_weight: Tensor
    ) -> tuple[float, int, list[Tensor | None]]:
        """Loss sum in nats, target tokens, and gradients of the mean loss, for one batch.

        `ids` are the shortlist; it holds every piece of the batch, `<pad>` and `</s>`.
        """
        source, target = torch.from_numpy(batch.source), torch.from_numpy(batch.target)
        table = self.weights[self.embedding]
        place = torch.zeros(len(table), dtype=torch.long)
        place[ids] = torch.arange(len(ids))
        rows = table[ids].requires_grad_()
        start = torch.full((len(target), 1), END)
        entered = torch.cat([start, target[:, :-1]], 1)
        entering = rows.detach() if self.options.frozen else rows
        hidden = self.model.model(
            inputs_embeds=functional.embedding(place[source], entering).to(self.compute),
            attention_mask=(source != PAD).long(),
            decoder_inputs_embeds=functional.embedding(place[entered], rows).to(self.compute),
            use_cache=False,
        ).last_hidden_state
        flat = target.reshape(-1)
        at = (flat != PAD).nonzero()[:, 0]
        loss = ShortlistLoss.apply(
            hidden.reshape(-1, hidden.shape[-1])[at],
            rows,
            log_weight,
            place[flat[at]],
            self.options.label_smoothing,
        )
        moving = [i for i, p in enumerate(self.params) if p.requires_grad and i != self.embedding]
        inputs = [rows, *(self.params[i] for i in moving)]
        first, *found = torch.autograd.grad(loss / len(at), inputs, allow_unused=True)
        gradients: list[Tensor | None] = [None] * len(self.params)
        for i, gradient in zip(moving, found, strict=True):
            gradients[i] = gradient
        full = torch.zeros_like(table)
        full[ids] = first
        gradients[self.embedding] = full
        return float(loss.detach()), len(at), gradients

    def update(self, gradients: Sequence[Tensor | None], factor: float) -> None:
        """One AdamW step with the norm clipped at 1; the caller holds the lock."""
        for group in self.optimiser.param_groups:
            group["lr"] = group["base"] * factor
        for q, g in zip(self.weights, gradients, strict=True):
            q.grad = None if g is None else g.float()
        torch.nn.utils.clip_grad_norm_(self.weights, 1.0)
        self.optimiser.step()
        self.optimiser.zero_grad(set_to_none=True)
        self._copy_in()
        self.average.update(self.weights, self.step)
        self.step += 1

    def save(self) -> None:
        """Write the state beside the old one, then put it in its place."""
        scratch, state, old = (self.home / n for n in ("state.tmp", "state", "state.old"))
        shutil.rmtree(scratch, ignore_errors=True)
        scratch.mkdir(parents=True)
        average = dict(zip(self.names, self.average.tensors, strict=True))
        torch.save(
            {
                "master": dict(zip(self.names, self.weights, strict=True)),
                "ema": average,
                "opt": self.optimiser.state_dict(),
            },
            scratch / "train.pt",
        )
        tensors = {
            n: average.get(n, average[SHARED] if n in TIED else t.float())
            for n, t in self.model.state_dict().items()
        }
        self.model.save_pretrained(scratch / "hf", state_dict=tensors)
        (scratch / "state.json").write_text(json.dumps({"step": self.step, "done": self.tokens}))
        shutil.rmtree(old, ignore_errors=True)
        with contextlib.suppress(FileNotFoundError):
            state.rename(old)
        scratch.rename(state)
        shutil.rmtree(old, ignore_errors=True)


class Run:
    """One run of a `Trainer`: the feeder, the workers and the log."""

    def __init__(self, trainer: Trainer, pairs: Pairs) -> None:
        options = trainer.options
        self.trainer, self.options = trainer, options
        self.shortlist = Shortlist(
            pairs.target_counts(trainer.vocabulary), options.head, options.tail
        )
        self.batches = Batches(pairs, options.batch_tokens, options.seed + trainer.step)
        self.todo: queue.Queue[Batch] = queue.Queue(4)
        self.done = threading.Event()
        self.ending = Ending.STOPPED
        self.failures: list[BaseException] = []
        self.loss, self.counted, self.since = 0.0, 0, time.monotonic()

    def feed(self) -> None:
        """Keep the queue full until the run is over."""
        for batch in self.batches.endless():
            while not self.done.is_set():
                with contextlib.suppress(queue.Full):
                    self.todo.put(batch, timeout=0.5)
                    break
            if self.done.is_set():
                return

    def over(self) -> Ending | None:
        """Whether and why to stop now."""
        steps = self.options.schedule.steps
        if steps is not None and self.trainer.step >= steps:
            return Ending.FINISHED
        if (self.trainer.home / "STOP").exists():
            return Ending.STOPPED
        if resident_mb() > self.options.memory * 2 // 3:
            purge_allocator()
            if resident_mb() > self.options.memory:
                return Ending.MEMORY
        return None

    def report(self, factor: float) -> None:
        """One line of the log."""
        now = time.monotonic()
        print(
            f"step {self.trainer.step} loss {self.loss / self.counted:.3f} rate {factor:.3f}"
            f" tok/s {self.counted / max(1e-9, now - self.since):.0f}"
            f" tokens {self.trainer.tokens} rss {resident_mb()}M {time.strftime('%H:%M:%S')}",
            flush=True,
        )
        self.loss, self.counted, self.since = 0.0, 0, now

    def take(self, number: int) -> None:
        """What one worker does."""
        torch.set_num_threads(1)
        rng = np.random.default_rng((self.options.seed, self.trainer.first, number))
        while not self.done.is_set():
            batch = self.todo.get()
            needed = np.unique(
                np.concatenate([batch.source.ravel(), batch.target.ravel(), [END, PAD]])
            )
            ids, log_weight = self.shortlist.choose(needed, rng)
            loss, n, gradients = self.trainer.gradients(batch, ids, log_weight)
            with self.trainer.lock:
                if not self.done.is_set():
                    self.apply(loss, n, gradients)

    def apply(self, loss: float, n: int, gradients: Sequence[Tensor | None]) -> None:
        """Update, log, save and look whether it is time to stop; under the trainer's lock."""
        trainer, options = self.trainer, self.options
        factor = options.schedule.factor(trainer.step, trainer.step - trainer.first, time.time())
        trainer.update(gradients, factor)
        trainer.tokens += n
        self.loss += loss
        self.counted += n
        if trainer.step % options.log_every == 0:
            self.report(factor)
        if trainer.step % options.save_every == 0:
            trainer.save()
        ending = self.over()
        if ending:
            self.ending = ending
            self.done.set()

    def work(self, number: int) -> None:
        """`take`, with a failure handed to the main thread."""
        try:
            self.take(number)
        except BaseException as error:  # noqa: BLE001 - raised again by `go`
            self.failures.append(error)
            self.done.set()

    def go(self) -> Ending:
        """Train until it is over; the state is saved, also when a worker failed before its update.

        Raises:
            Exception: whatever a worker raised.
        """
        feeder = threading.Thread(target=self.feed, daemon=True)
        workers = [
            threading.Thread(target=self.work, args=(n,), daemon=True)
            for n in range(self.options.workers)
        ]
        for thread in (feeder, *workers):
            thread.start()
        for thread in workers:
            thread.join()
        self.trainer.save()
        if self.failures:
            raise self.failures[0]
        return self.ending


def train(home: Path, init: Path, pairs: Pairs, options: TrainingOptions) -> Ending:
    """Train from `home/state`, or from `init` where there is none; the state is saved.

    Returns:
        Why it ended: the file `home/STOP`, the schedule's last step, or the memory bound.
    """
    trainer = Trainer(home, init, options)
    print(f"start step {trainer.step} pairs {len(pairs)} workers {options.workers}", flush=True)
    ending = Run(trainer, pairs).go()
    print(f"saved {trainer.step}: {ending.value}", flush=True)
    return ending
