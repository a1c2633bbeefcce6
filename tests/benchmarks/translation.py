"""Words per second, BLEU and memory of the engines on the same weights, side by side."""

from __future__ import annotations

import argparse
import json
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from briefing.translate.batching import BatchTranslator, Decoding
from briefing.translate.models import find, inspect
from briefing.translate.normalisation import model_input

DATA = Path(__file__).parents[1] / "data" / "eval" / "news-id-en.tsv"


def main() -> None:
    """Run every engine in turn, `--rounds` times, and print a Markdown table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--model", default="id-en", help="CTranslate2 int8 model")
    parser.add_argument("--hf", type=Path, help="the same weights for transformers")
    parser.add_argument("--fp32", action="store_true", help="also CTranslate2 in fp32, from --hf")
    parser.add_argument("--tsv", type=Path, default=DATA, help="Indonesian<TAB>English lines")
    parser.add_argument("--lines", type=int, default=300)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--threads", type=int, default=0)
    parser.add_argument("--worker", nargs=2, help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    if arguments.worker:
        work(arguments)
        return
    with tempfile.TemporaryDirectory() as scratch:
        engines = {"ct2 int8": (arguments.model, "ct2")}
        if arguments.fp32 and arguments.hf:
            engines["ct2 fp32"] = (str(convert(arguments.hf, Path(scratch) / "fp32")), "ct2-fp32")
        if arguments.hf:
            engines["transformers fp32"] = (str(arguments.hf), "transformers")
        rounds: dict[str, list[dict]] = {name: [] for name in engines}
        for _ in range(arguments.rounds):
            for name, worker in engines.items():
                rounds[name].append(run(worker))
    report(rounds)


def run(worker: tuple[str, str]) -> dict:
    """Translate in a process of its own, so that memory is that engine's alone."""
    command = [sys.executable, __file__, *sys.argv[1:], "--worker", *worker]
    return json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)


def work(arguments: argparse.Namespace) -> None:
    """Load, warm up on ten lines, translate, and print the measurements as JSON."""
    import sacrebleu

    path, engine = arguments.worker
    began = time.perf_counter()
    folder = inspect(find(path))
    if engine == "transformers":
        from briefing.translate.huggingface import TransformersEngine

        loaded = TransformersEngine(folder, threads=arguments.threads, scores=False)
    else:
        from briefing.translate.ct2 import CTranslate2Engine

        kind = "float32" if engine == "ct2-fp32" else "int8"
        loaded = CTranslate2Engine(folder, threads=arguments.threads, compute_type=kind)
    rows = [line.rstrip("\n").split("\t")[:2] for line in arguments.tsv.open(encoding="utf-8")][
        : arguments.lines
    ]
    sources = [model_input(row[0]) for row in rows]
    translator = BatchTranslator(loaded, Decoding(beam=4))
    translator.translate(sources[:10])
    ready = time.perf_counter()
    made = [hypothesis.text for hypothesis in translator.translate(sources)]
    took = time.perf_counter() - ready
    references = [[row[1] for row in rows]]
    bleu, chrf = sacrebleu.metrics.BLEU(), sacrebleu.metrics.CHRF(word_order=2)
    print(
        json.dumps(
            {
                "load": ready - began,
                "words": sum(len(source.split()) for source in sources) / took,
                "bleu": bleu.corpus_score(made, references).score,
                "chrf": chrf.corpus_score(made, references).score,
                "signature": f"{bleu.get_signature()} {chrf.get_signature()}",
                "memory": peak_megabytes(),
            }
        )
    )


def peak_megabytes() -> float:
    """Return this process's peak of resident memory; `ru_maxrss` would inherit the parent's."""
    status = Path("/proc/self/status").read_text(encoding="ascii")
    line = next(line for line in status.splitlines() if line.startswith("VmHWM"))
    return int(line.split()[1]) / 1024


def convert(source: Path, target: Path) -> Path:
    """Convert a transformers folder to CTranslate2 without quantisation."""
    from briefing.translate.conversion import convert as to_ct2

    return to_ct2(source, target, quantization="float32")


def report(rounds: dict[str, list[dict]]) -> None:
    """Print the medians; a ratio is the median of the ratios of neighbouring runs."""
    slowest = rounds.get("transformers fp32")
    print("| engine | words/s | times transformers | BLEU | chrF++ | peak MB | load s |")
    print("|---|---|---|---|---|---|---|")
    for name, runs in rounds.items():
        middle = {
            key: statistics.median(run[key] for run in runs)
            for key in runs[0]
            if key != "signature"
        }
        ratio = "-"
        if slowest:
            ratios = [a["words"] / b["words"] for a, b in zip(runs, slowest, strict=True)]
            ratio = f"{statistics.median(ratios):.1f}"
        print(
            f"| {name} | {middle['words']:.0f} | {ratio} | {middle['bleu']:.1f} | "
            f"{middle['chrf']:.1f} | {middle['memory']:.0f} | {middle['load']:.1f} |"
        )
    print("\n" + next(iter(rounds.values()))[0]["signature"])


if __name__ == "__main__":
    main()
