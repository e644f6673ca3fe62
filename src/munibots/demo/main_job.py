"""The main job, end to end, in one folder: filled forms become scans, are read, reviewed, entered, verified, reported.

Every step can be killed at any moment: started again with the same folder it goes on where it stopped.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path

from munibots.definitions.profile_files import REGISTER_VARIABLE, load_profile, system_url_variable
from munibots.demo.city.scans import City, SheetTruth, make_city
from munibots.demo.core_system.process import start_core_system
from munibots.demo.environment import environment
from munibots.demo.scripted_reviewer import review_all
from munibots.demo.truth import FieldScore, load_truth, score_fields
from munibots.demo.verifying import Verification, verify
from munibots.domain.case import CaseState
from munibots.keywords.runner import run_bot
from munibots.pipeline.conductor import read_received
from munibots.pipeline.document_reader import DocumentReader
from munibots.pipeline.inbox import inbox_files, take_in
from munibots.reporting.html import write_report
from munibots.stores.case_store import CaseStore
from munibots.stores.store_lock import store_lock

__all__ = ["DemoResult", "run_demo"]

BOT = "juminido"
PROFILE = "demo"
SYSTEM = "demo_jumin"
# The account that the demo core system makes for itself; see its README.
USER = "rpa01"
PASSWORD = "tsubasa"

Stage = Callable[[str], Callable[[int, int], None]]


@dataclass(frozen=True, slots=True)
class DemoResult:
    """What the demo did; the fields are those that ``munibots demo --json`` answers.

    Attributes:
        fields: Fields with an entry on paper or in the reading.
        fields_sampled: Fields that would have been accepted, but were drawn for the reviewer to see; not among the accepted.
        fields_sampled_wrong: Those of them that the reviewer corrected.
        entered_twice: Movements that stand more than once in the core system's database.
        lost: Cases that are neither entered, flagged nor rejected, or entered without a record in the core system.
        entered_wrong: Entered cases whose record differs from what is really on paper.
    """

    cases: int
    entered: int
    entered_twice: int
    lost: int
    flagged: int
    rejected: int
    auto_approved: int
    reviewed: int
    fields: int
    fields_accepted: int
    fields_accepted_wrong: int
    fields_sampled: int
    fields_sampled_wrong: int
    entered_wrong: int
    seconds: float
    report: str
    database: str
    core_system_database: str

    @property
    def sound(self) -> bool:
        """Nothing lost, nothing twice, nothing accepted or entered wrongly."""
        return not (self.lost or self.entered_twice or self.fields_accepted_wrong or self.entered_wrong)

    def to_json(self) -> dict[str, object]:
        """As ``munibots demo --json`` answers."""
        return asdict(self)


def run_demo(workdir: Path, *, cases: int, seed: int, stage: Stage) -> DemoResult:
    """Run the main job, or what is left of it.

    Args:
        workdir: Everything is kept here; made if it is not there.
        cases: How many sheets.
        seed: The same seed makes the same people, forms and scans.
        stage: ``stage(key)`` begins a stage (a key of the command line's texts) and gives its progress callback.

    Raises:
        UsageError: The folder holds a demo with other settings.
        StoreBusyError: Another process works in this folder.
        RunError: What stopped the entry: no browser, no core system.
    """
    begun = time.monotonic()
    workdir.mkdir(parents=True, exist_ok=True)
    dsn = f"sqlite:///{(workdir / 'munibots.sqlite').resolve().as_posix()}"
    with store_lock(dsn):
        city = make_city(workdir, cases, seed, progress=stage("making"))
        sheets = load_truth(city.truth)
        core_database = workdir / "core-system.sqlite"
        with CaseStore.open(dsn) as store, environment({REGISTER_VARIABLE: str(city.residents.resolve())}):
            reader = DocumentReader(load_profile(PROFILE))
            files = inbox_files(city.inbox)
            take_in(store, files, look=reader.look, bot_id=BOT, profile=PROFILE, progress=stage("taking-in"))
            read_received(store, reader, bot_id=BOT, profile=PROFILE, progress=stage("reading"))
            review_all(store, sheets, bot_id=BOT, profile=PROFILE, progress=stage("reviewing"))
        _enter(dsn, core_database, city, stage("entering"))
        stage("reporting")(0, 1)
        with CaseStore.open(dsn) as store:
            verification = verify(store, core_database, sheets)
            score = _score(store, sheets)
            report = _report(store, workdir, sheets, verification, score)
            return _result(store, sheets, verification, score, report, dsn, core_database, time.monotonic() - begun)


def _enter(dsn: str, core_database: Path, city: City, progress: Callable[[int, int], None]) -> None:
    core = start_core_system(core_database, city.residents, workdir=city.workdir)
    settings = {
        system_url_variable(SYSTEM): core.url,
        f"MUNIBOTS_USER_{SYSTEM.upper()}": USER,
        f"MUNIBOTS_PASSWORD_{SYSTEM.upper()}": PASSWORD,
    }
    try:
        with environment(settings):
            result = run_bot(BOT, dsn=dsn, profile=PROFILE, workdir=city.workdir, progress=progress)
    finally:
        core.stop()
    if result.error is not None:
        raise result.error


def _score(store: CaseStore, sheets: Mapping[tuple[str, int], SheetTruth]) -> FieldScore:
    total = FieldScore()
    for case in store.list(bot_id=BOT):
        reading = store.reading(case.id)
        if reading is not None and reading.values:
            total += score_fields(reading, sheets[case.source, case.page_indexes[0]].fields)
    return total


def _report(
    store: CaseStore,
    workdir: Path,
    sheets: Mapping[tuple[str, int], SheetTruth],
    verification: Verification,
    score: FieldScore,
) -> Path:
    truth = {
        case.id: dict(sheets[case.source, case.page_indexes[0]].fields)
        for case in store.list(bot_id=BOT)
        if case.page_indexes
    }
    return write_report(
        store,
        workdir / "report.html",
        title_ja="住民異動届の入力(デモ)",
        profile_name_ja=load_profile(PROFILE).name_ja,
        truth=truth,
        figures={
            "entered_twice": verification.entered_twice,
            "lost": verification.lost,
            "fields": score.fields,
            "fields_accepted": score.accepted,
            "fields_accepted_wrong": len(score.accepted_wrong),
        },
    )


def _result(
    store: CaseStore,
    sheets: Mapping[tuple[str, int], SheetTruth],
    verification: Verification,
    score: FieldScore,
    report: Path,
    dsn: str,
    core_database: Path,
    seconds: float,
) -> DemoResult:
    cases = store.list(bot_id=BOT)

    def in_state(state: CaseState) -> int:
        return sum(c.state is state for c in cases)

    sample = [s for fields in store.samples(profile=PROFILE).values() for s in fields.values() if s.right is not None]

    return DemoResult(
        cases=len(sheets),
        entered=in_state(CaseState.ENTERED),
        entered_twice=verification.entered_twice,
        lost=verification.lost,
        flagged=in_state(CaseState.FLAGGED),
        rejected=in_state(CaseState.REJECTED),
        auto_approved=sum(c.auto_approved for c in cases),
        reviewed=sum(bool(store.reviews(c.id)) for c in cases),
        fields=score.fields,
        fields_accepted=score.accepted,
        fields_accepted_wrong=len(score.accepted_wrong),
        fields_sampled=len(sample),
        fields_sampled_wrong=sum(s.right is False for s in sample),
        entered_wrong=verification.entered_wrong,
        seconds=round(seconds, 2),
        report=str(report),
        database=dsn,
        core_system_database=f"sqlite:///{core_database.resolve().as_posix()}",
    )
