"""Which form a page is, by the words printed on it: its title first, its labels next."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from munibots.classifying.labels import label_text, similarity
from munibots.domain.form import Form

__all__ = ["FormGuess", "guess_form"]

# A title is as good as the labels below it: a page that is only called by a form's name is another thing.
_TITLE_LEAST, _LABELS_WITH_TITLE = 0.72, 0.3
_TITLE_SURE, _LABELS_WITH_SURE_TITLE = 1.0, 0.2
# Without a title: nearly all labels, and so many that they are not those of any application.
_LABELS_ALONE, _LEAST_LABELS = 0.75, 12
_LABELS_WITH_STATED_FORM = 0.15
_LEAD = 0.12
_MOST_CERTAIN = 0.9


@dataclass(frozen=True, slots=True)
class FormGuess:
    """Which form it may be.

    Attributes:
        form_id: ``None``: "I do not know".
        confidence: 0–1, uncalibrated and never high: words alone do not tell a form from its application guide.
    """

    form_id: str | None
    confidence: float


def guess_form(texts: Sequence[str], forms: Mapping[str, Form], *, only_form: str | None = None) -> FormGuess:
    """Compare the words of a page with the titles and labels of all forms.

    Args:
        texts: Words or lines of the page.
        forms: By id.
        only_form: The page is said to be this one; then weaker evidence is enough.
    """
    plain = [t for t in map(label_text, texts) if t]
    together = "".join(plain)
    scored = []
    for form_id, form in forms.items():
        title = max(_title(name, plain, together) for name in (form.name_ja, *form.aliases))
        labels = _labels(form, plain)
        scored.append((title + labels, title, labels, form_id))
    scored.sort(reverse=True)
    if only_form is not None:
        own = next((s for s in scored if s[3] == only_form), None)
        if (own is not None and own[1] >= _TITLE_LEAST) or (own is not None and own[2] >= _LABELS_WITH_STATED_FORM):
            return FormGuess(only_form, _confidence(own[1], own[2]))
        return FormGuess(None, 0.0)
    if not scored:
        return FormGuess(None, 0.0)
    total, title, labels, form_id = scored[0]
    lead = total - (scored[1][0] if len(scored) > 1 else 0.0)
    likely = (
        (title >= _TITLE_SURE and labels >= _LABELS_WITH_SURE_TITLE)
        or (title >= _TITLE_LEAST and labels >= _LABELS_WITH_TITLE)
        or (labels >= _LABELS_ALONE and len(_wordings(forms[form_id])) >= _LEAST_LABELS)
    )
    if not likely or lead < _LEAD:
        return FormGuess(None, 0.0)
    return FormGuess(form_id, _confidence(title, labels))


def _confidence(title: float, labels: float) -> float:
    return round(min(_MOST_CERTAIN, 0.5 * title + 0.5 * labels), 4)


def _title(shown: str, texts: Sequence[str], together: str) -> float:
    """How well a title is found: as a line of its own, within a line, or spread over several."""
    name = label_text(shown)
    if len(name) < 3:
        return 0.0
    parts = [label_text(part) for part in shown.split()]
    if len(parts) > 1 and all(len(part) >= 3 and part in texts for part in parts):
        return 1.0
    if any(name in t and len(t) <= 2.5 * len(name) for t in texts):
        return 1.0
    best = max((similarity(name, t) for t in texts if 0.5 <= len(t) / len(name) <= 2), default=0.0)
    return max(best, 0.9 if name in together else 0.0)


def _labels(form: Form, texts: Sequence[str]) -> float:
    """Share of the form's different labels that are printed on the page."""
    known = set(texts)
    wanted = _wordings(form)
    hits = sum(any(label_text(w) in known or _within(label_text(w), texts) for w in words) for words in wanted.values())
    return hits / max(1, len(wanted))


def _wordings(form: Form) -> dict[str, tuple[str, ...]]:
    """The different labels of a form with their other wordings; the slots of a group share theirs."""
    return {f.label_ja.split()[-1]: (f.label_ja.split()[-1], *f.aliases) for f in form.fields}


def _within(label: str, texts: Sequence[str]) -> bool:
    return len(label) >= 3 and any(label in t or (len(t) >= 4 and similarity(label, t) >= 0.8) for t in texts)
