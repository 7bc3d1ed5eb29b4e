"""Asks Windows for Raw Input, by ctypes. Not run where this was written; everything that can be judged without Windows
is in `raw_input`."""

from __future__ import annotations

import ctypes
import sys
from dataclasses import dataclass
from typing import Any

from jpship_gui.domain.fault import WorldFault

WM_INPUT, WM_KEYDOWN, WM_KEYUP, WM_CHAR, WM_SYSKEYDOWN, WM_SYSKEYUP = (
    0x00FF,
    0x0100,
    0x0101,
    0x0102,
    0x0104,
    0x0105,
)
_RID_INPUT, _RIDI_DEVICENAME, _TYPE_KEYBOARD = 0x10000003, 0x20000007, 1
_INPUT_SINK, _REMOVE = 0x00000100, 0x00000001
_PAGE, _KEYBOARD = 0x01, 0x06
_FAILED = 0xFFFFFFFF


class _Device(ctypes.Structure):
    """RAWINPUTDEVICE"""

    _fields_ = (
        ("page", ctypes.c_ushort),
        ("usage", ctypes.c_ushort),
        ("flags", ctypes.c_uint32),
        ("target", ctypes.c_void_p),
    )


class _Listed(ctypes.Structure):
    """RAWINPUTDEVICELIST"""

    _fields_ = (("device", ctypes.c_void_p), ("kind", ctypes.c_uint32))


class Message(ctypes.Structure):
    """MSG, as Qt hands it over."""

    _fields_ = (
        ("window", ctypes.c_void_p),
        ("message", ctypes.c_uint32),
        ("wide", ctypes.c_size_t),
        ("long", ctypes.c_ssize_t),
        ("time", ctypes.c_uint32),
        ("x", ctypes.c_long),
        ("y", ctypes.c_long),
    )


@dataclass(frozen=True, slots=True)
class RawName:
    """A keyboard of the system. `path` names it for good, `handle` as long as it is plugged in."""

    handle: int
    path: str

    @property
    def name(self) -> str:
        """The part a person can tell it by: VID_05E0&PID_1200."""
        parts = self.path.split("#")
        return parts[1] if len(parts) > 1 else self.path


def _user() -> Any:
    if sys.platform != "win32":
        raise WorldFault("scanner_no_devices")
    user = ctypes.WinDLL("user32", use_last_error=True)
    user.GetRawInputData.argtypes = (
        ctypes.c_void_p, ctypes.c_uint32, ctypes.c_void_p, ctypes.POINTER(ctypes.c_uint32), ctypes.c_uint32,
    )  # fmt: skip
    user.GetRawInputData.restype = ctypes.c_uint32
    user.GetRawInputDeviceInfoW.argtypes = (
        ctypes.c_void_p, ctypes.c_uint32, ctypes.c_void_p, ctypes.POINTER(ctypes.c_uint32),
    )  # fmt: skip
    user.GetRawInputDeviceInfoW.restype = ctypes.c_uint32
    return user


def register(window: int, *, on: bool = True) -> None:
    """From now on WM_INPUT comes to this window, in front or not; WorldFault("scanner_no_devices")."""
    user = _user()
    wanted = _Device(_PAGE, _KEYBOARD, _INPUT_SINK if on else _REMOVE, window if on else None)
    if not user.RegisterRawInputDevices(ctypes.byref(wanted), 1, ctypes.sizeof(_Device)):
        raise WorldFault("scanner_no_devices")


def record(handle: int) -> bytes:
    """The RAWINPUT record a WM_INPUT points to; blank when it is gone."""
    user = _user()
    header = 24 if ctypes.sizeof(ctypes.c_void_p) == 8 else 16
    size = ctypes.c_uint32(0)
    if (
        user.GetRawInputData(handle, _RID_INPUT, None, ctypes.byref(size), header) == _FAILED
        or not size.value
    ):
        return b""
    data = ctypes.create_string_buffer(size.value)
    got = user.GetRawInputData(handle, _RID_INPUT, data, ctypes.byref(size), header)
    return data.raw[:got] if got != _FAILED else b""


def keyboards() -> tuple[RawName, ...]:
    """Every keyboard of the system, scanners among them."""
    user = _user()
    count = ctypes.c_uint32(0)
    user.GetRawInputDeviceList(None, ctypes.byref(count), ctypes.sizeof(_Listed))
    listed = (_Listed * max(count.value, 1))()
    got = user.GetRawInputDeviceList(listed, ctypes.byref(count), ctypes.sizeof(_Listed))
    if got in (-1, _FAILED):
        return ()
    return tuple(
        RawName(one.device, path_of(one.device))
        for one in listed[:got]
        if one.kind == _TYPE_KEYBOARD and one.device
    )


def path_of(handle: int) -> str:
    """The name Windows gives a device, the same whenever it is plugged into the same place."""
    user = _user()
    length = ctypes.c_uint32(0)
    user.GetRawInputDeviceInfoW(handle, _RIDI_DEVICENAME, None, ctypes.byref(length))
    name = ctypes.create_unicode_buffer(length.value + 1)
    got = user.GetRawInputDeviceInfoW(handle, _RIDI_DEVICENAME, name, ctypes.byref(length))
    return name.value if got != _FAILED else ""
