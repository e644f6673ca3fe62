from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from munibots.domain.document import PageKind, PageRole
from munibots.domain.form import Severity
from munibots.domain.layout import BoxMm
from munibots.domain.reading import CheckResult, Decision, DocumentReading, FieldValue, FormMatch
from munibots.stores.reading_codec import dump_reading, load_reading

_text = st.text(max_size=8)
_number = st.floats(allow_nan=False)
_texts = st.lists(_text, max_size=3).map(tuple)
_numbers = st.dictionaries(_text, _number, max_size=3)
_pages = st.lists(st.integers(0, 300), max_size=3).map(tuple)

_values = st.builds(
    FieldValue,
    name=_text,
    label_ja=_text,
    text=_text,
    value=st.none() | _text | _texts,
    confidence=st.none() | _number,
    page_index=st.integers(0, 300),
    box=st.builds(BoxMm, _number, _number, _number, _number),
    accepted=st.booleans(),
    confirmed=st.booleans(),
    reasons=_texts,
    candidates=_texts,
    features=_numbers,
)
_checks = st.builds(
    CheckResult,
    rule=_text,
    fields=_texts,
    ok=st.booleans(),
    message_ja=_text,
    severity=st.sampled_from(Severity),
)
_readings = st.builds(
    DocumentReading,
    source=_text,
    page_indexes=_pages,
    page_roles=st.lists(st.builds(PageRole, st.sampled_from(PageKind), st.none() | st.integers(0, 9)), max_size=3).map(
        tuple
    ),
    decision=st.sampled_from(Decision),
    match=st.builds(
        FormMatch,
        form_id=st.none() | _text,
        confidence=_number,
        layout_id=st.none() | _text,
        registration_error_mm=st.none() | _number,
        turned_deg=st.sampled_from([0, 90, 180, 270]),
    ),
    values=st.lists(_values, max_size=3).map(tuple),
    checks=st.lists(_checks, max_size=2).map(tuple),
    seconds=_numbers,
    notices=_texts,
    problem=st.none() | st.tuples(_text, _text, _text),
)


@given(_readings)
def test_what_is_kept_comes_back_equal(reading: DocumentReading) -> None:
    assert load_reading(dump_reading(reading)) == reading


def test_numbers_of_numpy_are_kept(reading: DocumentReading) -> None:
    numpy = pytest.importorskip("numpy")
    box = BoxMm(*(numpy.float32(n) for n in (1, 2, 3, 4)))
    value = FieldValue("a", "あ", "1", "1", numpy.float32(0.5), 0, box, features={"margin": numpy.float64(2)})
    kept = DocumentReading("s", (0,), Decision.REVIEW, FormMatch(None, numpy.float32(0.25)), (value,))
    loaded = load_reading(dump_reading(kept))
    assert loaded.values[0].confidence == 0.5
    assert type(loaded.values[0].confidence) is float
    assert loaded.values[0].features == {"margin": 2.0}


def test_unknown_version_is_refused(reading: DocumentReading) -> None:
    record = json.loads(dump_reading(reading))
    record["version"] = 99
    with pytest.raises(ValueError, match="version"):
        load_reading(json.dumps(record).encode())
