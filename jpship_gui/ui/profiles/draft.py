"""The profile being edited: every edit gives a new value, which the editor shows and tries. No Qt."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from jpship_gui.flows.upkeep.profile_drafts import (
    CarrierRule,
    CodeRule,
    CodeTable,
    FilePart,
    OutColumn,
    OutPart,
    Profile,
    RowsPart,
    Sample,
    Source,
    Step,
    table_of,
    targets,
)
from jpship_gui.flows.upkeep.profile_drafts import suggested as suggest

NUMBER = "number"


@dataclass(frozen=True, slots=True)
class Draft:
    """`unsure` are targets whose columns were only guessed; `kept` is the version that is saved, None for a new one."""

    profile: Profile
    unsure: frozenset[str] = frozenset()
    kept: Profile | None = None

    @property
    def changed(self) -> bool:
        """Whether anything is not saved yet."""
        return self.kept != self.profile

    def sources(self, target: str) -> tuple[Source, ...]:
        """Where a target's value comes from; the order number's are the keys of the rows."""
        found = self.profile.fields.get(target, ())
        if not found and target == NUMBER:
            return tuple(Source((name,)) for name in self.profile.rows.order_key)
        return found

    def used_by(self, column: str) -> list[str]:
        """Targets that read a column."""
        return [name for name in targets() if any(column in source.columns for source in self.sources(name))]

    def assigned(self) -> list[str]:
        """Targets that have columns, in the order they are shown."""
        return [name for name in targets() if self.sources(name)]

    # Edits ------------------------------------------------------------------------------------------------------

    def set_sources(self, target: str, sources: Sequence[Source]) -> Draft:
        """Other sources for a target, by a person: no longer a suggestion."""
        kept = tuple(source for source in sources if source.columns)
        profile = self.profile
        fields = {name: found for name, found in profile.fields.items() if name != target}
        rows = profile.rows
        if target == NUMBER:
            rows = replace(rows, order_key=tuple(source.columns[0] for source in kept))
            plain = all(len(source.columns) == 1 and source.steps is None for source in kept)
            if not plain:
                fields[target] = kept
        elif kept:
            fields[target] = kept
        order = {name: fields[name] for name in targets() if name in fields}
        made = replace(profile, fields=order, rows=rows)
        return self._sure(replace(self, profile=_required(made, profile)), target)

    def _sure(self, made: Draft, target: str) -> Draft:
        return replace(made, unsure=self.unsure - {target})

    def take(self, target: str, column: str) -> Draft:
        """One column alone for a target."""
        return self.set_sources(target, (Source((column,)),))

    def swap(self, target: str, place: int, old: str, new: str) -> Draft:
        """Another column instead of one of a source's."""
        return self._edit(target, place, lambda columns: tuple(new if c == old else c for c in columns))

    def join(self, target: str, place: int, column: str) -> Draft:
        """One more column of the same source, put together with those before."""
        return self._edit(target, place, lambda columns: (*columns, column))

    def drop(self, target: str, place: int, column: str) -> Draft:
        """A column less; a source without columns goes."""
        return self._edit(target, place, lambda columns: tuple(c for c in columns if c != column))

    def add_alternative(self, target: str, column: str) -> Draft:
        """A column that is read where the ones before say nothing."""
        return self.set_sources(target, (*self.sources(target), Source((column,))))

    def set_steps(self, target: str, place: int, steps: tuple[Step, ...] | None) -> Draft:
        """What is done to a source's cells; None = what is usual for the target."""
        sources = list(self.sources(target))
        sources[place] = replace(sources[place], steps=steps)
        return self.set_sources(target, sources)

    def _edit(self, target: str, place: int, change: Any) -> Draft:
        sources = list(self.sources(target))
        sources[place] = replace(sources[place], columns=change(sources[place].columns))
        return self.set_sources(target, sources)

    def confirm(self, *names: str) -> Draft:
        """Suggestions a person found right; without names, all of them."""
        return replace(self, unsure=self.unsure.difference(names) if names else frozenset())

    def set_title(self, title: str) -> Draft:
        """Another name."""
        return replace(self, profile=replace(self.profile, title=title))

    def set_file(self, **changes: Any) -> Draft:
        """How the file is opened."""
        return replace(self, profile=replace(self.profile, file=replace(self.profile.file, **changes)))

    def set_rows(self, **changes: Any) -> Draft:
        """How rows make orders."""
        return replace(self, profile=replace(self.profile, rows=replace(self.profile.rows, **changes)))

    def set_required(self, columns: Sequence[str]) -> Draft:
        """Columns a file of this kind always has."""
        detect = replace(self.profile.detect, required=tuple(dict.fromkeys(columns)))
        return replace(self, profile=replace(self.profile, detect=detect))

    def set_constant(self, target: str, value: str) -> Draft:
        """A value where no column gives one; blank = none."""
        constants = {name: text for name, text in self.profile.constants.items() if name != target}
        if value:
            constants[target] = value
        return replace(self, profile=replace(self.profile, constants=constants))

    def set_code(self, target: str, pattern: str, code: str | None) -> Draft:
        """What a word of the file means, before everything else that is said of it; None = no longer said."""
        table = table_of(self.profile, target)
        rules = [rule for rule in table.table if rule.pattern != pattern]
        if code is not None:
            rules.insert(0, CodeRule(pattern, code))
        return self.set_codes(target, replace(table, table=tuple(rules)))

    def set_codes(self, target: str, table: CodeTable) -> Draft:
        """A whole table of words."""
        codes = {**self.profile.codes, target: table}
        return replace(self, profile=replace(self.profile, codes=codes))

    def set_out(self, out: OutPart | None) -> Draft:
        """The confirmation file, or none."""
        direction = self.profile.direction
        reads = direction in ("orders", "both")
        direction = ("both" if reads else "shipments") if out else ("orders" if reads else "none")
        return replace(self, profile=replace(self.profile, out=out, direction=direction))

    def set_out_columns(self, columns: Sequence[OutColumn]) -> Draft:
        """Other columns of the confirmation file."""
        out = self.profile.out or OutPart()
        return self.set_out(replace(out, columns=tuple(columns)))

    def carrier(self, carrier: str) -> CarrierRule:
        """What the shop system calls a carrier, all its services alike."""
        found = (rule for rule in self.profile.carriers if rule.carrier == carrier and not rule.service)
        return next(found, CarrierRule(carrier, ""))

    def set_carrier(self, rule: CarrierRule) -> Draft:
        """What the shop system calls a carrier; without any words = not said."""
        rules = [one for one in self.profile.carriers if one.carrier != rule.carrier or one.service]
        if rule.code or rule.carrier_name or rule.method:
            # A file that has no column for codes still needs to know that this carrier is said.
            rules.append(replace(rule, code=rule.code or rule.carrier_name or rule.method))
        return replace(self, profile=replace(self.profile, carriers=tuple(rules)))

    # Suggestions ------------------------------------------------------------------------------------------------

    def suggested(self, sample: Sample) -> Draft:
        """The same with columns guessed anew for all that no person confirmed."""
        profile = self.profile
        if not set(self.assigned()) - self.unsure:
            profile = Profile(
                id=profile.id,
                title=profile.title,
                version=profile.version,
                base=profile.base,
                file=profile.file,
                rows=replace(RowsPart(), mode=profile.rows.mode, second=profile.rows.second),
            )
        else:
            fields = {name: found for name, found in profile.fields.items() if name not in self.unsure}
            profile = replace(profile, fields=fields)
            if NUMBER in self.unsure:
                profile = replace(profile, rows=replace(profile.rows, order_key=()))
        made, names = suggest(profile, sample)
        return replace(self, profile=made, unsure=names)


# What every file has that holds orders: their first columns are required of it.
_NEEDED = (
    *(NUMBER, "recipient.name", "recipient.postal", "recipient.address", "recipient.street"),
    *("line.name", "line.quantity"),
)


def _required(made: Profile, before: Profile) -> Profile:
    """Required columns follow the columns of what every order needs; others a person chose stay."""
    wanted = dict.fromkeys(_first(made))
    own = [name for name in before.detect.required if name not in _first(before)]
    detect = replace(made.detect, required=tuple(dict.fromkeys((*wanted, *own))))
    return replace(made, detect=detect)


def _first(profile: Profile) -> list[str]:
    keys = {NUMBER: tuple(Source((name,)) for name in profile.rows.order_key)}
    fields: Mapping[str, Sequence[Source]] = {**keys, **profile.fields}
    second = profile.rows.second
    goods = set(second.columns) - set(profile.file.columns) if second else set()
    columns = [fields[name][0].columns[0] for name in _NEEDED if fields.get(name)]
    return [name for name in columns if "#" not in name and name not in goods]


__all__ = ["NUMBER", "Draft", "FilePart", "RowsPart"]
