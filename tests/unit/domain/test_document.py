"""Pages and what they are to their case."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from munibots.domain.document import PageKind, PageRole

_roles = st.builds(PageRole, st.sampled_from(PageKind), st.none() | st.integers(0, 20), st.booleans())


@given(_roles)
def test_a_role_comes_back_from_its_code(role: PageRole) -> None:
    assert PageRole.from_code(role.code) == role


def test_codes_and_words() -> None:
    second = PageRole(PageKind.FORM, 1)
    assert (second.code, second.ja) == ("form-2", "様式の 2 ページ目")
    assert PageRole(PageKind.ATTACHMENT).code == "attachment"
    assert PageRole(PageKind.BLANK).ja == "白紙"


def test_what_is_no_role_is_refused() -> None:
    with pytest.raises(ValueError, match="nothing"):
        PageRole.from_code("nothing-1")
