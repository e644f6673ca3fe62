"""Reading, measured on forms and writers that the confidence was not fitted on: exactness, the promise, the cost.

One run makes every page from fixed seeds, so that anyone with the same fonts gets the same pages, and gives some of the same
pages to whole-page OCR. Nothing may be tuned on these seeds, forms and writers.
"""

from __future__ import annotations

import json
import statistics
import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from munibots.bench.field_groups import FieldGroup
from munibots.bench.figures import Figure, Measurement, Progress, conditions, share
from munibots.bench.handwritten_digits import read_handwritten
from munibots.bench.known_forms import FULL_PAGE_FIELDS, Tally, identify, read_document, reader_with_register
from munibots.bench.long_stack import CYCLE_PAGES, make_scans, read_long_stack, speed_of_two
from munibots.bench.peers import PeerScore, installed_peers, named_peers
from munibots.bench.promise_pages import ALPHA, pictures_of
from munibots.bench.risk_coverage import Scored
from munibots.bench.unknown_layouts import labelled_values
from munibots.checking.bounds import error_rate_upper_bound
from munibots.definitions import places
from munibots.definitions.profile_files import load_profile
from munibots.demo.city.filled_forms import make_filled_forms, writers
from munibots.demo.city.foreign import make_foreign_pages
from munibots.errors import EnvironmentNotReadyError
from munibots.pipeline.document_reader import DocumentReader
from munibots.pipeline.stacks import Seen
from munibots.shipped import shipped_folder

DEFAULT_N = 60
"""Documents of each unseen form: more than 10,000 fields."""

SEED = 90_001
# Two thirds of the writers fitted the confidence and chose its thresholds.
WRITERS_PART, WRITERS_PARTS = 2, 3
FOREIGN_PAGES = 200
STACK_PAGES = 1000
PEER_EVERY = 19
"""One document in so many is given to the peers as well: they cost three times as much as all the rest. Odd, because mild and
hard scans take turns."""

_LEAST_FIELDS = 10_000
_GROWS_AT_MOST = 1.1
_PEAK_MB, _CPU_S, _OF_RAPIDOCR, _TWO_ARE = 700, 0.9, 1 / 3, 1.8


