"""How good a translator is: BLEU and chrF++ with signatures, speed, flags, and a fair comparison.

Scores are sacreBLEU's (Post 2018), whose signature makes them comparable; two systems are compared
by paired bootstrap resampling (Koehn 2004), also sacreBLEU's.
"""

from __future__ import annotations

import hashlib
import json
import time
from collections import Counter
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

from briefing.errors import ModelError, UsageError
from briefing.translate.casing import TrueCaser
from briefing.translate.doubts import Examiner
from briefing.translate.normalisation import model_input
from briefing.translate.workflow import Workflow

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from briefing.translate.glossary import Glossary
    from briefing.translate.translator import Translator

__all__ = [
    "Comparison",
    "Evaluation",
    "TestSet",
    "compare",
    "evaluate",
    "raise_floors",
    "read_floors",
    "read_test_set",
]

# Flags that say what was done, not that the row is doubtful.
SETTLED = frozenset({"number-repaired"})
RESAMPLES = 1000


@dataclass(frozen=True, slots=True)
class TestSet:
    """Indonesian sentences with English references; `sha256` is over the pairs as read.

    `domains` is empty where the file names none.
    """

    __test__ = False  # pytest would take it for tests

    name: str
    sources: tuple[str, ...]
    references: tuple[str, ...]
    sha256: str
    domains: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Evaluation:
    """What one translator scored on one set.

    `words_per_second` counts source words over the seconds of the translation alone. `flagged` is
    the share of rows with a doubt and `kinds` counts the doubts. `plain` says that the engine ran
    alone, without second tries, repairs and glossary. `domains` gives BLEU by domain.
    """

    test_set: str
    sha256: str
    model: str
    engine: str
    lines: int
    bleu: float
    chrf: float
    bleu_signature: str
    chrf_signature: str
    words_per_second: float
    flagged: float
    kinds: dict[str, int]
    plain: bool
    domains: dict[str, float]
    hypotheses: tuple[str, ...]

    def to_dict(self) -> dict[str, Any]:
        """Return the evaluation as plain values, without the hypotheses."""
        tree = asdict(self)
        del tree["hypotheses"]
        return tree


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """Two evaluations of one set, with the p-values of their difference under each metric."""

    first: Evaluation
    second: Evaluation
    p_bleu: float
    p_chrf: float


def read_test_set(path: Path, limit: int | None = None) -> TestSet:
    """Read `indonesian<TAB>english[<TAB>domain]` lines, or a TMX file.

    Raises `UsageError` where the file cannot be read, and for a line that is not such a pair.
    """
    if path.suffix.lower() == ".tmx":
        from briefing.translate.tmx import read_tmx  # noqa: PLC0415 - loads lxml

        rows = [[pair.source, pair.target] for pair in read_tmx(path)]
    else:
        rows = _lines(path)
    rows = rows[:limit]
    if not rows:
        raise UsageError(f"{path} has no Indonesian-English pairs")
    told = "".join(f"{row[0]}\t{row[1]}\n" for row in rows)
    named = all(len(row) > 2 for row in rows)
    return TestSet(
        path.name,
        tuple(row[0] for row in rows),
        tuple(row[1] for row in rows),
        hashlib.sha256(told.encode()).hexdigest(),
        tuple(row[2] for row in rows) if named else (),
    )


def _lines(path: Path) -> list[list[str]]:
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise UsageError(f"cannot read {path}: {error}") from error
    rows = [line.split("\t") for line in lines if line.strip()]
    for number, row in enumerate(rows, 1):
        if len(row) < 2 or not row[0].strip() or not row[1].strip():
            raise UsageError(f"{path}:{number}: not indonesian<TAB>english")
    return rows


def _metrics() -> tuple[Any, Any]:
    try:
        from sacrebleu.metrics.bleu import BLEU  # noqa: PLC0415 - an optional package
        from sacrebleu.metrics.chrf import CHRF  # noqa: PLC0415 - an optional package
    except ImportError:
        raise ModelError("evaluation needs sacrebleu: pip install 'briefing[torch]'") from None
    return BLEU(), CHRF(word_order=2)


