"""Readings of another service under our rules."""

from __future__ import annotations

from munibots.definitions.form_files import load_form
from munibots.definitions.import_files import ImportedCell
from munibots.definitions.profile_files import load_profile
from munibots.domain.reading import Decision
from munibots.pipeline.document_reader import DocumentReader
from munibots.pipeline.imported import readings_of


def test_values_are_normalised_and_judged_but_never_accepted() -> None:
    form = load_form("juminido")
    cells = [
        ImportedCell("a.pdf", 0, "notification_date", "令和8年3月12日", 0.99),
        ImportedCell("a.pdf", 0, "movement_date", "R8.3.15", 0.99),
        ImportedCell("a.pdf", 0, "movement_kind", "転入", 0.99),
        ImportedCell("a.pdf", 1, "new_postal_code", "411 0031", None),
        ImportedCell("b.pdf", 0, "notifier_phone", "12", 0.2),
    ]
    reader = DocumentReader(load_profile("demo"))
    first, second = readings_of(reader, form, cells)
    assert first.source == "a.pdf"
    assert first.page_indexes == (0, 1)
    assert first.decision is Decision.REVIEW
    assert first.value("notification_date").value == "2026-03-12"
    assert first.value("new_postal_code").value == "411-0031"
    assert [v.name for v in first.values] == [f.name for f in form.fields]
    assert not any(v.accepted for v in first.values if not v.blank)
    assert any(c.rule == "movement-not-ahead" and not c.ok for c in first.checks)
    phone = second.value("notifier_phone")
    assert phone.value is None
    assert phone.text == "12"
    assert phone.features["service_confidence"] == 0.2
