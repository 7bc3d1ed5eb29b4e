"""`jpship practice serve|day`."""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path

from jpship_gui.cli.output import Answer, Exit
from jpship_gui.flows.workspace import Workspace
from jpship_gui.texts import set_language, text


def serve(ws: Workspace, arguments: argparse.Namespace) -> Exit:
    """Run the practice marketplace until interrupted; it says its address and the invented keys that open it."""
    from jpship_gui.practice.markets import every_shop
    from jpship_gui.practice.serve import serve as run

    set_language(getattr(arguments, "language", None) or "ja")

    def announce(url: str) -> None:
        shops = [
            {
                "name": shop.name,
                "marketplace": shop.marketplace,
                "number": shop.number,
                **shop.secrets,
                "secrets": dict(shop.secrets),
                "settings": dict(shop.settings),
                "url": f"{url}/{shop.marketplace}",
            }
            for shop in every_shop()
        ]
        if getattr(arguments, "json", False):
            print(json.dumps({"url": url, "shops": shops}), flush=True)
            return
        print(text("cli.practice_serves", url=url))
        for shop in every_shop():
            secrets = " ".join(
                f"JPSHIP_SECRET_{field.upper()}={value}" for field, value in shop.secrets.items()
            )
            print(
                f"  {shop.name}: {secrets} jpship shop add {shop.marketplace} {shop.number} "
                f"--api-url {url}/{shop.marketplace}"
            )
        sys.stdout.flush()

    run(arguments.port, announce, arguments.orders)
    return Exit.DONE


def day(ws: Workspace, arguments: argparse.Namespace) -> Answer:
    """Play a whole packing day against the practice marketplace on this machine."""
    from jpship_gui.practice.day import run_day

    set_language(getattr(arguments, "language", None) or "ja")
    as_json = bool(getattr(arguments, "json", False))
    home = getattr(arguments, "home", None)
    played = run_day(home, Path(arguments.out) if arguments.out else None, None if as_json else _say)
    return Answer(played.document(), (), Exit.DONE if played.green else Exit.PARTLY)


def _say(line: str) -> None:
    print(line, flush=True)
