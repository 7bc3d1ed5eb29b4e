"""The only module that knows folders: the data folder with all that lies in it, and the program's own resources."""

from __future__ import annotations

import os
import sys
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from jpship_gui.domain.fault import WorldFault

APP = "jpship"


@cache
def resources() -> Path:
    """Folder of fonts, icons, words, sounds and postal table: frozen program, source tree or installed wheel."""
    frozen = getattr(sys, "_MEIPASS", None)
    if frozen:
        return Path(frozen) / "resources"
    package = Path(__file__).resolve().parents[1]
    installed = package / "resources"
    return installed if installed.is_dir() else package.parent / "resources"


@dataclass(frozen=True, slots=True)
class Places:
    """Where one data folder keeps what; folders come into being when first asked for, files do not."""

    home: Path

    @classmethod
    def find(cls, home: str | Path | None = None) -> Places:
        """The folder given, else JPSHIP_HOME, else the user's own data folder on this system."""
        chosen = home or os.environ.get("JPSHIP_HOME")
        if chosen:
            return cls(Path(chosen).expanduser().absolute())
        from platformdirs import user_data_path

        return cls(user_data_path(APP, appauthor=False, roaming=False))

    def _folder(self, *names: str) -> Path:
        path = self.home.joinpath(*names)
        try:
            path.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise WorldFault(
                "folder_not_made", path=str(path), detail=error.strerror or str(error)
            ) from error
        return path

    @property
    def database(self) -> Path:
        """The SQLite file (unless the options name a PostgreSQL server)."""
        return self._folder() / "jpship.sqlite"

    @property
    def journal(self) -> Path:
        """Folder of the scan journals, one file a desk."""
        return self._folder("journal")

    @property
    def options(self) -> Path:
        """The desk's own settings, a TOML file."""
        return self._folder() / "options.toml"

    @property
    def papers(self) -> Path:
        """Folder of printed documents kept for reprints."""
        return self._folder("papers")

    @property
    def evidence(self) -> Path:
        """Folder of photos and files attached to parcels, named by their hash."""
        return self._folder("evidence")

    @property
    def temporary(self) -> Path:
        """Folder of files that are needed for one act; whatever an act leaves behind is swept away."""
        return self._folder("temporary")

    @property
    def carrier_files(self) -> Path:
        """Folder of the files handed to carriers' tools."""
        return self._folder("carrier_files")

    @property
    def uploads(self) -> Path:
        """Folder of the upload files for marketplaces."""
        return self._folder("uploads")

    @property
    def sources(self) -> Path:
        """Folder of imported files, byte for byte."""
        return self._folder("sources")

    @property
    def backups(self) -> Path:
        """Folder of database copies, made daily and before each migration."""
        return self._folder("backups")

    @property
    def logs(self) -> Path:
        """Folder of log files (secrets and personal data masked)."""
        return self._folder("logs")

    @property
    def layouts(self) -> Path:
        """Folder of the user's own file layouts and carrier data, which win over the shipped ones."""
        return self._folder("layouts")

    @property
    def senders(self) -> Path:
        """Folder in which those who send confirmations show that they are alive."""
        return self._folder("senders")

    @property
    def practice(self) -> Path:
        """Data folder of practice mode, kept apart from the real one."""
        return self._folder("practice")
