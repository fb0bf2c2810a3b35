"""What the report shows of one file: what became of it, and its text with marks."""

from __future__ import annotations

from functools import cached_property

from cli.checked import Checked
from pipeline.marked import LeftAlone, Marked, Passage, ShownWarning
from rules.display import Display


class FileView:
    """Everything that the report shows of one file.

    Attributes:
        id: The file's id in the page; the ids of its warnings and marks begin with it.
        tone: The outcome, or the status where there is none.
    """

    def __init__(self, number: int, checked: Checked, display: Display) -> None:
        self.id = f"f{number}"
        self.checked = checked
        self.results = checked.results
        self._display = display
        said = (
            display.outcomes[checked.results.outcome] if checked.results else display.statuses[checked.status]
        )
        self.title, self.meaning = said.title, said.meaning
        self.tone = checked.results.outcome.value if checked.results else checked.status.value

    @cached_property
    def _marked(self) -> Marked | None:
        return None if self.results is None else Marked(self.id, self.results, self._display)

    @property
    def warnings(self) -> tuple[ShownWarning, ...]:
        """The warnings, each with the words it is about and links to them."""
        return self._marked.warnings if self._marked else ()

    @property
    def lines(self) -> tuple[tuple[Passage, ...], ...]:
        """The document text, line by line: passages that stand beside each other are together."""
        return self._marked.lines if self._marked else ()

    @property
    def beside(self) -> tuple[tuple[Passage, ...], tuple[Passage, ...]]:
        """What stands beside the text: passages in which something was found, and the others."""
        return self._marked.beside if self._marked else ((), ())

    @property
    def left_alone(self) -> tuple[LeftAlone, ...]:
        """What was deliberately not flagged."""
        return self._marked.left_alone if self._marked else ()
