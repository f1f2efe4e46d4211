"""Lighthouse on a phone it simulates: the citizen's pages, each run in a Chromium of its own."""

import json
import os
import subprocess
from pathlib import Path
from statistics import median
from typing import Any, NamedTuple

from citizen.browser import ARGUMENTS, SLOW_3G, SLOW_4G, Line, chromium
from citizen.city import AREA, say
from citizen.table import Row

FOLDER = Path(__file__).resolve().parents[1] / "lighthouse"
PROGRAM = FOLDER / "node_modules" / ".bin" / "lighthouse"
SLOWER = {SLOW_4G: 4, SLOW_3G: 6}
TRIES = 3
SCORES = ("performance", "accessibility", "best-practices", "seo")
OTHERS = {"areas": "/", "decisions": f"{AREA}/aftryk", "privacy": "/privatliv"}


class Report(NamedTuple):
    """One run: scores out of 100, times in milliseconds, and what cost points."""

    scores: dict[str, float]
    lcp: float
    tbt: float
    cls: float
    faults: set[str]


def install() -> None:
    """Install Lighthouse in its folder, in the version that is locked there, where it is not."""
    if not PROGRAM.exists():
        say("installing Lighthouse ...")
        subprocess.run(["npm", "ci"], cwd=FOLDER, check=True, stdout=subprocess.DEVNULL)


def _command(address: str, line: Line, scores: tuple[str, ...]) -> list[str]:
    chrome = " ".join(["--headless=new", *ARGUMENTS])
    return [
        str(PROGRAM),
        address,
        "--quiet",
        "--output=json",
        "--no-enable-error-reporting",
        "--form-factor=mobile",
        "--throttling-method=simulate",
        f"--throttling.rttMs={line.rtt}",
        f"--throttling.throughputKbps={line.kbits}",
        f"--throttling.cpuSlowdownMultiplier={SLOWER[line]}",
        f"--only-categories={','.join(scores)}",
        f"--chrome-flags={chrome}",
    ]


def _faults(report: dict[str, Any]) -> set[str]:
    audits = report["audits"]
    asked = [ref for one in report["categories"].values() for ref in one["auditRefs"]]
    poor = [ref["id"] for ref in asked if ref["weight"] and audits[ref["id"]]["score"] is not None]
    return {name for name in poor if audits[name]["score"] < 0.9}


def look(address: str, line: Line = SLOW_4G, scores: tuple[str, ...] = SCORES) -> Report:
    """Run Lighthouse once; again where its own browser did not get there."""
    for _ in range(TRIES):
        report, said = _run(_command(address, line, scores))
        if report:
            names = ("largest-contentful-paint", "total-blocking-time", "cumulative-layout-shift")
            figures = [report["audits"].get(name, {}).get("numericValue", 0) for name in names]
            found = {name: 100 * one["score"] for name, one in report["categories"].items()}
            return Report(found, *figures, _faults(report))
        say(f"  Lighthouse did not finish: {said}")
    raise SystemExit("Lighthouse cannot measure here.")


def _run(command: list[str]) -> tuple[dict[str, Any], str]:
    """Return a whole report, or an empty one and what was said instead."""
    environment = {**os.environ, "CHROME_PATH": chromium()}
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    report: dict[str, Any] = json.loads(done.stdout) if done.returncode == 0 else {}
    scored = report and all(one["score"] is not None for one in report["categories"].values())
    return (report if scored else {}), done.stderr.strip()[-300:]


def _told(name: str, reports: list[Report]) -> None:
    for fault in sorted(set.union(*(one.faults for one in reports))):
        say(f"  {name}: {fault}")


def survey(address: str, floor: str, runs: int) -> list[Row]:
    """Return the rows of the citizen app on slow 4G, medians, with the plain page beside."""
    ours, least = [], []
    for number in range(runs):
        say(f"Lighthouse, {number + 1} of {runs} ...")
        ours.append(look(address + AREA))
        least.append(look(floor, scores=("performance",)))
    _told("survey", ours)
    return [
        *(_score(name, ours, least) for name in SCORES),
        Row("  LCP", "ms", _lcp(ours), 1400, 1500, _lcp(least)),
        Row("  TBT", "ms", median(one.tbt for one in ours), 50, 100),
        Row("  CLS", "", median(one.cls for one in ours), 0, 0.02),
    ]


def _score(name: str, ours: list[Report], least: list[Report]) -> Row:
    beneath = median(one.scores[name] for one in least) if name in least[0].scores else None
    found = median(one.scores[name] for one in ours)
    cap = 98 if name == "performance" else 100
    return Row(f"Lighthouse {name}", "", found, 100, cap, beneath, more=True)


def _lcp(reports: list[Report]) -> float:
    return median(one.lcp for one in reports)


def slow(address: str, floor: str, runs: int) -> list[Row]:
    """Return the row of the largest paint on slow 3G with a processor six times slower."""
    ours, least = [], []
    for number in range(runs):
        say(f"Lighthouse on slow 3G, {number + 1} of {runs} ...")
        ours.append(look(address + AREA, SLOW_3G, ("performance",)))
        least.append(look(floor, SLOW_3G, ("performance",)))
    return [Row("Lighthouse LCP, slow 3G", "ms", _lcp(ours), 3000, 3500, _lcp(least))]


def others(address: str) -> list[Row]:
    """Return a row for each other page of a citizen: the lowest of its scores but performance."""
    rows = []
    for name, path in OTHERS.items():
        say(f"Lighthouse, {name} ...")
        report = look(address + path, scores=SCORES[1:])
        _told(name, [report])
        what = f"Lighthouse {name}, lowest of three"
        rows.append(Row(what, "", min(report.scores.values()), 100, 100, more=True))
    return rows
