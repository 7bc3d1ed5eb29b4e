"""A photo of the parcel by a command the seller sets, or by one this system has for its camera (PK-17).

The program has no camera of its own: whatever writes a picture to a path will do. It takes as long as it takes; the
window asks for it off its own thread.
"""

from __future__ import annotations

import os
import shlex
import shutil
import subprocess
import sys
import uuid
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import TypeVar

from jpship_gui.domain.fault import Fault, Refused, WorldFault
from jpship_gui.domain.packing.outcomes import Outcome
from jpship_gui.domain.packing.session import Answer
from jpship_gui.flows.pack.evidence import PHOTO, Evidence, attach
from jpship_gui.flows.pack.record import record
from jpship_gui.flows.workspace import Workspace
from jpship_gui.store import shipments

__all__ = ["has_camera", "shoot", "shoot_at_closing", "trial", "wants_photo"]

T = TypeVar("T")
_SECONDS = 20
_TARGET = "%f"
_AUTO = "auto"  # or auto:/dev/video2
_DEVICE = "/dev/video0"
_PICTURES = {b"\xff\xd8\xff": ".jpg", b"\x89PNG\r\n\x1a\n": ".png"}
_SYSTEM = (  # what Linux systems have for a camera, with the device as %d
    ("fswebcam", "fswebcam -q --no-banner -d %d %f"),
    ("ffmpeg", "ffmpeg -y -loglevel error -f v4l2 -i %d -frames:v 1 %f"),
    ("gst-launch-1.0", "gst-launch-1.0 -q v4l2src device=%d num-buffers=1 ! jpegenc ! filesink location=%f"),
)


def has_camera(ws: Workspace) -> bool:
    """Whether one is set up at this desk."""
    return bool(str(ws.options.get("camera.command")).strip())


def wants_photo(answer: Answer) -> bool:
    """Whether a person asked for a photo by this."""
    return answer.outcome is Outcome.OK_PHOTO and answer.reason == "shutter"


def shoot(ws: Workspace, key: str) -> Evidence:
    """Take a photo and attach it to a shipment. What went wrong stands in the journal and is raised:
    Refused("camera_none", "shipment_unknown"), WorldFault("camera_failed")."""
    try:
        return _shoot(ws, key)
    except Fault as fault:
        record(ws, "camera", [], reason=fault.code, shipment=key)
        raise


def shoot_at_closing(ws: Workspace, key: str) -> Evidence | None:
    """The parcel was closed: take a photo where its shop wants them. Faults as `shoot`."""
    shipment = shipments.by_key(ws.store, key)
    if shipment is None or ws.shop_options(shipment.order_id.shop).get("pack.evidence") == "off":
        return None
    return shoot(ws, key)


def trial(ws: Workspace, look: Callable[[Path], T]) -> T:
    """Take a photo only to look at it; nothing of it is kept. Faults as `shoot`, none recorded."""
    return _taken(ws, look)


def _shoot(ws: Workspace, key: str) -> Evidence:
    return _taken(ws, lambda path: attach(ws, key, path, PHOTO))


def _taken(ws: Workspace, use: Callable[[Path], T]) -> T:
    """Take a photo, use it, and leave nothing behind."""
    target = ws.places.temporary / f"photo-{uuid.uuid4().hex}.jpg"
    try:
        _run(_command(ws, target))
        return use(_typed(target))
    finally:
        for path in target.parent.glob(f"{target.stem}.*"):
            with suppress(OSError):
                path.unlink()


def _command(ws: Workspace, target: Path) -> list[str]:
    """The words of the command, without a shell; a command that names no %f gets the path as its last word."""
    said = str(ws.options.get("camera.command")).strip()
    if not said:
        raise Refused("camera_none")
    device = _DEVICE
    if said.partition(":")[0] == _AUTO:
        device = said.partition(":")[2] or _DEVICE
        said = next((command for program, command in _SYSTEM if shutil.which(program)), "")
        if not said or not sys.platform.startswith("linux"):
            raise Refused("camera_none")
    try:
        words = shlex.split(said, posix=os.name != "nt")
    except ValueError as error:
        raise WorldFault("camera_failed", why=str(error)) from error
    words = [word.strip('"') for word in words] if os.name == "nt" else words
    if not any(_TARGET in word for word in words):
        words.append(_TARGET)
    return [word.replace(_TARGET, str(target)).replace("%d", device) for word in words]


def _run(words: list[str]) -> None:
    """Run it. What it says goes nowhere: a command may tell more than a log should hold."""
    try:
        done = subprocess.run(
            words,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            timeout=_SECONDS,
            check=False,
        )
    except subprocess.TimeoutExpired as error:
        raise WorldFault("camera_failed", why=f"{_SECONDS} s") from error
    except OSError as error:
        raise WorldFault("camera_failed", why=error.strerror or "") from error
    if done.returncode:
        raise WorldFault("camera_failed", why=f"exit {done.returncode}")


def _typed(target: Path) -> Path:
    """The picture under the name of what it is; WorldFault("camera_failed") where it is none."""
    try:
        with target.open("rb") as picture:
            head = picture.read(16)
    except OSError as error:
        raise WorldFault("camera_failed", why=error.strerror or "") from error
    suffix = next((suffix for magic, suffix in _PICTURES.items() if head.startswith(magic)), "")
    if not suffix:
        raise WorldFault("camera_failed", why="JPEG")
    return target.rename(target.with_suffix(suffix)) if suffix != target.suffix else target
