"""BLEU and chrF++ of an exported model, with signatures."""

from __future__ import annotations

import time
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

__all__ = ["Fidelity", "Score", "add_score", "evaluate", "fidelity", "read_pairs", "translate"]

FIGURE_KINDS = frozenset({"number", "time", "date", "currency", "unit"})
LONGEST = 250  # pieces; the positions end at 512, the training sentences at 128


@dataclass(frozen=True, slots=True, kw_only=True)
class Score:
    """Scores of one test set; `words_per_second` counts Indonesian words."""

    name: str
    lines: int
    bleu: float
    chrf: float
    words_per_second: float
    signatures: tuple[str, str]


def read_pairs(path: Path, limit: int | None = None) -> list[tuple[str, str]]:
    """The first two columns of a TSV."""
    with path.open(encoding="utf-8") as lines:
        rows = [line.rstrip("\n").split("\t")[:2] for line in lines]
    return [(a, b) for a, b in rows][:limit]


def translate(model: Path, lines: Sequence[str], *, beam: int = 4, threads: int = 1) -> list[str]:
    """Translate with the CTranslate2 folder `model`, as the package does but without its guards."""
    import ctranslate2  # noqa: PLC0415 - slow to import
    import sentencepiece  # noqa: PLC0415 - slow to import

    pieces = sentencepiece.SentencePieceProcessor(model_file=str(model / "sentencepiece.bpe.model"))
    engine = ctranslate2.Translator(str(model), inter_threads=threads, intra_threads=1)
    tokens = [["<s>", *pieces.encode(t, out_type=str)[:LONGEST], "</s>"] for t in lines]
    results = engine.translate_batch(
        tokens, beam_size=beam, max_batch_size=2048, batch_type="tokens"
    )
    return [
        pieces.decode([p for p in r.hypotheses[0] if p not in {"<s>", "</s>"}]) for r in results
    ]


def evaluate(
    model: Path, test: Path, *, limit: int | None = None, beam: int = 4, threads: int = 1
) -> Score:
    """Translate `test` (a TSV: source, reference) and score it with sacrebleu."""
    from sacrebleu.metrics.bleu import BLEU  # noqa: PLC0415 - slow to import
    from sacrebleu.metrics.chrf import CHRF  # noqa: PLC0415

    pairs = read_pairs(test, limit)
    start = time.perf_counter()
    hypotheses = translate(model, [a for a, _ in pairs], beam=beam, threads=threads)
    seconds = time.perf_counter() - start
    references = [[b for _, b in pairs]]
    bleu, chrf = BLEU(), CHRF(word_order=2)
    scores = (
        bleu.corpus_score(hypotheses, references).score,
        chrf.corpus_score(hypotheses, references).score,
    )
    return Score(
        name=test.stem,
        lines=len(pairs),
        bleu=scores[0],
        chrf=scores[1],
        words_per_second=sum(len(a.split()) for a, _ in pairs) / seconds,
        signatures=(str(bleu.get_signature()), str(chrf.get_signature())),
    )


def add_score(table: Path, step: int, score: Score) -> None:
    """Append a line to a TSV of scores, with its header where the file is new."""
    new = not table.exists()
    with table.open("a", encoding="utf-8") as out:
        if new:
            print("step", "set", "lines", "BLEU", "chrF++", "signatures", sep="\t", file=out)
        print(
            step,
            score.name,
            score.lines,
            f"{score.bleu:.2f}",
            f"{score.chrf:.2f}",
            " ".join(score.signatures),
            sep="\t",
            file=out,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Fidelity:
    """How many sentences keep all their figures; `wrong` are `source => hypothesis` of the rest."""

    lines: int
    right: int
    wrong: tuple[str, ...]


def fidelity(model: Path, test: Path, *, limit: int | None = None) -> Fidelity:
    """The share of sentences of a TSV whose figures the package's own checker finds all right.

    The checker (`briefing.translate.checks`) knows scale words, dates, clock times and units in
    both languages; nothing is repaired.
    """
    from briefing.translate.checks import check  # noqa: PLC0415 - loads its word lists

    sources = [a for a, _ in read_pairs(test, limit)]
    hypotheses = translate(model, sources)
    wrong = [
        f"{a} => {b}"
        for a, b in zip(sources, hypotheses, strict=True)
        if any(flag.kind in FIGURE_KINDS for flag in check(a, b))
    ]
    return Fidelity(lines=len(sources), right=len(sources) - len(wrong), wrong=tuple(wrong))
