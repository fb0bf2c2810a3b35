"""What odd and hostile texts cost, each checked by the whole line in a process of its own.

usage: python -m tests.bench.hostile [NAME]
Prints a table of all texts, or the figures of one.
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
import time
from dataclasses import dataclass
from itertools import islice, product
from pathlib import Path
from string import ascii_lowercase

from models.errors import DocumentError
from models.results import Context
from models.upload import Upload
from pipeline.kit import load_kit
from pipeline.limits import Limits
from pipeline.line import check, read

SECONDS = 600
"""Longest wait for one text."""

_STORY = (
    "I visited Shanice Adeyemi, 14, at 12 Larkspur Close in Hexham on 14 March 2024 with her nan. We talked"
    " of school and of the move. Kolb (1984) helped me to reflect on it. My manager, Dawn Oakes, agreed. "
)
TEXTS = {
    "empty": "",
    "control characters": "".join(map(chr, range(32))) * 300 + _STORY,
    "combining characters": "e\u0301\u0302" * 50_000,
    "right to left": "שלום עולם 07700 900123 \u202e" * 4_000,
    "wholly capitals": _STORY.upper() * 200,
    "no capitals": _STORY.lower() * 200,
    "10,000 e-mail addresses": " ".join(f"user{number}@example.org" for number in range(10_000)),
    "2,000 names of a letter's difference": "\n".join(
        f"Today I visited Ferdin{a}nd March{b}nders{c}n at home."
        for a, b, c in islice(product(ascii_lowercase, repeat=3), 2_000)
    ),
    "20,000 footnotes": "Zeb* came.\n* not her name\n" * 10_000,
    "a million characters": "\n\n".join([_STORY * 3] * 3_000)[:1_000_000],
    "one line of 2 MB": (_STORY * 9_000)[:1_999_000],
}


@dataclass(frozen=True, slots=True)
class Cost:
    """What the check of one text came to.

    Attributes:
        answer: The outcome, or the code of the reason for which the text is refused.
        cpu: Processor time in seconds, loading left out.
        peak: Peak memory of the process in MiB, everything counted.
    """

    answer: str
    findings: int
    cpu: float
    peak: float


def cost(name: str) -> Cost:
    """Measure one text in a process of its own.

    Raises:
        CalledProcessError: The check broke down.
        TimeoutExpired: It did not end.
    """
    command = [sys.executable, "-m", "tests.bench.hostile", name]
    told = subprocess.run(command, capture_output=True, text=True, check=True, timeout=SECONDS)
    return Cost(**json.loads(told.stdout))


def _measure(text: str) -> Cost:
    kit = load_kit()
    start = time.process_time()
    try:
        results = check(read(Upload("odd.txt", text.encode()), Limits()), Context(), kit)
        answer, findings = results.outcome.value, len(results.judgements)
    except DocumentError as error:
        answer, findings = error.reason.code.value, 0
    peak = re.search(r"VmHWM:\s+(\d+) kB", Path("/proc/self/status").read_text())
    if peak is None:
        raise OSError("this system does not tell the peak of a process's memory")
    return Cost(answer, findings, round(time.process_time() - start, 1), round(int(peak[1]) / 1024))


def main() -> None:
    """Print what one text costs as JSON, or a table of all."""
    if sys.argv[1:]:
        found = _measure(TEXTS[sys.argv[1]])
        print(json.dumps({name: getattr(found, name) for name in Cost.__slots__}))
        return
    for name in TEXTS:
        found = cost(name)
        print(
            f"| {name} | {found.answer} | {found.findings:,} | {found.cpu} | {found.peak:,.0f} |", flush=True
        )


if __name__ == "__main__":
    main()
