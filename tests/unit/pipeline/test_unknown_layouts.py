"""What no layout fits is read by its labels, and always goes to a person."""

from __future__ import annotations

import cv2
import numpy as np

from munibots.definitions.form_files import load_form, load_layout
from munibots.definitions.profile_files import load_profile
from munibots.domain.document import Page
from munibots.domain.reading import Decision
from munibots.errors import ReadingError, UnknownFormError
from munibots.pipeline.document_reader import DocumentReader
from munibots.pipeline.stacks import PlannedDocument
from munibots.pipeline.unknown_layouts import UnknownLayouts
from munibots.reading.calibration import load_calibration
from munibots.reading.features import blank_picture


def _other_paper() -> Page:
    """The words of 住民異動届 on another paper: stretched to a shape that no homography of the scan explains."""
    picture = blank_picture(load_layout("juminido"), 0)
    upper = cv2.resize(picture[:960], (1654, 1300), interpolation=cv2.INTER_AREA)
    return Page("a.pdf", 0, 200.0, np.concatenate([picture[:280], upper[380:], np.full((700, 1654), 255, np.uint8)]))


def test_the_reading_has_fields_and_is_for_a_person() -> None:
    reading = DocumentReader(load_profile("demo")).read([_other_paper()]).reading
    assert reading.match.form_id == "juminido"
    assert reading.decision is Decision.REVIEW
    if reading.match.layout_id is None:
        assert [v.name for v in reading.values] == [f.name for f in load_form("juminido").fields]
        assert not any(v.accepted for v in reading.values)
        assert any("new form" in notice for notice in reading.notices)


def test_other_troubles_are_left_alone() -> None:
    layouts = UnknownLayouts({}, load_calibration(), lambda form, values: ())
    page = Page("a.pdf", 0, 200.0, np.full((600, 400), 255, np.uint8))
    document = PlannedDocument(None, ())
    assert layouts.read([page], document, ReadingError(page=page.label)) is None
    assert layouts.read([page], document, UnknownFormError(page=page.label)) is None
