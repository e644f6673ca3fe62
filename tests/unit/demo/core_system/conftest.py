"""A running core system with a fixed 業務日付, and an operator who knows nothing but its web pages."""

from __future__ import annotations

import json
import threading
import time
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from html.parser import HTMLParser
from http.cookiejar import CookieJar
from pathlib import Path

import pytest
import uvicorn
from starlette.types import ASGIApp, Receive, Scope, Send

from munibots.demo.core_system.app import create_app
from munibots.demo.core_system.database import Database
from munibots.demo.core_system.records import Record, read_records
from munibots.demo.core_system.sessions import Sessions

BUSINESS_DATE = date(2026, 4, 10)
RESIDENTS = """\
household_no,kana,name,birth_date,sex,relationship,postal_code,address,building,juminhyo_code,my_number
0000001,ﾔﾏﾀﾞ ﾀﾛｳ,山田　太郎,1980-04-01,男,世帯主,272-0001,つばさ市本町一丁目2番3号,,12345678901,123456789018
0000001,やまだ　はなこ,山田　花子,1982-05-06,女,妻,2720001,つばさ市本町一丁目2番3号,,,
0000002,タカハシ　イチロウ,髙橋　一郎,1950-12-24,1,01,272-0002,つばさ市西町5番地,メゾン西町201,,
"""
NOTIFICATION = {
    "rdoIdoKbn": "1",
    "ddlTodokeYmdGengo": "R",
    "txtTodokeYmdNen": "8",
    "txtTodokeYmdTsuki": "4",
    "txtTodokeYmdHi": "10",
    "ddlIdoYmdGengo": "R",
    "txtIdoYmdNen": "08",
    "txtIdoYmdTsuki": "04",
    "txtIdoYmdHi": "01",
    "txtTodokeninShimei": "佐藤　一",
    "ddlTodokeninKbn": "01",
    "txtTodokeninTel": "047-123-4567",
}
ADDRESSES = {
    "txtShinYubin1": "272",
    "txtShinYubin2": "0003",
    "txtShinJusho1": "つばさ市東町三丁目4番5号",
    "txtShinJusho2": "コーポ東101",
    "txtShinNushi": "佐藤　一",
    "txtKyuJusho1": "千葉県市川市八幡一丁目1番1号",
    "txtHonseki": "千葉県市川市八幡一丁目1番",
    "txtHittosha": "佐藤　一",
}
PERSON = {
    "txtIdoshaKana1": "ｻﾄｳ ﾊｼﾞﾒ",
    "txtIdoshaKanji1": "佐藤　一",
    "ddlSeiYmdGengo1": "S",
    "txtSeiYmdNen1": "64",
    "txtSeiYmdTsuki1": "1",
    "txtSeiYmdHi1": "7",
    "ddlSeibetsu1": "1",
    "ddlZokugara1": "01",
    "txtJuminhyoCd1": "12345678901",
    "txtKojinNo1_1": "1234",
    "txtKojinNo1_2": "5678",
    "txtKojinNo1_3": "9018",
}


@dataclass(frozen=True)
class Page:
    """An answer: status, final path, text by element id, value by input id, message codes."""

    status: int
    path: str
    texts: dict[str, str]
    inputs: dict[str, str]

    @property
    def screen_id(self) -> str:
        return self.texts.get("lblGamenId", "")

    @property
    def codes(self) -> list[str]:
        return [text.split()[0] for element_id, text in self.texts.items() if element_id.startswith("lblMessage")]