def evaluate(
    translator: Translator,
    test_set: TestSet,
    *,
    glossary: Glossary | None = None,
    plain: bool = False,
) -> Evaluation:
    """Translate a set and score it.

    With `plain` the engine runs alone; otherwise a row gets all that it gets in a briefing: second
    tries, repaired figures, and the terms of `glossary`. Raises `ModelError` without sacrebleu.
    """
    bleu, chrf = _metrics()
    # A set has no articles to learn the case of a headline's words from.
    cased = TrueCaser((), glossary)
    sources = test_set.sources if plain else map(cased, test_set.sources)
    segments = [model_input(source) for source in sources]
    # The first sentences load pages and set up threads; they are translated twice and timed once.
    translator.translate(segments[:8])
    workflow = Workflow(translator, glossary=glossary)
    examiner = Examiner(glossary=glossary)
    began = time.perf_counter()
    alone = translator.translate(segments) if plain else []
    rows = [] if plain else workflow.run(segments)
    seconds = time.perf_counter() - began
    if plain:
        texts = [hypothesis.text for hypothesis in alone]
        flags = [examiner.examine(s, h)[1] for s, h in zip(segments, alone, strict=True)]
    else:
        texts = [row.text for row in rows]
        flags = [row.flags for row in rows]
    doubts = [[f.kind for f in row if f.kind not in SETTLED] for row in flags]
    references = [list(test_set.references)]
    return Evaluation(
        test_set=test_set.name,
        sha256=test_set.sha256,
        model=translator.identity.name,
        engine=translator.identity.engine,
        lines=len(texts),
        bleu=float(bleu.corpus_score(texts, references).score),
        chrf=float(chrf.corpus_score(texts, references).score),
        bleu_signature=str(bleu.get_signature()),
        chrf_signature=str(chrf.get_signature()),
        words_per_second=sum(len(s.split()) for s in segments) / max(seconds, 1e-9),
        flagged=sum(map(bool, doubts)) / len(texts),
        kinds=dict(sorted(Counter(kind for row in doubts for kind in set(row)).items())),
        plain=plain,
        domains=_by_domain(bleu, texts, test_set),
        hypotheses=tuple(texts),
    )


def _by_domain(bleu: Any, texts: Sequence[str], test_set: TestSet) -> dict[str, float]:
    scores: dict[str, float] = {}
    for domain in sorted(set(test_set.domains)):
        chosen = [n for n, name in enumerate(test_set.domains) if name == domain]
        references = [[test_set.references[n] for n in chosen]]
        scored = bleu.corpus_score([texts[n] for n in chosen], references)
        scores[domain] = float(scored.score)
    return scores


def compare(first: Evaluation, second: Evaluation, test_set: TestSet) -> Comparison:
    """Compare two evaluations of `test_set` by paired bootstrap with 1,000 resamples.

    A p-value is the chance of a difference at least as large between equal systems. Raises
    `UsageError` where the evaluations are not of this set.
    """
    if not first.sha256 == second.sha256 == test_set.sha256:
        raise UsageError("only evaluations of the same test set can be compared")
    bleu, chrf = _metrics()
    from sacrebleu.significance import PairedTest  # noqa: PLC0415 - an optional package

    # The references go with the metrics: the test caches their statistics.
    test = PairedTest(
        [("first", list(first.hypotheses)), ("second", list(second.hypotheses))],
        {"BLEU": bleu, "chrF2++": chrf},
        references=[list(test_set.references)],
        test_type="bs",
        n_samples=RESAMPLES,
    )
    scores: dict[str, list[Any]] = test()[1]
    values = [float(scored[1].p_value) for name, scored in scores.items() if name != "System"]
    # sacreBLEU counts resamples that differ by more than was seen; of equal scores it finds none,
    # and calls the difference of nothing significant.
    return Comparison(
        first=first,
        second=second,
        p_bleu=values[0] if first.bleu != second.bleu else 1.0,
        p_chrf=values[1] if first.chrf != second.chrf else 1.0,
    )


def read_floors(path: Path) -> dict[str, Any]:
    """Read the pinned floors: JSON with `model`, `test_set`, `sha256`, `bleu`, `chrf`, ...

    Raises `UsageError` where the file is not such.
    """
    try:
        floors: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
        for key in ("bleu", "chrf", "flagged"):
            float(floors[key])
        str(floors["sha256"])
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise UsageError(f"{path} does not hold floors: {error}") from error
    return floors


def raise_floors(path: Path, evaluation: Evaluation, *, margin: float = 0.5) -> dict[str, Any]:
    """Pin the floors at an evaluation's scores less `margin`, but never lower than they are.

    The share of flagged rows is a ceiling: it is pinned at the evaluation's plus two points, never
    higher than it is. Returns what was written. Raises `UsageError` for an evaluation that is worse
    than a floor of the same set, and writes nothing then.
    """
    new = {
        "model": evaluation.model,
        "test_set": evaluation.test_set,
        "sha256": evaluation.sha256,
        "lines": evaluation.lines,
        "bleu": round(evaluation.bleu - margin, 1),
        "chrf": round(evaluation.chrf - margin, 1),
        "flagged": round(min(evaluation.flagged + 0.02, 1.0), 3),
        "bleu_signature": evaluation.bleu_signature,
        "chrf_signature": evaluation.chrf_signature,
    }
    if path.exists():
        old = read_floors(path)
        if old["sha256"] != evaluation.sha256:
            raise UsageError(
                f"{path} was pinned on another set ({old['sha256'][:12]}, now "
                f"{evaluation.sha256[:12]}); remove the file by hand to pin it anew"
            )
        for key, sign in (("bleu", 1), ("chrf", 1), ("flagged", -1)):
            if sign * (new[key] - old[key]) < 0:
                raise UsageError(
                    f"{path}: {key} {new[key]} would be worse than the floor {old[key]}; a floor "
                    "is lowered by hand, with a reason in the commit"
                )
    path.write_text(json.dumps(new, indent=2) + "\n", encoding="utf-8")
    return new
