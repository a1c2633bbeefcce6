"""CPU seconds until the command line answers and until the model is ready; size of an install."""

from __future__ import annotations

import argparse
import resource
import subprocess
import sys
import sysconfig
from pathlib import Path

CASES = {
    "python -c pass": ["-c", "pass"],
    "import briefing": ["-c", "import briefing"],
    "briefing --help": ["-m", "briefing", "--help"],
    "load id-en and translate one sentence": [
        "-c",
        "from briefing.translate import load; load().translate(['Harga beras naik.'])",
    ],
}


def main() -> None:
    """Print a table of CPU seconds (user and system, children's) and the size of site-packages."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=5)
    arguments = parser.parse_args()
    print("| command | CPU s, best of rounds |\n|---|---|")
    for name, command in CASES.items():
        print(f"| {name} | {min(cpu(command) for _ in range(arguments.rounds)):.2f} |")
    site = Path(sysconfig.get_paths()["purelib"])
    size = sum(f.stat().st_size for f in site.rglob("*") if f.is_file() and not f.is_symlink())
    print(f"\n{size / 2**20:.0f} MB in {site} (run in a fresh environment to measure an install)")


def cpu(command: list[str]) -> float:
    """Return the CPU seconds of a Python command."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run([sys.executable, *command], check=True, capture_output=True)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


if __name__ == "__main__":
    main()
