"""What the commands print for people: plain words, safe characters, 80 columns."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from rich.console import Console, Group, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from cli.checked import FAILED_REMEDY, Checked
from models.findings import Verdict
from models.ledger import Ledger, LedgerState
from models.results import Outcome, Results
from models.standards import Standard
from models.warnings import Warning  # noqa: A004  (the domain's word)
from pipeline.marked import left_alone, words_found
from pipeline.visible import on_one_line, visible
from rules.display import Display, load_display
from rules.standards import load_standards

_COLOURS = {Verdict.BLOCK: "red", Verdict.WARN: "yellow", Verdict.INFORM: "cyan", Verdict.ALLOW: "default"}
_OUTCOME_COLOURS = {
    Outcome.BLOCKED: "red",
    Outcome.WARNINGS: "yellow",
    Outcome.NOT_FULLY_READ: "yellow",
    Outcome.NOTHING_FOUND: "green",
}
_DOUBTS = {LedgerState.NOT_READ, LedgerState.LOW_CONFIDENCE}
_LONGEST_QUOTE = 300


def stdout() -> Console:
    """Return the console for results. Nothing in a text is taken for mark-up."""
    return Console(highlight=False, markup=False, emoji=False)


def stderr() -> Console:
    """Return the console for progress and remarks."""
    return Console(stderr=True, highlight=False, markup=False, emoji=False)


def checked_view(checked: Checked) -> RenderableType:
    """Show what became of one file."""
    display = load_display()
    title = Text(on_one_line(checked.file), style="bold underline")
    if checked.results is None:
        return Group(title, not_checked_view(checked), Text())
    results = checked.results
    said = display.outcomes[results.outcome]
    headline = Text.assemble(
        (f"{said.title}.", f"bold {_OUTCOME_COLOURS[results.outcome]}"), " ", said.meaning
    )
    return Group(
        title,
        headline,
        Text(),
        *_warning_views(results, display),
        *_left_alone_view(results),
        *candidate_views(results),
        ledger_view(results.ledger),
        Text(),
    )


def not_checked_view(checked: Checked) -> RenderableType:
    """Show why a file was not checked, and what to do."""
    return Group(*_not_checked(checked))


def _not_checked(checked: Checked) -> Iterator[Text]:
    said = load_display().statuses[checked.status]
    message = checked.reason.message if checked.reason else said.meaning
    remedy = checked.reason.remedy if checked.reason else FAILED_REMEDY
    yield Text.assemble((f"{said.title}.", "bold red"), " ", visible(message))
    yield Text.assemble(("What to do: ", "bold"), visible(remedy))
    if checked.fault:
        yield Text(f"Where it went wrong: {checked.fault}")


def _warning_views(results: Results, display: Display) -> Iterator[RenderableType]:
    for number, warning in enumerate(results.warnings, 1):
        colour = _COLOURS[warning.verdict]
        yield Text.assemble(
            f"{number:>2}  ",
            (visible(warning.title), "bold"),
            ("  " + display.verdicts[warning.verdict], f"bold {colour}"),
        )
        yield Padding(_rows(_warning_rows(results, warning)), (0, 0, 1, 4))


def _warning_rows(results: Results, warning: Warning) -> Iterator[tuple[str, str]]:
    if found := words_found(results, warning):
        yield (
            "What",
            ", ".join(
                f"“{on_one_line(words)}”" + (f" ({len(places)} times)" if len(places) > 1 else "")
                for words, places in found.items()
            ),
        )
    yield "Where", visible(warning.where)
    yield "Why", visible(warning.why)
    yield "Instead", visible(warning.instead)


def _left_alone_view(results: Results) -> Iterator[RenderableType]:
    words = ", ".join(dict.fromkeys(on_one_line(item.words) for item in left_alone(results)))
    if words:
        yield Text.assemble(("Left alone, as it names nobody in the story: ", "bold"), words)
        yield Text()


def candidate_views(results: Results) -> Iterator[RenderableType]:
    """Show the parts of the standard that a text may demonstrate, with its own words, or why none."""
    if not results.candidates:
        note = results.note
        if note is not None:
            yield Text(visible(note.message))
            yield Text.assemble(("What would help: ", "bold"), visible(note.remedy))
        yield Text("You can still choose any part of the standard yourself.")
        yield Text()
        return
    display, standards = load_display(), load_standards()
    yield Text("Parts of the standard this may show (for you to choose from)", style="bold")
    for candidate in results.candidates:
        part = next(p for p in standards[candidate.standard].parts if p.id == candidate.part)
        heading = Text.assemble(f"{part.id} {part.name}", (f"  {display.bands[candidate.band]}", "cyan"))
        quotes = [Text(f"“{_short(on_one_line(q.text))}”", style="italic") for q in candidate.quotes]
        prompt = [Text(f"You could add: {visible(candidate.prompt)}")] if candidate.prompt else []
        body = Group(*quotes, Text(visible(candidate.why)), *prompt)
        yield Padding(Group(heading, Padding(body, (0, 0, 0, 4))), (0, 0, 0, 2))
    yield Text()


def ledger_view(ledger: Ledger) -> RenderableType:
    """Show every place of a file that can hold words, and whether it was read."""
    display = load_display()
    table = Table(title="What was read", title_justify="left", title_style="bold", box=None, pad_edge=False)
    table.add_column("Place", ratio=3)
    table.add_column("How many", justify="right")
    table.add_column("State", ratio=4)
    for line in ledger.lines:
        state = display.states[line.state] + (f": {line.reason}" if line.reason else "")
        doubt = "bold red" if line.state in _DOUBTS else ""
        table.add_row(visible(line.place), str(line.count), Text(visible(state), style=doubt))
    return table


def standard_view(standard: Standard) -> RenderableType:
    """Show a standard with the regulator's own words."""
    heading = Text.assemble((standard.id, "bold"), f"  {standard.regulator}: {standard.title}")
    until = f" to {standard.valid_to}" if standard.valid_to else ""
    facts = Text(f"Valid from {standard.valid_from}{until}. Source: {standard.source}")
    return Group(
        heading, facts, Text(standard.stem), _rows((p.id, p.wording) for p in standard.parts), Text()
    )


def summary_view(checked: Sequence[Checked]) -> RenderableType:
    """Count what became of several files."""
    display = load_display()
    counted: dict[str, int] = {}
    for item in checked:
        said = display.outcomes[item.results.outcome] if item.results else display.statuses[item.status]
        counted[said.title] = counted.get(said.title, 0) + 1
    parts = ", ".join(f"{title}: {count}" for title, count in counted.items())
    return Text.assemble((f"{len(checked)} files. ", "bold"), parts)


def _rows(rows: Iterable[tuple[str, str]]) -> Table:
    table = Table.grid(padding=(0, 2))
    table.add_column(no_wrap=True)
    table.add_column()
    for name, text in rows:
        table.add_row(Text(name, style="dim"), Text(text))
    return table


def _short(quote: str) -> str:
    """Cut a very long sentence where a word ends; the report and the JSON have it whole."""
    if len(quote) <= _LONGEST_QUOTE:
        return quote
    return quote[:_LONGEST_QUOTE].rsplit(" ", 1)[0] + " ..."
