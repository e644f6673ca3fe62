"""Labels given to fields, all at once: the sum of scores is the greatest, and what stands together on paper belongs together."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

from munibots.domain.form import Field, Form
from munibots.domain.layout import BoxMm
from munibots.reading.unknown.labels_on_page import Label

__all__ = ["assign_labels"]

_ROUNDS = 3
_SIBLING_BONUS = 0.13
_NEAR_DOWN_MM, _NEAR_ACROSS_MM = 16.0, 70.0
_SEEN_BEFORE = 0.1
_ORDER = 0.06  # of the score, for labels that stand in another order than the form's fields
_LATER = 0.0005  # where all else is equal, the first field of the form
_LINE_MM = 3.0
_HEADING, _SURE, _SECOND = 0.8, 1.0, 0.12
_APART = 3  # places in the form between fields that are printed side by side


def assign_labels(labels: Sequence[Label], form: Form, found: Collection[str] = ()) -> dict[str, Label]:
    """Give each field at most one label and each label to one field at most.

    Args:
        labels: In reading order.
        form: The form.
        found: Fields that earlier pages of the document hold; slots of a group go on after them.
    """
    fields = list(form.fields)
    place = {f.name: i for i, f in enumerate(fields)}
    wanted = [
        {n: s - (_SEEN_BEFORE if n in found else 0.0) for n, s in label.scores.items() if not _over(form, n, found)}
        for label in labels
    ]
    _drop_headings(wanted)
    _first_before_second(wanted, form)
    names = sorted({n for scores in wanted for n in scores}, key=lambda n: place[n])
    if not names:
        return {}
    near = [[j for j, o in enumerate(labels) if o is not label and _near(label.box, o.box)] for label in labels]
    given: dict[int, str] = {}
    for _ in range(_ROUNDS):
        gains = []
        for at, scores in enumerate(wanted):
            beside = [form.field(given[j]) for j in near[at] if j in given]
            row = []
            for rank, name in enumerate(names):
                score = scores.get(name, 0.0)
                if score:
                    kin = any(_siblings(form.field(name), other, place) for other in beside)
                    score += (_SIBLING_BONUS if kin else 0.0) - _LATER * rank
                    if form.field(name).group is None:
                        ahead = at / max(1, len(labels) - 1) - rank / max(1, len(names) - 1)
                        score -= _ORDER * ahead * ahead
                row.append(score)
            gains.append(row)
        answer = {at: names[k] for at, k in _best(gains).items()}
        if answer == given:
            break
        given = answer
    return {name: labels[at] for at, name in _in_slots(given, labels, form, found).items()}


def _in_slots(given: Mapping[int, str], labels: Sequence[Label], form: Form, found: Collection[str]) -> dict[int, str]:
    """Labels of repeated groups numbered anew: what stands in one block is one slot's, and blocks count from the first."""
    answer = {at: name for at, name in given.items() if form.field(name).group is None}
    for group in dict.fromkeys(f.group for f in form.fields if f.group is not None):
        stems: dict[str, list[int]] = {}
        for at, name in sorted(given.items()):
            field = form.field(name)
            if field.group == group:
                stems.setdefault(name.removeprefix(f"{group}{field.group_no}_"), []).append(at)
        if not stems:
            continue
        anchors = [labels[at].box for at in max(stems.values(), key=len)]
        slots = form.group_slots(group)
        free = [i for i, slot in enumerate(slots, start=1) if not any(f.name in found for f in slot)]
        sideways = len(anchors) > 1 and abs(anchors[1].y_mm - anchors[0].y_mm) < _LINE_MM
        taken: set[tuple[str, int]] = set()
        for stem, ats in stems.items():
            for nth, at in enumerate(ats):
                block = nth if len(ats) == len(anchors) else _nearest(labels[at].box, anchors, sideways=sideways)
                if block < len(free) and (stem, block) not in taken:
                    taken.add((stem, block))
                    answer[at] = f"{group}{free[block]}_{stem}"
    known = {f.name for f in form.fields}
    return {at: name for at, name in sorted(answer.items()) if name in known}


