"""Profiles from YAML and the environment."""

from __future__ import annotations

from pathlib import Path

import pytest

from munibots.definitions.profile_files import load_profile
from munibots.errors import DefinitionError


def test_the_environment_overrides_addresses_and_register(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MUNIBOTS_URL_DEMO_JUMIN", "http://127.0.0.1:9")
    monkeypatch.setenv("MUNIBOTS_REGISTER", str(tmp_path / "residents.csv"))
    profile = load_profile("demo")
    assert profile.systems["demo_jumin"].url == "http://127.0.0.1:9"
    assert profile.register == tmp_path / "residents.csv"


def test_a_register_is_looked_for_beside_the_profile(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = tmp_path / "profiles" / "999"
    folder.mkdir(parents=True)
    (folder / "profile.yaml").write_text("code: '999'\nname_ja: 市\nregister: jumin.csv\n", encoding="utf-8")
    monkeypatch.setenv("MUNIBOTS_PROFILE_PATH", str(tmp_path))
    monkeypatch.delenv("MUNIBOTS_REGISTER", raising=False)
    assert load_profile("999").register == folder / "jumin.csv"


def test_a_city_may_promise_otherwise(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = tmp_path / "profiles" / "999"
    folder.mkdir(parents=True)
    (folder / "profile.yaml").write_text(
        "code: '999'\nname_ja: 市\npromised_error: 0.0005\naudit_share: 0.1\n", encoding="utf-8"
    )
    monkeypatch.setenv("MUNIBOTS_PROFILE_PATH", str(tmp_path))
    assert (load_profile("999").promised_error, load_profile("999").audit_share) == (0.0005, 0.1)
    assert (load_profile("demo").promised_error, load_profile("demo").audit_share) == (0.001, 0.02)


@pytest.mark.parametrize("setting", ["promised_error: 0", "promised_error: 0.2", "audit_share: 1.5"])
def test_a_promise_that_is_none_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, setting: str) -> None:
    folder = tmp_path / "profiles" / "999"
    folder.mkdir(parents=True)
    (folder / "profile.yaml").write_text(f"code: '999'\nname_ja: 市\n{setting}\n", encoding="utf-8")
    monkeypatch.setenv("MUNIBOTS_PROFILE_PATH", str(tmp_path))
    with pytest.raises(DefinitionError):
        load_profile("999")


def test_a_city_says_how_it_reaches_its_system(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = tmp_path / "profiles" / "demo"
    folder.mkdir(parents=True)
    systems = 'systems:\n  a: {url: "http://a"}\n  b: {url: "http://b", close_connections: false}\n'
    (folder / "profile.yaml").write_text(f"code: demo\nname_ja: 市\n{systems}", encoding="utf-8")
    monkeypatch.setenv("MUNIBOTS_PROFILE_PATH", str(tmp_path))
    profile = load_profile("demo")
    assert [profile.systems[name].close_connections for name in "ab"] == [True, False]
