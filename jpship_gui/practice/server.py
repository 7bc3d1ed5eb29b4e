"""What every practice marketplace shares over HTTP: misbehaviour on request, the record of calls, control calls.

Control calls: POST practice/behave (misbehave on request, or by chance with `one_in`), POST practice/night, POST
practice/change, GET practice/record (registered parcels) and GET practice/calls (what was asked), below the
marketplace's own path.
"""

from __future__ import annotations

import json
import threading
from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from http import HTTPStatus
from typing import Any, ClassVar
from urllib.parse import parse_qsl
from wsgiref.types import StartResponse, WSGIEnvironment

from jpship_gui.practice.misbehaviour import Chance, How, Misbehaviour, Trick

Json = dict[str, Any]
PAGE = b"<!DOCTYPE html><html><body><h1>500 Internal Server Error</h1></body></html>"
JSON_TYPE = "application/json; charset=utf-8"


@dataclass(frozen=True, slots=True)
class Request:
    """One call as it came: path below the marketplace's own, query decoded, header names in small letters."""

    method: str
    path: str
    query: Mapping[str, str]
    headers: Mapping[str, str]
    raw: bytes


@dataclass(frozen=True, slots=True)
class Reply:
    """An answer about to become HTTP."""

    status: int
    body: bytes = b""
    kind: str = JSON_TYPE
    headers: Mapping[str, str] = field(default_factory=dict)


def json_reply(status: int, body: object, **headers: str) -> Reply:
    """Japanese stays readable in the body."""
    return Reply(status, json.dumps(body, ensure_ascii=False).encode(), JSON_TYPE, headers)


@dataclass(frozen=True, slots=True)
class CallRecord:
    """One call as the practice marketplace saw it; `numbers` are the order numbers in it."""

    at: datetime
    function: str
    status: int
    trick: str
    numbers: tuple[str, ...]


class PracticeServer(ABC):
    """WSGI application of one practice marketplace. A subclass says which calls there are and what they answer."""

    before: ClassVar[Mapping[How, Reply]] = {  # tricks that answer without doing anything
        How.HTML_500: Reply(500, PAGE, "text/html; charset=utf-8"),
        How.EMPTY_500: Reply(500),
        How.BUSY: Reply(429),
        How.EXPIRED: Reply(401),
    }
    mishaps: ClassVar[Mapping[str, tuple[How, ...]]] = {}
    """What may happen to a call by chance, by its function or "*" for the others; without either whatever means
    anything here."""

    def __init__(self) -> None:
        self.tricks = Misbehaviour()
        self.calls: list[CallRecord] = []
        self.closing = threading.Event()

    # -- what a marketplace says --------------------------------------------------------------------------------

    @abstractmethod
    def now(self) -> datetime:
        """The marketplace's own clock."""

    @abstractmethod
    def function_of(self, request: Request) -> str | None:
        """Name of the call, as tricks and the record of calls name it; None where there is no such path."""

    @abstractmethod
    def answer(self, function: str, request: Request, *, partial: bool) -> Reply:
        """Do the call. `partial`: refuse every second part of a report."""

    @abstractmethod
    def record(self) -> list[Json]:
        """Every parcel registered, with at least `order`, `tracking_no`, `carrier` and `date` (ISO, "" if not kept).

        Where a number is kept for each order line there is a row for each, with `line`; where telling it again leaves
        no second row, `times` says how often it was told.
        """

    def numbers_of(self, raw: bytes) -> tuple[str, ...]:
        """Order numbers a request speaks of, for the record of calls."""
        return ()

    def night(self) -> list[str]:
        """Let a night pass; order numbers that moved."""
        return []

    def change(self, body: Json) -> object:
        """Let somebody change an order at the marketplace; `body` as the marketplace's own module says."""
        raise KeyError("change")

    def doubled(self, reply: Reply) -> Reply:
        """The answer with every entry of its outermost lists repeated (JSON; others stay)."""
        try:
            body = json.loads(reply.body)
        except ValueError:
            return reply
        if not isinstance(body, dict):
            return reply
        twice = {k: [e for e in v for _ in range(2)] if isinstance(v, list) else v for k, v in body.items()}
        return json_reply(reply.status, twice)

    def for_another(self, reply: Reply) -> Reply:
        """The answer as if it were about another order; as it is unless a marketplace says better."""
        return reply

    def close(self) -> None:
        """Let hanging calls go."""
        self.closing.set()

    # -- HTTP ---------------------------------------------------------------------------------------------------

    def __call__(self, environ: WSGIEnvironment, start: StartResponse) -> Iterable[bytes]:
        """Answer one request; a ConnectionError raised here drops the connection unanswered."""
        request = _request(environ)
        if request.path.startswith("/practice/"):
            status, payload = self._control(
                request.method, request.path.removeprefix("/practice/"), request.raw
            )
            return _send(start, json_reply(status, payload))
        function = self.function_of(request)
        if function is None:
            return _send(start, Reply(404))
        return self._call(function, request, environ, start)

    def _call(
        self, function: str, request: Request, environ: WSGIEnvironment, start: StartResponse
    ) -> Iterable[bytes]:
        trick = self.tricks.take(function, self._mishaps_of(function))
        how = trick.how if trick else None
        if how is not None and how in self.before:
            reply = self.before[how]
            self._note(function, reply.status, trick, request.raw)
            return _send(start, reply)
        if trick and how in (How.DEAF, How.CUT_BEFORE, How.CUT_THEN_ACCEPTED):
            self._note(function, 0, trick, request.raw)
            self._refuse_to_answer(trick, lambda: self.answer(function, request, partial=False))
        reply = self.answer(function, request, partial=how is How.PARTIAL)
        self._note(function, reply.status, trick, request.raw)
        if trick and how in (How.LATE, How.SILENT):
            self.closing.wait(trick.seconds)
        if how in (How.CUT_AFTER, How.SILENT):
            raise ConnectionResetError("the practice marketplace drops the connection")
        if how is How.ACCEPTED_500:
            return _send(start, Reply(500, PAGE, "text/html; charset=utf-8"))
        if how is How.WRONG_ORDER:
            return _send(start, self.for_another(reply))
        if how is How.TWICE:
            reply = self.doubled(reply)
            _send_again(environ, reply)
        return _send(start, reply)

    def _mishaps_of(self, function: str) -> tuple[How, ...]:
        usual = tuple(how for how in How if how is not How.GATEWAY or how in self.before)
        return self.mishaps.get(function, self.mishaps.get("*", usual))

    def _refuse_to_answer(self, trick: Trick, accept: Callable[[], Reply]) -> None:
        if trick.how is How.DEAF:
            self.closing.wait(trick.seconds)
        if trick.how is How.CUT_THEN_ACCEPTED:
            later = threading.Timer(trick.seconds, accept)
            later.daemon = True
            later.start()
        raise ConnectionResetError("the practice marketplace drops the connection")

    def _note(self, function: str, status: int, trick: Trick | None, raw: bytes) -> None:
        how = trick.how.value if trick else ""
        self.calls.append(CallRecord(self.now(), function, status, how, self.numbers_of(raw)))

    # -- control calls ------------------------------------------------------------------------------------------

    def _control(self, method: str, name: str, raw: bytes) -> tuple[int, object]:
        acts: Mapping[tuple[str, str], Callable[[Json], object]] = {
            ("GET", "record"): lambda _: self.record(),
            ("GET", "calls"): lambda _: [_call_json(call) for call in self.calls],
            ("POST", "night"): lambda _: {"moved": self.night()},
            ("POST", "behave"): self._behave,
            ("POST", "change"): self.change,
        }
        act = acts.get((method, name))
        if act is None:
            return 404, {"error": "unknown control call"}
        try:
            return 200, act(json.loads(raw) if raw else {})
        except (ValueError, KeyError, TypeError) as fault:
            return 400, {"error": f"{type(fault).__name__}: {fault}"}

    def _behave(self, body: Json) -> object:
        if not body:
            self.tricks.clear()
            return {"behaves": "well"}
        if "one_in" in body:
            seconds = {name: float(body[name]) for name in ("seconds", "silence") if name in body}
            self.tricks.leave_to(Chance(int(body["one_in"]), str(body.get("seed", "")), **seconds))
            return {"behaves": "by chance", "one_in": body["one_in"]}
        trick = Trick(
            body.get("function", "*"),
            How(body["how"]),
            int(body.get("times", 1)),
            float(body.get("seconds", 1.0)),
        )
        self.tricks.ask(trick)
        return {"behaves": trick.how.value, "times": trick.times}


