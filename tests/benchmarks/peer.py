"""argos-translate with the bundled weights beside briefing: words per second and BLEU, in turns.

argos-translate (https://github.com/argosopentech/argos-translate) is the peer: it runs CTranslate2
as well, a paragraph at a time. It is not among briefing's extras; run this in an environment that
has it (`pip install argostranslate`). The bundled model is packaged for it: the same weights and
SentencePiece model, with the special tokens asked for in `config.json`. Each line is one sentence,
so argos's own sentence splitter is left out, which saves it time.
"""

from __future__ import annotations

import argparse
import json
import shutil
import statistics
import sys
import tempfile
import time
from pathlib import Path

import sacrebleu

from briefing.translate import load
from briefing.translate.models import find
from briefing.translate.normalisation import model_input

DATA = Path(__file__).parents[1] / "data" / "eval" / "news-id-en.tsv"


class WholeLine:
    """A sentence splitter for text that is split already."""

    def split_sentences(self, text: str) -> list[str]:
        """Return the text as one sentence."""
        return [text]


def main() -> None:
    """Translate the same lines with both, in turns, and print a Markdown table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--model", default="id-en")
    parser.add_argument("--tsv", type=Path, default=DATA)
    parser.add_argument("--lines", type=int, default=100)
    parser.add_argument("--rounds", type=int, default=3)
    arguments = parser.parse_args()
    rows = [line.rstrip("\n").split("\t")[:2] for line in arguments.tsv.open(encoding="utf-8")]
    rows = rows[: arguments.lines]
    sources = [model_input(row[0]) for row in rows]
    words = sum(len(source.split()) for source in sources)
    with tempfile.TemporaryDirectory() as scratch:
        systems = {
            "briefing": ours(arguments.model),
            "argos, its defaults": argos(package(find(arguments.model), Path(scratch)), beam=None),
            "argos, beam 4": argos(package(find(arguments.model), Path(scratch)), beam=4),
        }
        speeds: dict[str, list[float]] = {name: [] for name in systems}
        texts: dict[str, list[str]] = {}
        for system in systems.values():
            system(sources[:5])
        for _ in range(arguments.rounds):
            for name, system in systems.items():
                began = time.perf_counter()
                texts[name] = system(sources)
                speeds[name].append(words / (time.perf_counter() - began))
    print("| system | words/s | briefing is faster by | BLEU | chrF++ |\n|---|---|---|---|---|")
    references = [[row[1] for row in rows]]
    for name, made in texts.items():
        ratio = statistics.median(
            a / b for a, b in zip(speeds["briefing"], speeds[name], strict=True)
        )
        bleu = sacrebleu.corpus_bleu(made, references).score
        chrf = sacrebleu.corpus_chrf(made, references, word_order=2).score
        speed = statistics.median(speeds[name])
        print(f"| {name} | {speed:.0f} | {ratio:.1f} | {bleu:.1f} | {chrf:.1f} |", flush=True)


def ours(model: str):
    """Return briefing's translation of lines by the engine alone."""
    translator = load(model)
    return lambda lines: [hypothesis.text for hypothesis in translator.translate(lines)]


def package(model: Path, scratch: Path) -> Path:
    """Lay the model out as an installed Argos package and return its folder."""
    folder = scratch / "translate-id_en-1_0"
    if folder.exists():
        return folder
    (folder / "model").mkdir(parents=True)
    for name in ("model.bin", "shared_vocabulary.json"):
        shutil.copy(model / name, folder / "model" / name)
    config = json.loads((model / "config.json").read_text(encoding="utf-8"))
    config |= {"add_source_bos": True, "add_source_eos": True}
    (folder / "model" / "config.json").write_text(json.dumps(config), encoding="utf-8")
    shutil.copy(model / "sentencepiece.bpe.model", folder / "sentencepiece.model")
    about = {
        "package_version": "1.0",
        "argos_version": "1.11",
        "from_code": "id",
        "from_name": "Indonesian",
        "to_code": "en",
        "to_name": "English",
    }
    (folder / "metadata.json").write_text(json.dumps(about), encoding="utf-8")
    return folder


def argos(folder: Path, beam: int | None):
    """Return argos-translate's translation of lines, one call a line, as its API is used."""
    from argostranslate import settings
    from argostranslate.package import Package
    from argostranslate.translate import Language, PackageTranslation

    indonesian, english = Language("id", "Indonesian"), Language("en", "English")
    translation = PackageTranslation(indonesian, english, Package(folder))
    translation.sentencizer = WholeLine()
    default = settings.beam_size

    def translate(lines: list[str]) -> list[str]:
        settings.beam_size = beam or default
        return [translation.translate(line) for line in lines]

    return translate


if __name__ == "__main__":
    sys.exit(main())