def _nearest(box: BoxMm, anchors: Sequence[BoxMm], *, sideways: bool) -> int:
    middle = box.x_mm + box.w_mm / 2 if sideways else box.y_mm + box.h_mm / 2
    places = [a.x_mm + a.w_mm / 2 if sideways else a.y_mm + a.h_mm / 2 for a in anchors]
    return min(range(len(places)), key=lambda i: abs(places[i] - middle))


def _drop_headings(wanted: Sequence[dict[str, float]]) -> None:
    """世帯主 alone may ask for a name, but not where 氏名 stands behind it."""
    best: dict[str, float] = {}
    for scores in wanted:
        for name, score in scores.items():
            best[name] = max(score, best.get(name, 0.0))
    for scores in wanted:
        for name in [n for n, s in scores.items() if s < _HEADING and best[n] > _SURE]:
            del scores[name]


def _first_before_second(wanted: Sequence[dict[str, float]], form: Form) -> None:
    """A label that names both ends of a period stands before the first."""
    for a, b in zip(form.fields, form.fields[1:], strict=False):
        if a.type is b.type and a.label_ja.split()[:-1] == b.label_ja.split()[:-1] != []:
            for scores in wanted:
                if scores.get(a.name, 0.0) == scores.get(b.name) and a.group_no == b.group_no:
                    scores[b.name] -= _SECOND


def _over(form: Form, name: str, found: Collection[str]) -> bool:
    return name in found and form.field(name).group is not None


def _siblings(a: Field, b: Field, place: dict[str, int]) -> bool:
    """Fields of one person or thing: of one slot, or with a word or a name in common and next to each other in the form."""
    if a.name == b.name:
        return False
    if a.group is not None or b.group is not None:
        return a.group == b.group and a.group_no == b.group_no
    together = abs(place[a.name] - place[b.name]) <= _APART
    stem, word = a.name.split("_")[0], a.label_ja.split()[0]
    return together and (b.name.split("_")[0] == stem or (len(word) >= 2 and b.label_ja.startswith(word[:3])))


def _near(a: BoxMm, b: BoxMm) -> bool:
    across = max(a.x_mm, b.x_mm) - min(a.x_mm + a.w_mm, b.x_mm + b.w_mm)
    down = abs(a.y_mm + a.h_mm / 2 - b.y_mm - b.h_mm / 2)
    return down < _NEAR_DOWN_MM and across < _NEAR_ACROSS_MM


def _best(gains: Sequence[Sequence[float]]) -> dict[int, int]:
    """Row to column so that the sum of gains is the greatest; what gains nothing is left out.

    The Hungarian method with potentials, O(rows² · columns).
    """
    rows, columns = len(gains), max(len(gains), len(gains[0]))
    cost = [[-(row[j] if j < len(row) else 0.0) for j in range(columns)] for row in gains]
    u, v = [0.0] * (rows + 1), [0.0] * (columns + 1)
    row_of, way = [0] * (columns + 1), [0] * (columns + 1)
    for i in range(1, rows + 1):
        row_of[0] = i
        j0 = 0
        least, used = [float("inf")] * (columns + 1), [False] * (columns + 1)
        while True:
            used[j0] = True
            i0, delta, j1 = row_of[j0], float("inf"), 0
            for j in range(1, columns + 1):
                if used[j]:
                    continue
                now = cost[i0 - 1][j - 1] - u[i0] - v[j]
                if now < least[j]:
                    least[j], way[j] = now, j0
                if least[j] < delta:
                    delta, j1 = least[j], j
            for j in range(columns + 1):
                if used[j]:
                    u[row_of[j]] += delta
                    v[j] -= delta
                else:
                    least[j] -= delta
            j0 = j1
            if row_of[j0] == 0:
                break
        while j0:
            row_of[j0] = row_of[way[j0]]
            j0 = way[j0]
    pairs = {row_of[j] - 1: j - 1 for j in range(1, columns + 1) if row_of[j]}
    return {i: j for i, j in pairs.items() if j < len(gains[0]) and gains[i][j] > 0}