class Mall:
    """Several practice marketplaces behind one address: the first part of the path names one; what names none goes to
    `main`."""

    def __init__(self, servers: Mapping[str, PracticeServer], main: str) -> None:
        self.servers = dict(servers)
        self._main = servers[main]

    def __call__(self, environ: WSGIEnvironment, start: StartResponse) -> Iterable[bytes]:
        """Hand one request on, its path without the name."""
        path = environ.get("PATH_INFO", "")
        name, _, rest = path.lstrip("/").partition("/")
        chosen = self.servers.get(name)
        if chosen is None:
            return self._main(environ, start)
        return chosen({**environ, "PATH_INFO": f"/{rest}"}, start)

    def close(self) -> None:
        """Let hanging calls go."""
        for server in self.servers.values():
            server.close()


def _request(environ: WSGIEnvironment) -> Request:
    headers = {
        name.removeprefix("HTTP_").replace("_", "-").lower(): str(value)
        for name, value in environ.items()
        if name.startswith("HTTP_") or name in ("CONTENT_TYPE", "CONTENT_LENGTH")
    }
    return Request(
        method=environ["REQUEST_METHOD"],
        path=environ.get("PATH_INFO", ""),
        query=dict(parse_qsl(environ.get("QUERY_STRING", ""), keep_blank_values=True)),
        headers=headers,
        raw=environ["wsgi.input"].read(int(environ.get("CONTENT_LENGTH") or 0)),
    )


def _call_json(call: CallRecord) -> Json:
    return {
        "at": call.at.isoformat(),
        "function": call.function,
        "status": call.status,
        "trick": call.trick,
        "numbers": list(call.numbers),
    }


def _words(status: int) -> str:
    try:
        return HTTPStatus(status).phrase
    except ValueError:
        return "Status"


def _send(start: StartResponse, reply: Reply) -> Iterable[bytes]:
    headers = [*reply.headers.items()]
    if reply.status != HTTPStatus.NO_CONTENT:
        headers += [("Content-Type", reply.kind), ("Content-Length", str(len(reply.body)))]
    start(f"{reply.status} {_words(reply.status)}", headers)
    return [reply.body]


def _send_again(environ: WSGIEnvironment, reply: Reply) -> None:
    """Write the whole answer onto the bare connection, ahead of the proper one."""
    connection = environ.get("werkzeug.socket")
    if connection is None:
        return
    head = f"HTTP/1.1 {reply.status} {_words(reply.status)}\r\nContent-Type: {reply.kind}\r\n"
    answer = f"{head}Content-Length: {len(reply.body)}\r\nConnection: close\r\n\r\n".encode() + reply.body
    try:
        connection.sendall(answer)
    except OSError:
        return
