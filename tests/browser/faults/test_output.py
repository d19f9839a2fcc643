"""Programs that print or show far more than a page can: the end is there, and what was printed is a file."""

from __future__ import annotations

from pathlib import Path

from playwright.sync_api import Page, expect

from tests.browser.cells import only_cell, output, output_of, write_and_run


def download_output(page: Page) -> str:
    with page.expect_download() as download:
        output(only_cell(page)).get_by_role("button", name="Download what was printed").click()
    return Path(download.value.path()).read_text(encoding="utf-8")


def test_the_last_of_many_lines_and_the_result_are_there(kept_play: Page) -> None:
    text = write_and_run(
        only_cell(kept_play),
        "for n in range(50_000): print('line', n)\n'the result'",
        timeout=60_000,
    )
    assert text.startswith("line 0\nline 1\n")
    assert text.endswith("line 49999\n'the result'\n")
    assert "lines are not shown" in text
    assert "goes on" not in text
    assert download_output(kept_play) == "".join(f"line {n}\n" for n in range(50_000))


def test_what_was_written_over_does_not_count(kept_play: Page) -> None:
    code = "for n in range(60_000): print(f'\\r{n + 1} of 60000', end='')\nprint('\\nloss 0.5')"
    assert write_and_run(only_cell(kept_play), code, timeout=60_000) == "60000 of 60000\nloss 0.5\n"
    expect(output(only_cell(kept_play)).get_by_role("button")).to_have_count(0)


def test_beyond_twenty_megabytes_the_file_says_what_is_missing(kept_play: Page) -> None:
    code = "line = 'x' * 999_999\nfor n in range(25): print(line)\nprint('the end')"
    text = write_and_run(only_cell(kept_play), code, timeout=60_000)
    assert text.endswith("x\nthe end\n")
    assert len(text) < 250_000
    saved = download_output(kept_play)
    assert 20_000_000 < len(saved) < 21_000_000
    assert "characters are missing here" in saved
    assert saved.endswith("x\nthe end\n")


def test_errors_and_values_at_the_end_of_a_flood_are_shown(kept_play: Page) -> None:
    code = "for n in range(300): display(n)\nfor n in range(20_000): print(n)\n1 / 0"
    text = write_and_run(only_cell(kept_play), code, state="error", timeout=60_000)
    assert "199 values are not shown" in text
    assert text.rstrip().endswith("ZeroDivisionError: division by zero")
    assert "19999" in output_of(only_cell(kept_play))
