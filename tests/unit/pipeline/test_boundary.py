"""An error that nobody foresaw ends at one case, and its text goes nowhere."""

from __future__ import annotations

import pytest

from munibots.errors import UnexpectedProblemError, UsageError
from munibots.japanese.eras import parse_date
from munibots.pipeline.boundary import DEBUG_VARIABLE, one_case


def fail_with(error: BaseException) -> None:
    with one_case("a.pdf p.1"):
        raise error


@pytest.mark.parametrize("error", [ValueError("榎戸 久美"), KeyError("榎戸"), OSError("榎戸"), AssertionError("榎戸")])
def test_kind_and_subject_are_kept_and_the_text_is_not(
    error: Exception, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv(DEBUG_VARIABLE, raising=False)
    with pytest.raises(UnexpectedProblemError) as raised:
        fail_with(error)
    assert raised.value.detail["kind"] == type(error).__name__
    assert "a.pdf p.1" in str(raised.value)
    assert "榎戸" not in str(raised.value)
    assert raised.value.__suppress_context__
    assert capsys.readouterr().err == ""


def test_the_place_is_the_last_line_of_this_library() -> None:
    with pytest.raises(UnexpectedProblemError) as raised, one_case("x"):
        parse_date(None)  # type: ignore[arg-type]
    assert raised.value.detail["place"].startswith("japanese/width.py:")


def test_the_whole_text_is_shown_to_whoever_asks(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(DEBUG_VARIABLE, "1")
    with pytest.raises(UnexpectedProblemError):
        fail_with(ValueError("the text"))
    assert "ValueError: the text" in capsys.readouterr().err


@pytest.mark.parametrize("error", [UsageError(problem="x"), MemoryError(), KeyboardInterrupt()])
def test_what_is_ours_or_the_machines_goes_through(error: BaseException) -> None:
    with pytest.raises(type(error)):
        fail_with(error)