def measure(n: int, progress: Progress, *, engines: Sequence[str] = ()) -> Measurement:
    """Read ``n`` documents of each unseen form, and everything else in proportion.

    Args:
        n: :data:`DEFAULT_N` for the whole measurement.
        engines: Further engines for the same pages, by their names in the group ``munibots.ocr``.

    Raises:
        UsageError: No such engine.
    """
    begun = conditions() | {"seed": str(SEED), "writers": f"{WRITERS_PART + 1}/{WRITERS_PARTS}"}
    part = min(1.0, n / DEFAULT_N)
    stack, files = _stack_pages(part), max(8, round(24 * part))
    sizes = _Sizes(n, max(1, n // 3), max(10, round(FOREIGN_PAGES * part)), max(1, n // 2), max(1, n // 20))
    total, done = sizes.total + stack + 3 * files, 0

    def step(by: int = 1) -> None:
        nonlocal done
        done += by
        progress(done, total)

    # What read these pages is gone when the pile's processes begin: whole-page OCR takes more than a gigabyte.
    figures, scored = _pages(sizes, engines, step)
    figures += [*_pile(stack, files, step)]
    return Measurement("read", n, tuple(figures), begun, pictures_of(scored))


class _Sizes(NamedTuple):
    """How many documents of each unseen form and of each other form, foreign pages, sheets of real digits, and documents of
    each paper without a layout: the unseen forms' own, and one rearranged."""

    unseen: int
    learnt: int
    foreign: int
    digits: int
    no_layout: int

    @property
    def total(self) -> int:
        """Steps of progress."""
        unseen = len(unseen_forms())
        learnt = len(places.names("forms")) - unseen
        return unseen * (self.unseen + 2 * self.no_layout) + learnt * self.learnt + self.foreign + self.digits


def _pages(sizes: _Sizes, engines: Sequence[str], step: Callable[[], None]) -> tuple[list[Figure], list[Scored]]:
    """Everything that is read in this process."""
    peers = {**installed_peers(), **named_peers(engines)}
    scores = {name: PeerScore() for name in peers}
    reader, tally = DocumentReader(load_profile("demo")), Tally()
    fonts, unseen = writers(WRITERS_PART, WRITERS_PARTS), unseen_forms()
    done = 0
    for form_id in unseen:
        forms = list(make_filled_forms(form_id, sizes.unseen, SEED, fonts=fonts))
        with reader_with_register(forms) as with_register:
            for filled in forms:
                read_document(reader, with_register, filled, tally, {} if done % PEER_EVERY else peers, scores)
                done += 1
                step()
    for form_id in (name for name in places.names("forms") if name not in unseen):
        for filled in make_filled_forms(form_id, sizes.learnt, SEED, fonts=fonts):
            identify(reader, filled, tally)
            step()
    foreign_taken = 0
    for page, _ in make_foreign_pages(sizes.foreign, SEED):
        foreign_taken += reader.look(page).seen.seen is Seen.FORM
        step()
    figures = [
        *_exactness(tally, sizes.foreign, foreign_taken, whole=sizes.unseen >= DEFAULT_N),
        *_handwritten(reader, sizes.digits, step),
        *_without_layout(sizes.no_layout, unseen, fonts, step),
        *_promise(tally),
        *_cost(tally, scores),
    ]
    return figures, tally.scored


def unseen_forms() -> list[str]:
    """The forms that neither fitted the confidence nor chose its thresholds."""
    metrics = json.loads((shipped_folder("classifiers") / "field_confidence" / "metrics.json").read_text("utf-8"))
    return list(metrics["forms"]["test"])


def _stack_pages(part: float) -> int:
    """Whole rounds of all scans in every fifth of the pile."""
    fifths = 5 * CYCLE_PAGES
    return fifths * max(1, round(STACK_PAGES * part / fifths))


def _handwritten(reader: DocumentReader, sheets: int, step: Callable[[], None]) -> Iterator[Figure]:
    """Real digits in the boxes, where scikit-learn brings them."""
    try:
        score = read_handwritten(reader, sheets, SEED)
    except EnvironmentNotReadyError:
        return
    finally:
        for _ in range(sheets):
            step()
    for length, rows in sorted(score.rows.items()):
        yield share(
            f"exact_handwritten_rows_{length}",
            f"実際の手書き数字 {length} 桁の列が正しい割合(荒いスキャン)",
            score.exact[length],
            rows,
        )
    rows = score.rows.total()
    yield share(
        "exact_handwritten_rows",
        "実際の手書き数字の列が正しい割合(荒いスキャン)",
        score.exact.total(),
        rows,
        least=0.97,
    )
    yield share("exact_handwritten_digits", "同、1 字ずつ", score.digits_right, score.digits)
    what = f"実際の手書き数字の列のうち、人の目なしで誤り({score.accepted:,} 列中)"
    yield Figure("wrong_handwritten", what, score.accepted_wrong, "", 0, n=score.accepted)


def _without_layout(
    n: int, form_ids: Sequence[str], fonts: Sequence[Path], step: Callable[[], None]
) -> Iterator[Figure]:
    """The same forms on papers that nobody registered."""
    score = labelled_values(n, SEED, form_ids=form_ids, fonts=fonts, papers=1, progress=lambda done, total: step())
    what = "配置を登録していない用紙で、記入を正しく読めた割合"
    yield share("unknown_right", what, score.right, score.fields, least=0.80)
    yield share("unknown_boxes", "同、欄の場所が分かった割合", score.boxes_found, score.fields)
    yield Figure("unknown_accepted", "同、人の目なしで受け入れた項目", score.accepted, "", 0, n=score.fields)
    cpu_s = round(score.cpu_s / max(1, score.pages), 2)
    yield Figure("unknown_cpu_s_per_page", "同、1 ページの CPU 時間", cpu_s, "s", n=score.pages)


def _exactness(tally: Tally, foreign: int, foreign_taken: int, *, whole: bool) -> Iterator[Figure]:
    pages, identified = tally.pages.total(), tally.identified.total()
    what = f"様式とページを見分けた割合(全 {len(tally.pages)} 様式)"
    yield share("identified", what, identified, pages, least=1.0)
    what = "様式でないページを様式としたもの"
    yield Figure("foreign_taken", f"{what}({foreign} ページ中)", foreign_taken, "", 0, n=foreign)
    yield Figure("fields", "記入のある項目", tally.fields, "", None, _LEAST_FIELDS if whole else None)
    for group in (g for g in FieldGroup if tally.hard[g]):
        what = f"正しく読めた割合(荒いスキャン): {group.ja}"
        yield share(f"exact_hard_{group}", what, tally.hard_exact[group], tally.hard[group], least=group.least)


def _promise(tally: Tally) -> Iterator[Figure]:
    for register, words, least in ((False, "台帳なし", 0.55), (True, "台帳あり", 0.70)):
        suffix = "with_register" if register else "alone"
        accepted, wrong = tally.accepted[register], tally.accepted_wrong[register]
        yield share(f"accepted_{suffix}", f"人の目が要らない項目の割合({words})", accepted, tally.fields, least=least)
        yield Figure(f"wrong_{suffix}", f"そのうち誤り({words}、{accepted:,} 項目中)", wrong, "", n=accepted)
        bound = error_rate_upper_bound(wrong, accepted)
        yield Figure(f"bound_{suffix}", f"その誤り率の 95% 上限({words})", round(bound, 6), "", ALPHA)


def _cost(tally: Tally, peers: Mapping[str, PeerScore]) -> Iterator[Figure]:
    """Of pages with enough entries; their cost is that of the document, shared among its pages."""
    full = [c for c in tally.costs if c.fields_a_page >= FULL_PAGE_FIELDS]
    if not full:
        return
    each = [c.cpu_s for c in full for _ in range(c.pages)]
    what = f"1 ページの CPU 時間(記入 {FULL_PAGE_FIELDS} 項目以上、"
    yield Figure("cpu_s_per_page", f"{what}平均)", round(statistics.fmean(each), 3), "s", _CPU_S, n=len(each))
    yield Figure("cpu_s_per_page_median", f"{what}中央値)", round(statistics.median(each), 3), "s", _CPU_S, n=len(each))
    wall = statistics.fmean(c.wall_s for c in full for _ in range(c.pages))
    yield Figure("wall_s_per_page", "同、経過時間(平均)", round(wall, 3), "s")
    both = [c.cpu_s for c in tally.costs if c.by_peers_too for _ in range(c.pages)]
    for name, score in peers.items():
        key, n = name.replace(":", "_"), len(score.page_cpu_s)
        yield Figure(f"{key}_cpu_s_per_page", f"{name}: 1 ページ全体の CPU 時間", round(score.cpu_s, 3), "s", n=n)
        yield share(f"{key}_exact", f"{name}: 文字の項目が正しい割合", score.right, score.fields)
    if peers["rapidocr"].page_cpu_s and both:
        ratio = statistics.fmean(both) / peers["rapidocr"].cpu_s
        what = "CPU 時間の比(同じページで、rapidocr のページ全体に対して)"
        yield Figure("cpu_ratio_to_rapidocr", what, round(ratio, 3), "", _OF_RAPIDOCR, n=len(both))


def _pile(pages: int, files: int, step: Callable[[int], None]) -> Iterator[Figure]:
    """From the file, in processes of their own."""
    read = 0

    def pages_read(done: int, total: int) -> None:
        nonlocal read
        step(max(0, done - read))
        read = max(read, done)

    with tempfile.TemporaryDirectory() as folder:
        scans = make_scans(SEED)
        cost = read_long_stack(scans, pages, Path(folder), pages_read)
        one, two = speed_of_two(scans, files, Path(folder))
        step(3 * files)
    what = f"{pages:,} ページの束"
    yield Figure(
        "stack_cpu_s_per_page", f"{what}: 1 ページの CPU 時間(ファイルから)", round(cost.mean_s, 3), "s", n=pages
    )
    grows = round(cost.last_s / cost.first_s, 3)
    yield Figure("stack_last_to_first", f"{what}: 最後の 5 分の 1 と最初の 5 分の 1 の比", grows, "", _GROWS_AT_MOST)
    if cost.peak_mb is not None:
        yield Figure("peak_mb", f"{what}: メモリーの最大", round(cost.peak_mb), "MB", _PEAK_MB)
    what = f"2 プロセスは 1 プロセスの何倍速いか({files} ファイル)"
    yield Figure("two_processes", what, round(one / two, 2), "", None, _TWO_ARE, n=files)
