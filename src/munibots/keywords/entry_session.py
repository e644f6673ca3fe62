"""The entry of one case after another into one core system: what the keywords of ``munibots.CoreSystem`` share."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from types import MappingProxyType
from typing import TypeVar

from munibots.definitions.form_files import load_form
from munibots.definitions.profile_files import load_profile
from munibots.definitions.system_files import load_system
from munibots.domain.form import FieldType
from munibots.domain.profile import SystemSetting
from munibots.domain.screen import Flow, System
from munibots.entering.core_system import Account, CoreSystem
from munibots.entering.drivers.browser import BrowserDriver
from munibots.entering.fence import Fence, Ticket
from munibots.entering.plan import EntryValues, texts_of
from munibots.errors import DefinitionNotFoundError, LoginFailedError, SessionLostError, UsageError
from munibots.keywords.run_context import RunContext
from munibots.pipeline.boundary import one_case

__all__ = ["EntrySession"]

_Answer = TypeVar("_Answer")
# How often a look into the core system is repeated after signing in again.
_LOOKS = 2


class EntrySession:
    """One core system, and the case that is being entered.

    Args:
        form_id: Whose flow through the system is taken.
    """

    def __init__(self, context: RunContext, form_id: str) -> None:
        self.context = context
        self._form = load_form(form_id)
        self._core: CoreSystem | None = None
        self._fence: Fence | None = None
        self._entry: EntryValues | None = None
        self._shots = 0
        self.ticket: Ticket | None = None
        self.system, self._setting = self._choose_system()

    def _choose_system(self) -> tuple[System, SystemSetting]:
        profile = load_profile(self.context.settings.profile)
        for system_id, setting in profile.systems.items():
            system = load_system(system_id)
            if self._form.id in system.flows:
                return system, setting
        raise DefinitionNotFoundError(kind=f"団体 {profile.code} の基幹システム", name=self._form.name_ja)

    @property
    def flow(self) -> Flow:
        """The way of the form through the system."""
        return self.system.flows[self._form.id]

    @property
    def core(self) -> CoreSystem:
        """The open core system.

        Raises:
            UsageError: Not opened.
        """
        if self._core is None:
            raise UsageError(problem="先に「基幹システムを開く」を実行してください")
        return self._core

    @property
    def fence(self) -> Fence:
        """What keeps a case from being entered twice.

        Raises:
            UsageError: Not opened.
        """
        if self._fence is None:
            raise UsageError(problem="先に「基幹システムを開く」を実行してください")
        return self._fence

    @property
    def entry(self) -> EntryValues:
        """The values of the case that is being entered.

        Raises:
            UsageError: No case was begun.
        """
        if self._entry is None:
            raise UsageError(problem="先に「入力を始める」を実行してください")
        return self._entry

    @property
    def case_id(self) -> str | None:
        """The case that is being entered."""
        return None if self._entry is None else self._entry.case_id

    def current_ticket(self) -> Ticket:
        """The right to go on with the current case.

        Raises:
            UsageError: Typing was not begun.
        """
        if self.ticket is None:
            raise UsageError(problem="先に「入力を始める」を実行し、真が返ったときだけ続けてください")
        return self.ticket

    def open(self) -> None:
        """Start the browser and sign in.

        Raises:
            LoginFailedError: No account is set, or it is refused.
        """
        account = _account(self.system)
        self.context.masked.add_always(account.password)
        folder = self.context.folder
        folder.mkdir(parents=True, exist_ok=True)
        driver = BrowserDriver(
            folder,
            headless=self._setting.headless,
            fast_fill=self._setting.fast_fill,
            close_connections=self._setting.close_connections,
        )
        self._core = CoreSystem(self.system, self._setting.url, driver, account)
        self._fence = Fence(self.context.store, actor="robot", saves_before_submit=self.system.saves_before_submit)
        self.context.failure_shot = self.shoot_failure
        self._core.sign_in()

    def close(self) -> None:
        """End the browser."""
        self.context.failure_shot = None
        if self._core is not None:
            self._core.close()

    def take(self, case_id: str) -> EntryValues:
        """Load the values of a case, and mask them from now on."""
        self.context.last_error = None
        values = MappingProxyType(dict(self.context.store.values(case_id)))
        labels = MappingProxyType({f.name: f.label_ja for f in self._form.fields})
        self._entry, self.ticket, self._shots = EntryValues(case_id, values, labels), None, 0
        names = {FieldType.NAME, FieldType.KANA}
        parts = {part for f in self._form.fields if f.type in names for part in self._entry.text(f.name).split()}
        texts = texts_of(self.system, self.flow, self._entry) - self._choices()
        self.context.masked.add_case(texts, names=parts)
        return self._entry

    def _choices(self) -> frozenset[str]:
        # 転入 or 同一世帯員 tells nothing of a person, and a log without them is hard to read.
        return frozenset(c.name for f in self._form.fields for c in f.choices)

    def look_up(self) -> Sequence[str]:
        """Receipt numbers registered under the natural key of the current case; signs in again if the session was lost."""
        return self._signed_in(lambda: self.core.look_up(self.flow, self.entry))

    def saved_differences(self, receipt_no: str) -> Sequence[str]:
        """Fields in which a saved record differs from the current case; signs in again if the session was lost."""
        return self._signed_in(lambda: self.core.saved_differences(self.flow, self.entry, receipt_no))

    def _signed_in(self, look: Callable[[], _Answer]) -> _Answer:
        for left in reversed(range(_LOOKS)):
            try:
                with one_case(self.entry.case_id):  # so that the fence hands it to a person
                    self.core.sign_in()
                    return look()
            except SessionLostError:
                if not left:
                    raise
        raise AssertionError

    @contextmanager
    def timed(self, step: str) -> Iterator[None]:
        """Record how long a step of the current case took, also if it failed."""
        begun = time.perf_counter()
        try:
            yield
        finally:
            if self.case_id is not None:
                self.context.store.record_step(self.case_id, f"enter.{step}", time.perf_counter() - begun)

    def shoot(self, name: str) -> Path | None:
        """Keep a masked picture of the screen with the current case; ``None`` if there is none."""
        if self.case_id is None:
            return None
        self._shots += 1
        path = self.context.folder / "screens" / f"{self.case_id}-{self._shots}.png"
        if not self.core.screenshot(path):
            from robot.api import logger

            logger.info("画面を記録しませんでした。覆えないか、覆う間にも変わり続けていました。")
            return None
        title = f"{name}({self.core.screen_name_ja})"
        self.context.store.attach(self.case_id, title, path.read_bytes(), kind="screenshot")
        return path

    def shoot_failure(self) -> None:
        """Keep a masked picture of a failure."""
        self.shoot("失敗したとき")


def _account(system: System) -> Account:
    user_setting = f"MUNIBOTS_USER_{system.id.upper()}"
    password_setting = f"MUNIBOTS_PASSWORD_{system.id.upper()}"
    user, password = os.environ.get(user_setting), os.environ.get(password_setting)
    if not user or not password:
        raise LoginFailedError(system=system.name_ja, setting=f"{user_setting}、{password_setting}")
    return Account(user, password, setting=password_setting)
