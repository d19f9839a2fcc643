"""The workflows and the hooks for commits call what is there: nobody can run them here."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
import yaml

from playground.project import Project

# What a job may run besides targets of the Makefile.
ALLOWED = {"Install what the README asks for", "Put the notebooks on a branch of their own"}


def workflow(repository: Path, name: str) -> dict[Any, Any]:
    path = repository / ".github" / "workflows" / f"{name}.yml"
    found: dict[Any, Any] = yaml.safe_load(path.read_text(encoding="utf-8"))
    # YAML 1.1, as PyYAML has it, reads the key `on` as true.
    found["on"] = found.pop(True)
    return found


def targets(repository: Path) -> set[str]:
    makefile = (repository / "Makefile").read_text(encoding="utf-8")
    return set(re.findall(r"^\.PHONY: (\S+)$", makefile, re.MULTILINE))


def test_every_workflow_is_looked_at(repository: Path) -> None:
    found = {path.name for path in (repository / ".github" / "workflows").iterdir()}
    assert found == {"nightly.yml", "pages.yml", "test.yml"}


@pytest.mark.parametrize("name", ["nightly", "pages", "test"])
def test_jobs_call_targets_of_the_makefile(repository: Path, name: str) -> None:
    for job in workflow(repository, name)["jobs"].values():
        if "uses" in job:
            assert (repository / job["uses"]).is_file()
            continue
        for step in job["steps"]:
            if "uses" in step:
                assert re.fullmatch(r"actions/[a-z-]+@v\d+", step["uses"]), "GitHub's own"
            elif step.get("name") not in ALLOWED:
                target = re.fullmatch(r"make ([a-z-]+)( OPTIONS=.+)?", step["run"].strip())
                assert target is not None, step["run"]
                assert target[1] in targets(repository)


def test_every_pull_request_and_push_is_tested(repository: Path) -> None:
    test = workflow(repository, "test")
    assert test["on"].keys() == {"push", "pull_request", "workflow_call"}
    (job,) = test["jobs"].values()
    assert job["steps"][-1] == {"run": "make test"}
    assert job["container"].startswith("debian:")
    # Main and the notebooks that are made from it are left out: what publishes them has tested them.
    assert test["on"]["push"] == {"branches-ignore": ["main", "notebooks"]}
    assert workflow(repository, "pages")["on"]["push"] == {"branches": ["main"]}


def test_only_what_is_green_is_published(repository: Path) -> None:
    jobs = workflow(repository, "pages")["jobs"]
    assert jobs["test"] == {"uses": "./.github/workflows/test.yml"}
    assert jobs["build"]["needs"] == "test"
    assert jobs["deploy"]["needs"] == "build"


def test_what_needs_more_runs_at_night_and_when_asked_for(repository: Path) -> None:
    nightly = workflow(repository, "nightly")
    assert nightly["on"].keys() == {"schedule", "workflow_dispatch"}
    called = {job["steps"][-1]["run"] for job in nightly["jobs"].values()}
    assert called == {"make test-processors", "make test-pytorch", "make fuzz", "make fuzz-page"}
    assert not any(target in (repository / ".ci" / "run").read_text() for target in called)


def test_the_hooks_for_commits_run_what_make_check_runs(repository: Path) -> None:
    text = (repository / ".pre-commit-config.yaml").read_text(encoding="utf-8")
    (repo,) = yaml.safe_load(text)["repos"]
    assert repo["repo"] == "local", "nothing is fetched from anywhere"
    makefile = (repository / "Makefile").read_text(encoding="utf-8")
    parts = re.search(r"^check: ([a-z -]+?) *(##.*)?$", makefile, re.MULTILINE)
    assert parts is not None
    assert [hook["entry"] for hook in repo["hooks"]] == [
        f"make {each}" for each in parts[1].split()
    ]


def test_the_changelog_knows_the_version(repository: Path) -> None:
    text = (repository / "CHANGELOG.md").read_text(encoding="utf-8")
    headings = re.findall(r"^## \[(.+?)\]", text, re.MULTILINE)
    assert headings[:2] == ["Unreleased", Project(repository).version]
