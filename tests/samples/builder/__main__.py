"""Build the samples: `python -m tests.samples.builder`."""

from __future__ import annotations

from tests.samples.builder.samples import FOLDER, build_all


def main() -> None:
    """Build every sample and what is expected of it, into `tests/samples`."""
    for name, content in build_all().items():
        (FOLDER / name).write_bytes(content)
        print(f"{name}: {len(content)} bytes")


if __name__ == "__main__":
    main()
