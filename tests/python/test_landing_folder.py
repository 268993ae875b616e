"""What lies in a folder may still be being written, may lie there twice, may be a link, and is looked at once only."""

import gzip
import os
import threading
import time
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from landing_cases import HEADER, ROW, parquet_bytes, put

from orchestration.landing import LandedTable, inspection, land
from orchestration.warehouse import DuckDBWarehouse, Paths

FOLDER = "loyalty/member"
MEMBER = pa.table({"member_id": ["1"], "email": ["ann@lee.example"]})


@pytest.fixture
def paths(tmp_path) -> Paths:
    return Paths(tmp_path)


def landed(paths: Paths, quiet_seconds: float = 0, table: str = "raw.loyalty__member") -> LandedTable:
    """What becomes of the files of one table."""
    (paths.root / "vars.yml").write_text(f"landing_quiet_seconds: {quiet_seconds}\n")
    with DuckDBWarehouse(paths.warehouse) as warehouse:
        return next(each for each in land(paths, warehouse) if each.contract.relation == table)


def verdicts(table: LandedTable) -> dict[str, str]:
    return {file.path.name: file.verdict for file in table.files}


def aged(path: Path, seconds: float = 3600) -> Path:
    """The file as if it had lain there for so long."""
    then = time.time() - seconds
    os.utime(path, (then, then))
    return path


def test_a_file_that_is_being_written_waits_and_is_read_when_it_lies_still(paths):
    path = put(paths, f"{FOLDER}/growing.csv", HEADER)
    aged(put(paths, f"{FOLDER}/whole.csv", HEADER + "2,,,\n"))
    is_landed = threading.Event()

    def write() -> None:
        with path.open("a") as stream:
            while not is_landed.wait(0.02):
                stream.write(ROW)
                stream.flush()

    writer = threading.Thread(target=write)
    writer.start()
    try:
        table = landed(paths, quiet_seconds=0.5)
    finally:
        is_landed.set()
        writer.join()
    assert verdicts(table) == {"growing.csv": "waiting", "whole.csv": "landed"}
    assert "changed while landing watched" in table.judged("waiting")[0].reason
    table = landed(paths, quiet_seconds=0.5)
    assert verdicts(table) == {"growing.csv": "landed", "whole.csv": "landed"}
    assert table.rows > 1


CUT = {
    "a.parquet": parquet_bytes(MEMBER)[:-20],
    "a.csv": HEADER + ROW[:-4],
    "a.csv.gz": gzip.compress((HEADER + ROW * 500).encode())[:-30],
    "a.jsonl": '{"member_id": 1}\n{"member',
    "b.csv": "",
    "b.parquet": b"PA",
}


@pytest.mark.parametrize("name", CUT)
def test_a_file_without_its_end_waits_while_it_is_young_and_is_refused_when_it_is_old(paths, name):
    path = put(paths, f"{FOLDER}/{name}", CUT[name])
    assert verdicts(landed(paths, quiet_seconds=0.2)) == {name: "waiting"}
    aged(path)
    assert verdicts(landed(paths, quiet_seconds=0.2)) == {name: "refused"}


def test_a_young_file_that_is_wrong_for_good_is_refused_at_once(paths):
    put(paths, f"{FOLDER}/a.csv", "member_id;email\n1;x\n")
    assert verdicts(landed(paths, quiet_seconds=0.2)) == {"a.csv": "refused"}


def test_landing_waits_once_for_all_young_files_and_not_for_old_ones(paths):
    for number in range(20):
        aged(put(paths, f"{FOLDER}/{number}.csv", HEADER + f"{number},,,\n"))
    started = time.monotonic()
    landed(paths, quiet_seconds=30)
    assert time.monotonic() - started < 25
    for number in range(20):
        put(paths, f"{FOLDER}/young_{number}.csv", HEADER + f"young {number},,,\n")
    started = time.monotonic()
    table = landed(paths, quiet_seconds=2)
    assert 1 < time.monotonic() - started < 20
    assert len(table.accepted) == 40


def test_a_file_dated_tomorrow_does_not_keep_us_until_then(paths):
    aged(put(paths, f"{FOLDER}/a.csv", HEADER + ROW), seconds=-86400)
    assert verdicts(landed(paths, quiet_seconds=0.2)) == {"a.csv": "landed"}


def test_a_file_that_changes_while_it_is_read_waits(paths, monkeypatch):
    path = put(paths, f"{FOLDER}/a.csv", HEADER + ROW)
    real = inspection.read_content

    def and_append(*arguments):
        content = real(*arguments)
        with path.open("a") as stream:
            stream.write("2,,,\n")
        return content

    monkeypatch.setattr(inspection, "read_content", and_append)
    assert verdicts(landed(paths)) == {"a.csv": "waiting"}


def test_what_loaders_write_beside_their_data_is_passed_over(paths):
    put(paths, f"{FOLDER}/part-000.csv/part-000.csv", HEADER + ROW)  # Spark's way: a folder named like a file
    for name in (
        "_SUCCESS",
        ".a.csv.crc",
        "_temporary/0/b.csv",
        "c.csv.tmp",
        "d.parquet.part",
        "e.csv.CRDOWNLOAD",
    ):
        put(paths, f"{FOLDER}/{name}", "half a file")
    (paths.raw / FOLDER / "empty.csv").mkdir()
    assert verdicts(landed(paths)) == {"part-000.csv": "landed"}