class _PageParser(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.texts: dict[str, str] = {}
        self.inputs: dict[str, str] = {}
        self._open: list[tuple[str, str]] = []

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        found = {name: value or "" for name, value in attributes}
        element_id = found.get("id", "")
        if tag == "input":
            self.inputs[element_id] = found.get("value", "")
        if tag == "option" and "selected" in found:
            self.inputs[next(name for kind, name in reversed(self._open) if kind == "select")] = found["value"]
        if tag not in {"input", "link", "meta", "br"}:
            self._open.append((tag, element_id))
            if element_id:
                self.texts[element_id] = ""

    def handle_endtag(self, tag: str) -> None:
        while self._open and self._open.pop()[0] != tag:
            pass

    def handle_data(self, data: str) -> None:
        for _, element_id in self._open:
            if element_id:
                self.texts[element_id] += data


class Operator:
    """Operates the screens over HTTP, as a browser would."""

    notification = NOTIFICATION
    addresses = ADDRESSES
    person = PERSON

    def __init__(self, url: str) -> None:
        self.url = url
        self._opener = urllib.request.build_opener(
            urllib.request.ProxyHandler({}), urllib.request.HTTPCookieProcessor(CookieJar())
        )

    def get(self, path: str) -> Page:
        return self._ask(urllib.request.Request(self.url + path))

    def post(self, path: str, form: dict[str, str] | None = None) -> Page:
        return self._ask(urllib.request.Request(self.url + path, urllib.parse.urlencode(form or {}).encode()))

    def _ask(self, request: urllib.request.Request) -> Page:
        try:
            with self._opener.open(request, timeout=10) as answer:
                status, url, body = answer.status, answer.url, answer.read()
        except urllib.error.HTTPError as error:
            status, url, body = error.code, error.url, error.read()
        parser = _PageParser()
        parser.feed(body.decode())
        return Page(status, urllib.parse.urlsplit(url).path, parser.texts, parser.inputs)

    def sign_in(self, password: str = "tsubasa") -> Page:
        return self.post("/login", {"txtShokuinNo": "rpa01", "pwdPassword": password})

    def to_household(self, **changes: str) -> Page:
        self.get("/ido/new")
        return self.post("/ido/todoke", NOTIFICATION | changes)

    def to_addresses(self, **changes: str) -> Page:
        self.to_household(**changes)
        return self.post("/ido/taisho", {"cmd": "shinki"})

    def to_people(self) -> Page:
        self.to_addresses()
        return self.post("/ido/jusho", ADDRESSES)

    def to_confirmation(self, **changes: str) -> Page:
        self.to_people()
        return self.post("/ido/idosha", PERSON | changes)


@dataclass
class City:
    """A running system and what lies behind it."""

    operator: Operator
    database: Path
    trouble: Path
    clock_s: list[float]

    def records(self) -> list[Record]:
        return read_records(self.database)

    def make_trouble(self, *items: dict[str, object]) -> None:
        self.trouble.write_text(json.dumps(items), encoding="utf-8")


@pytest.fixture
def residents(tmp_path: Path) -> Path:
    path = tmp_path / "residents.csv"
    path.write_text(RESIDENTS, encoding="utf-8")
    return path


@pytest.fixture
def operator_at() -> Callable[[str], Operator]:
    return Operator


class _Stage:
    """One listening server for all tests; each test puts its own application on it."""

    app: ASGIApp
    port: int

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        await self.app(scope, receive, send)


@pytest.fixture(scope="session")
def stage() -> Iterator[_Stage]:
    stage = _Stage()
    server = uvicorn.Server(uvicorn.Config(stage, port=0, log_config=None, access_log=False, lifespan="off"))
    thread = threading.Thread(target=server.run)
    thread.start()
    while not server.started:
        assert thread.is_alive()
        time.sleep(0.002)
    stage.port = server.servers[0].sockets[0].getsockname()[1]
    yield stage
    server.should_exit = True
    thread.join(10)


@pytest.fixture
def city(tmp_path: Path, residents: Path, stage: _Stage) -> Iterator[City]:
    database = Database(tmp_path / "core.sqlite")
    database.fill_once(residents, shokuin_no="rpa01", password="tsubasa", shimei="自動入力 一号")
    clock_s = [0.0]
    trouble = tmp_path / "trouble.json"
    stage.app = create_app(
        database,
        Sessions(600, clock=lambda: clock_s[0]),
        business_date=lambda: BUSINESS_DATE,
        trouble=trouble,
    )
    yield City(Operator(f"http://127.0.0.1:{stage.port}"), tmp_path / "core.sqlite", trouble, clock_s)
    database.close()


@pytest.fixture
def operator(city: City) -> Operator:
    """An operator who is signed in."""
    assert city.operator.sign_in().path == "/menu"
    return city.operator
