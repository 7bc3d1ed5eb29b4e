"""Secrets of shops: kept in the operating system's key store, or in memory for this session, and nowhere else."""

from __future__ import annotations

import logging
import os
import re
import threading
from types import ModuleType

from jpship_gui.domain.fault import WorldFault

SERVICE = "jpship"
ENVIRONMENT = "JPSHIP_SECRET_"
_PIECE = (
    1200  # characters an entry takes on Windows: 2,560 bytes of UTF-16 are 1,280, with room for the marker
)
_PIECES = "jpship-pieces:"

_known: set[str] = set()
_known_lock = threading.Lock()


class Secrets:
    """Looks in the key store, then in this session's memory, then in JPSHIP_SECRET_<FIELD>."""

    def __init__(self) -> None:
        self._session: dict[str, str] = {}
        self._lock = threading.Lock()

    def get(self, shop: str, field: str) -> str | None:
        """The value, None when nobody gave it yet; WorldFault("key_store") when the store refuses to answer."""
        name = f"{shop}/{field}"
        value = self._stored(name) or self._session.get(name) or os.environ.get(ENVIRONMENT + field.upper())
        if value:
            _remember(value)
        return value or None

    def set(self, shop: str, field: str, value: str) -> bool:
        """Keep a value; False when there is no key store and it lasts only for this session."""
        _remember(value)
        name = f"{shop}/{field}"
        with self._lock:
            store = _key_store()
            if store is None:
                self._session[name] = value
                return False
            self._store_in(store, name, value)
            self._session.pop(name, None)
            return True

    def keep_for_session(self, shop: str, field: str, value: str) -> None:
        """Keep a value in memory only, whatever the system offers: keys of practice shops are no secrets to be kept."""
        _remember(value)
        with self._lock:
            self._session[f"{shop}/{field}"] = value

    def delete(self, shop: str, field: str) -> None:
        """Forget a value; nothing happens when there is none."""
        name = f"{shop}/{field}"
        with self._lock:
            self._session.pop(name, None)
            store = _key_store()
            if store is not None:
                self._remove_from(store, name)

    def available(self) -> bool:
        """Whether this system has a key store that keeps secrets beyond the session."""
        return _key_store() is not None

    def _stored(self, name: str) -> str | None:
        store = _key_store()
        if store is None:
            return None
        value = _ask(store, name)
        if value is None or not value.startswith(_PIECES):
            return value
        pieces = [_ask(store, f"{name}#{number}") for number in range(int(value[len(_PIECES) :]))]
        if None in pieces:
            return None
        return "".join(piece for piece in pieces if piece is not None)

    def _store_in(self, store: ModuleType, name: str, value: str) -> None:
        self._remove_from(store, name)
        if len(value) <= _PIECE and not value.startswith(_PIECES):
            _put(store, name, value)
            return
        pieces = [value[start : start + _PIECE] for start in range(0, len(value), _PIECE)]
        for number, piece in enumerate(pieces):
            _put(store, f"{name}#{number}", piece)
        _put(store, name, f"{_PIECES}{len(pieces)}")  # last, so that a half-written value is never read

    def _remove_from(self, store: ModuleType, name: str) -> None:
        value = _ask(store, name)
        if value is None:
            return
        _drop(store, name)
        if value.startswith(_PIECES):
            for number in range(int(value[len(_PIECES) :])):
                _drop(store, f"{name}#{number}")


def _key_store() -> ModuleType | None:
    """The keyring module if this system has a usable back end."""
    import keyring
    from keyring.errors import KeyringError

    try:
        backend = keyring.get_keyring()
        usable = float(backend.priority) > 0  # the "fail" back end has 0, meaning none was found
    except (KeyringError, RuntimeError):
        return None
    return keyring if usable else None


def _ask(store: ModuleType, name: str) -> str | None:
    from keyring.errors import KeyringError, NoKeyringError

    try:
        value: str | None = store.get_password(SERVICE, name)
    except NoKeyringError:
        return None
    except KeyringError as error:
        raise WorldFault("key_store", detail=type(error).__name__) from error
    return value


def _put(store: ModuleType, name: str, value: str) -> None:
    from keyring.errors import KeyringError

    try:
        store.set_password(SERVICE, name, value)
    except KeyringError as error:
        raise WorldFault("key_store", detail=type(error).__name__) from error


def _drop(store: ModuleType, name: str) -> None:
    from keyring.errors import KeyringError, PasswordDeleteError

    try:
        store.delete_password(SERVICE, name)
    except PasswordDeleteError:
        return
    except KeyringError as error:
        raise WorldFault("key_store", detail=type(error).__name__) from error


def _remember(value: str) -> None:
    if len(value) >= 4:
        with _known_lock:
            _known.add(value)


_MASKS: tuple[tuple[re.Pattern[str], str], ...] = (
    (
        re.compile(
            r"(?i)\b(authorization|serviceSecret|licenseKey|password|token|api_?key)(['\"]?\s*[:=]\s*).+"
        ),
        r"\1\2***",
    ),
    (re.compile(r"(?i)\b(ESA|Bearer|Basic)\s+[A-Za-z0-9+/=._-]{6,}"), r"\1 ***"),
    (re.compile(r"postgresql://\S+"), "postgresql://***"),
    (re.compile(r"[\w.+-]+@[\w-]+(\.[\w-]+)+"), "***@***"),
    (re.compile(r"〒\s*\d{3}-?\d{4}|(?<![\d-])\d{3}-\d{4}(?![\d-])"), "〒***"),
    (re.compile(r"(?<![\d-])(?:0|\+81[- ]?)\d{1,4}-\d{1,4}-\d{3,4}(?![\d-])"), "☎***"),
    (re.compile(r"(?<![\d.-])0\d{9,10}(?![\d-])"), "☎***"),
    (re.compile(r"[㐀-鿿豈-﫿々ヶ]+[都道府県][^\s,;|'\")]+"), "〈address〉"),
    (re.compile(r"[^\s,;:=|'\"(]{1,30}(?:様|さま)"), "〈name〉"),
)


def masked(text: str) -> str:
    """A log line without secrets, mail addresses, phone numbers, postal codes, addresses and 様-marked names."""
    with _known_lock:
        secrets = sorted(_known, key=len, reverse=True)
    for secret in secrets:
        text = text.replace(secret, "***")
    for pattern, mask in _MASKS:
        text = pattern.sub(mask, text)
    return text


class MaskingFilter(logging.Filter):
    """Belongs on every log handler; masks message, arguments and traceback before anything is written."""

    def filter(self, record: logging.LogRecord) -> bool:
        record.msg = masked(record.getMessage())
        record.args = None
        if record.exc_info and not record.exc_text:
            record.exc_text = logging.Formatter().formatException(record.exc_info)
        if record.exc_text:
            record.exc_text = masked(record.exc_text)
            record.exc_info = None
        return True