def test_the_same_content_twice_is_read_once(paths):
    put(paths, f"{FOLDER}/b.csv", HEADER + ROW)
    put(paths, f"{FOLDER}/a.csv", HEADER + ROW)
    put(paths, f"{FOLDER}/again/a.csv", HEADER + ROW)
    put(paths, f"{FOLDER}/c.csv", HEADER + ROW.replace("Ann", "Zo"))
    put(paths, "loyalty/voucher/a.csv", "voucher_code,member_id\n1,2\n")
    put(paths, "loyalty/referral/a.csv", "voucher_code,member_id\n1,2\n")
    table = landed(paths)
    assert [(file.path.name, file.verdict) for file in table.files] == [
        ("a.csv", "landed"),
        ("a.csv", "duplicate"),
        ("b.csv", "duplicate"),
        ("c.csv", "landed"),
    ]
    assert table.files[1].reason == "it has the same content as a.csv"
    with DuckDBWarehouse(paths.warehouse, read_only=True) as warehouse:
        assert warehouse.query("select count(*) from raw.loyalty__member") == [(2,)]
    (paths.raw / FOLDER / "a.csv").unlink()
    assert [file.verdict for file in landed(paths).files] == ["landed", "duplicate", "landed"], (
        "the next one is read"
    )


def test_the_same_content_in_another_table_is_no_duplicate(paths):
    for table in ("receipt", "receipt_line"):
        put(paths, f"pos/{table}/a.csv", "receipt_id,line_no\n1,1\n")
    assert verdicts(landed(paths, table="raw.pos__receipt")) == {"a.csv": "landed"}
    assert verdicts(landed(paths, table="raw.pos__receipt_line")) == {"a.csv": "landed"}


def test_links_pipes_and_what_may_not_be_opened(paths):
    elsewhere = put(paths, "../elsewhere.csv", HEADER + ROW)
    folder = paths.raw / FOLDER
    folder.mkdir(parents=True)
    (folder / "link.csv").symlink_to(elsewhere)
    (folder / "nowhere.csv").symlink_to(folder / "gone.csv")
    (folder / "circle.csv").symlink_to(folder / "circle.csv")
    (folder / "linked").symlink_to(elsewhere.parent, target_is_directory=True)
    os.mkfifo(folder / "pipe.csv")
    locked = put(paths, f"{FOLDER}/locked.csv", HEADER + "2,,,\n")
    locked.chmod(0)
    table = landed(paths)
    may_read_all = os.access(locked, os.R_OK)  # root may
    assert verdicts(table) == {
        "link.csv": "landed",
        "nowhere.csv": "refused",
        "circle.csv": "refused",
        "linked": "refused",
        "pipe.csv": "refused",
        "locked.csv": "landed" if may_read_all else "refused",
    }
    assert {file.path.name: file.reason for file in table.files}["nowhere.csv"] == "it is a link to nothing"
    locked.chmod(0o644)
    assert verdicts(landed(paths))["locked.csv"] == "landed", (
        "nothing in the file tells that it may be read now"
    )


@pytest.mark.parametrize("log", ["_delta_log", ".hoodie"])
def test_a_table_format_is_not_read_as_plain_files(paths, log):
    put(paths, f"{FOLDER}/part-000.parquet", MEMBER)
    put(paths, f"{FOLDER}/{log}/00000.json", "{}")
    assert verdicts(landed(paths)) == {"part-000.parquet": "refused"}


def test_an_unchanged_file_is_not_read_again_and_a_changed_one_is(paths, monkeypatch):
    files = [
        put(paths, f"{FOLDER}/month={month}/a.parquet", MEMBER.append_column("month", [[month]]))
        for month in range(5)
    ]
    first = landed(paths)
    read: list[Path] = []
    real = inspection.read_content
    monkeypatch.setattr(
        inspection, "read_content", lambda path, *rest: (read.append(path), real(path, *rest))[1]
    )
    assert (landed(paths).files, read) == (first.files, [])
    pq.write_table(MEMBER.append_column("month", [["new"]]), files[2])
    put(paths, f"{FOLDER}/refused.csv", "email\nx\n")
    landed(paths)
    landed(paths)
    names = [path.name for path in read]
    assert (names.count("a.parquet"), names.count("refused.csv")) == (1, 2), "a refusal is looked at again"


def test_a_broken_memory_is_no_hindrance(paths):
    put(paths, f"{FOLDER}/a.csv", HEADER + ROW)
    for memory in (b"", b"PAR1 not really", parquet_bytes(pa.table({"file": ["x"]}))):
        put(paths, "../landing/files.parquet", memory)
        assert verdicts(landed(paths)) == {"a.csv": "landed"}


def test_thousands_of_files_land_and_land_again_in_seconds(paths):
    columns = {"id": "text", "timestamp": "2026-01-01T00:00:00", "user_id": "u"}
    for number in range(2_000):
        table = pa.table({name: [f"{number}" if name == "id" else value] for name, value in columns.items()})
        put(paths, f"segment/pages/occurred_month=2026-{number % 12 + 1:02}/part-{number:04}.parquet", table)
    landed(paths, table="raw.segment__pages")
    started = time.monotonic()
    again = landed(paths, table="raw.segment__pages")
    assert time.monotonic() - started < 15, "about one second on an idle machine"
    assert (len(again.accepted), again.rows) == (2_000, 2_000)
    with DuckDBWarehouse(paths.warehouse, read_only=True) as warehouse:
        assert warehouse.query("select count(distinct id) from raw.segment__pages") == [(2_000,)]
