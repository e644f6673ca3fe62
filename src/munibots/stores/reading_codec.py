"""A document's reading as JSON for the store, and back without loss.

``DocumentReading.to_json`` is the public answer of ``munibots read``: it rounds, and leaves out candidates and features. What
is kept here comes back equal.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from munibots.domain.document import PageRole
from munibots.domain.form import Severity
from munibots.domain.layout import BoxMm
from munibots.domain.reading import CheckResult, Decision, DocumentReading, FieldValue, FormMatch

__all__ = ["dump_reading", "load_reading", "value_from_json", "value_to_json"]

_VERSION = 1


def dump_reading(reading: DocumentReading) -> bytes:
    """``reading`` as JSON in ASCII; numbers of other libraries (numpy) become Python's."""
    m = reading.match
    record = {
        "version": _VERSION,
        "source": reading.source,
        "page_indexes": [int(i) for i in reading.page_indexes],
        "page_roles": [role.code for role in reading.page_roles],
        "decision": reading.decision.value,
        "match": {
            "form_id": m.form_id,
            "confidence": float(m.confidence),
            "layout_id": m.layout_id,
            "registration_error_mm": _number(m.registration_error_mm),
            "turned_deg": int(m.turned_deg),
        },
        "values": [_dump_value(v) for v in reading.values],
        "checks": [
            {
                "rule": c.rule,
                "fields": list(c.fields),
                "ok": bool(c.ok),
                "message_ja": c.message_ja,
                "severity": c.severity.value,
            }
            for c in reading.checks
        ],
        "seconds": _numbers(reading.seconds),
        "notices": list(reading.notices),
        "problem": None if reading.problem is None else list(reading.problem),
    }
    return json.dumps(record, separators=(",", ":")).encode("ascii")


def load_reading(data: bytes) -> DocumentReading:
    """The reading that :func:`dump_reading` wrote.

    Raises:
        ValueError: Written by a newer munibots.
    """
    r = json.loads(data)
    if r["version"] != _VERSION:
        raise ValueError("a reading of an unknown version")
    return DocumentReading(
        source=r["source"],
        page_indexes=tuple(r["page_indexes"]),
        page_roles=tuple(PageRole.from_code(code) for code in r.get("page_roles", ())),
        decision=Decision(r["decision"]),
        match=FormMatch(**r["match"]),
        values=tuple(_load_value(v) for v in r["values"]),
        checks=tuple(
            CheckResult(
                rule=c["rule"],
                fields=tuple(c["fields"]),
                ok=c["ok"],
                message_ja=c["message_ja"],
                severity=Severity(c["severity"]),
            )
            for c in r["checks"]
        ),
        seconds=MappingProxyType(r["seconds"]),
        notices=tuple(r["notices"]),
        problem=None if r["problem"] is None else (r["problem"][0], r["problem"][1], r["problem"][2]),
    )


def value_to_json(value: str | tuple[str, ...] | None) -> str | list[str] | None:
    """A field's value as JSON has it."""
    return list(value) if isinstance(value, tuple) else value


def value_from_json(value: str | list[str] | None) -> str | tuple[str, ...] | None:
    """A field's value as the domain has it."""
    return tuple(value) if isinstance(value, list) else value


def _dump_value(v: FieldValue) -> dict[str, Any]:
    return {
        "name": v.name,
        "label_ja": v.label_ja,
        "text": v.text,
        "value": value_to_json(v.value),
        "confidence": _number(v.confidence),
        "page_index": int(v.page_index),
        "box": [float(n) for n in v.box],
        "accepted": bool(v.accepted),
        "confirmed": bool(v.confirmed),
        "reasons": list(v.reasons),
        "candidates": list(v.candidates),
        "features": _numbers(v.features),
    }


def _load_value(v: dict[str, Any]) -> FieldValue:
    return FieldValue(
        name=v["name"],
        label_ja=v["label_ja"],
        text=v["text"],
        value=value_from_json(v["value"]),
        confidence=v["confidence"],
        page_index=v["page_index"],
        box=BoxMm(*v["box"]),
        accepted=v["accepted"],
        confirmed=v.get("confirmed", False),
        reasons=tuple(v["reasons"]),
        candidates=tuple(v["candidates"]),
        features=MappingProxyType(v["features"]),
    )


def _number(n: float | None) -> float | None:
    return None if n is None else float(n)


def _numbers(numbers: Mapping[str, float]) -> dict[str, float]:
    return {name: float(n) for name, n in numbers.items()}
