"""How commands and groups of commands are added, each with its function and what is said of it."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    Commands = argparse._SubParsersAction[argparse.ArgumentParser]

Part = tuple[str, str, str]  # name, module:function, what it does


@dataclass(frozen=True, slots=True)
class Parsers:
    """Where the commands go; `everywhere` holds the options every one of them has."""

    commands: Commands
    everywhere: argparse.ArgumentParser

    def command(
        self, name: str, function: str, about: str, *, folder: bool = True
    ) -> argparse.ArgumentParser:
        """One command; `folder` = it needs a data folder."""
        made = self._add(self.commands, name, about)
        made.set_defaults(command=function, needs_folder=folder)
        return made

    def group(
        self, name: str, about: str, parts: Sequence[Part], metavar: str = ""
    ) -> dict[str, argparse.ArgumentParser]:
        """A command of several parts."""
        return self.inside(self._add(self.commands, name, about), parts, "_part", metavar or name.upper())

    def inside(
        self, whole: argparse.ArgumentParser, parts: Sequence[Part], into: str, metavar: str
    ) -> dict[str, argparse.ArgumentParser]:
        """The parts of a command there is already."""
        group = whole.add_subparsers(dest=into, required=True, metavar=metavar)
        made = {}
        for name, function, about in parts:
            made[name] = self._add(group, name, about)
            made[name].set_defaults(command=function)
        return made

    def _add(self, commands: Commands, name: str, about: str) -> argparse.ArgumentParser:
        sentence = f"{about[0].upper()}{about[1:]}."
        return commands.add_parser(name, help=about, description=sentence, parents=[self.everywhere])
