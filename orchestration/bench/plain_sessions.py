"""Runs plain_sessions.sql on the events of the bench: a process of its own, to be measured."""

from pathlib import Path

from orchestration.warehouse import Paths, open_warehouse


def main() -> None:
    """Reads the events and writes `plain_sessions`."""
    with open_warehouse(Paths()) as warehouse:
        warehouse.execute(Path(__file__).with_suffix(".sql").read_text())


if __name__ == "__main__":
    main()
