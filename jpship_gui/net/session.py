"""HTTP towards one remote site: time-outs, pace, retries for reads only, faults in our words.

requests is imported when the first call is made; the window must not pay for it at start.
"""

from __future__ import annotations

import ipaddress
import logging
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from jpship_gui.domain.fault import Refused
from jpship_gui.net.faults import Throttled, Unanswered, Unreachable
from jpship_gui.net.pace import pace_of

if TYPE_CHECKING:
    import requests

_log = logging.getLogger("jpship.net")
_READ_RETRIES = 2
_RETRY_STATUS = frozenset({429, 500, 502, 503, 504})
_LONGEST_PAUSE = 30.0


@dataclass(frozen=True, slots=True)
class Answer:
    """A complete answer, whatever its status."""

    status: int
    body: bytes
    headers: Mapping[str, str] = field(default_factory=dict)  # names in small letters


@dataclass(frozen=True, slots=True)
class Manner:
    """How a site wants to be called; seconds throughout.

    `retry_status`: statuses after which a read is tried again. `request_id`: the header in which a site names each call
    for its support; calls are then logged with it.
    """

    pace: float = 1.0
    connect_timeout: float = 10.0
    read_timeout: float = 30.0
    loopback_only: bool = False  # practice mode: nothing may leave this computer
    retry_status: frozenset[int] = _RETRY_STATUS
    request_id: str = ""


class Session:
    """Calls to one site on behalf of one account. Not shared between threads."""

    def __init__(self, base_url: str, account: str, manner: Manner = Manner()) -> None:
        parts = urlsplit(base_url)
        if parts.scheme not in ("http", "https") or not parts.hostname:
            raise Refused("net_bad_address", address=base_url)
        loopback = is_loopback(parts.hostname)
        if manner.loopback_only and not loopback:
            raise Refused("net_practice_only", host=parts.hostname)
        if parts.scheme == "http" and not loopback:
            raise Refused("net_not_encrypted", host=parts.hostname)
        self.host = parts.hostname
        self._base = base_url.rstrip("/")
        self._account = account
        self._manner = manner
        self._loopback = loopback
        self._sessions: dict[bool, requests.Session] = {}

    def get(self, path: str, headers: Mapping[str, str], query: Mapping[str, str], lane: str = "") -> Answer:
        """Read; repeated on faults that may pass. Calls of one `lane` keep the pace among themselves."""
        return self._call("GET", path, headers, None, query, retry=True, lane=lane)

    def post(
        self, path: str, headers: Mapping[str, str], body: bytes, *, write: bool, lane: str = ""
    ) -> Answer:
        """Send a body. A write is sent exactly once; see `net.faults` for what its exceptions mean."""
        return self._call("POST", path, headers, body, {}, retry=not write, lane=lane)

    def close(self) -> None:
        """Give connections back."""
        for session in self._sessions.values():
            session.close()
        self._sessions.clear()

    def _call(
        self,
        method: str,
        path: str,
        headers: Mapping[str, str],
        body: bytes | None,
        query: Mapping[str, str],
        *,
        retry: bool,
        lane: str,
    ) -> Answer:
        import requests

        pace_of(self.host, self._account, lane).wait(self._manner.pace)
        try:
            response = self._session(retry).request(
                method,
                self._base + path,
                params=dict(query),
                data=body,
                headers=dict(headers),
                timeout=(self._manner.connect_timeout, self._manner.read_timeout),
                allow_redirects=False,
            )
        except requests.RequestException as fault:
            raise _fault_of(fault, self.host) from fault
        if self._manner.request_id:
            said = response.headers.get(self._manner.request_id, "-")
            _log.info("%s %s%s %d %s", method, self.host, path, response.status_code, said)
        if response.status_code == 429:
            raise Throttled("net_throttled", host=self.host)
        if response.status_code >= 500:
            raise Unanswered("net_server_fault", host=self.host, status=response.status_code)
        names = {name.lower(): value for name, value in response.headers.items()}
        return Answer(response.status_code, response.content, names)

    def _session(self, retry: bool) -> requests.Session:
        """One session with retries and one without; a stale kept-alive connection must not decide over a write."""
        if retry in self._sessions:
            return self._sessions[retry]
        import requests
        from requests.adapters import HTTPAdapter
        from urllib3.util import Retry

        session = requests.Session()
        session.trust_env = not self._loopback  # a proxy would carry a practice call out of the computer
        retries = Retry(
            total=_READ_RETRIES if retry else 0,
            status_forcelist=self._manner.retry_status if retry else frozenset(),
            allowed_methods=None,
            backoff_factor=self._manner.pace,
            backoff_max=_LONGEST_PAUSE,
            retry_after_max=int(_LONGEST_PAUSE),
            raise_on_status=False,
            redirect=False,
        )
        if not retry:
            session.headers["Connection"] = "close"
        for scheme in ("https://", "http://"):
            session.mount(scheme, HTTPAdapter(max_retries=retries))
        self._sessions[retry] = session
        return session


def is_loopback(host: str) -> bool:
    """Whether a host name or address can only be this computer."""
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return False


def _fault_of(fault: requests.RequestException, host: str) -> Unreachable | Unanswered:
    """Ours for one of the library's; whatever is not surely "never connected" counts as possibly arrived."""
    import requests
    from urllib3 import exceptions as lower

    cause: BaseException | None = (
        fault.args[0] if fault.args and isinstance(fault.args[0], BaseException) else None
    )
    if isinstance(cause, lower.MaxRetryError):
        cause = cause.reason
    if isinstance(cause, lower.SSLError) or isinstance(fault, requests.exceptions.SSLError):
        return Unreachable("net_certificate", host=host)
    if isinstance(cause, (lower.NewConnectionError, lower.ConnectTimeoutError)):
        return Unreachable("net_unreachable", host=host)
    if isinstance(fault, requests.exceptions.ProxyError):
        return Unreachable("net_proxy", host=host)
    if isinstance(fault, requests.exceptions.Timeout) or isinstance(cause, lower.TimeoutError):
        return Unanswered("net_timeout", host=host)
    return Unanswered("net_cut", host=host)
