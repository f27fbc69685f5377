"""Checks licences, bans and sources of all crates: python3 tests/judges/licences.py

The rules are those of deny.toml, the configuration of cargo-deny, which is not required.
Dependencies of the tests are not checked.
"""

import json
import re
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def allowed(expression: str, licences: set[str]) -> bool:
    """Whether an SPDX expression can be met with these licences.

    `A/B`, an old form of `A OR B`, is understood.
    """
    tokens = re.findall(r"\(|\)|[^\s()]+", expression.replace("/", " OR "))
    position = 0

    def peek() -> str | None:
        return tokens[position] if position < len(tokens) else None

    def take() -> str:
        nonlocal position
        token = peek()
        if token is None:
            raise ValueError(f"incomplete licence expression {expression!r}")
        position += 1
        return token

    def either() -> bool:
        met = both()
        while peek() == "OR":
            take()
            met = both() or met
        return met

    def both() -> bool:
        met = one()
        while peek() == "AND":
            take()
            met = one() and met
        return met

    def one() -> bool:
        token = take()
        if token == "(":
            met = either()
            if take() != ")":
                raise ValueError(f"unbalanced parentheses in {expression!r}")
            return met
        if token in {"AND", "OR", "WITH", ")"}:
            raise ValueError(f"misplaced {token} in {expression!r}")
        if peek() == "WITH":
            take()
            token = f"{token} WITH {take()}"
        return token in licences

    met = either()
    if peek() is not None:
        raise ValueError(f"unexpected {peek()} in {expression!r}")
    return met


def shipped(metadata: dict) -> list[dict]:
    """The packages that the root depends on, without those that only its tests need."""
    nodes = {node["id"]: node for node in metadata["resolve"]["nodes"]}
    root = metadata["resolve"]["root"]
    reached, waiting = {root}, [root]
    while waiting:
        for dependency in nodes[waiting.pop()]["deps"]:
            kinds = {kind["kind"] for kind in dependency["dep_kinds"]}
            if kinds - {"dev"} and dependency["pkg"] not in reached:
                reached.add(dependency["pkg"])
                waiting.append(dependency["pkg"])
    packages = (package for package in metadata["packages"] if package["id"] in reached - {root})
    return sorted(packages, key=lambda package: (package["name"], package["version"]))


def licence_problems(packages: list[dict], rules: dict) -> Iterator[str]:
    everywhere = set(rules.get("allow", []))
    exceptions = {rule.get("crate", rule.get("name")): set(rule["allow"]) for rule in rules.get("exceptions", [])}
    for package in packages:
        name = f"{package['name']} {package['version']}"
        expression = package["license"]
        if not expression:
            yield f"{name} has no licence expression"
            continue
        try:
            if not allowed(expression, everywhere | exceptions.get(package["name"], set())):
                yield f"{name} is under {expression}, which deny.toml does not allow"
        except ValueError as error:
            yield f"{name}: {error}"


def ban_problems(packages: list[dict], rules: dict) -> Iterator[str]:
    banned = {rule if isinstance(rule, str) else rule.get("crate", rule.get("name")) for rule in rules.get("deny", [])}
    yield from (f"{package['name']} is banned by deny.toml" for package in packages if package["name"] in banned)


def duplicates(packages: list[dict], rules: dict) -> Iterator[str]:
    """Crates with several versions."""
    skipped = {rule if isinstance(rule, str) else rule.get("crate", rule.get("name")) for rule in rules.get("skip", [])}
    versions: dict[str, list[str]] = {}
    for package in packages:
        versions.setdefault(package["name"], []).append(package["version"])
    for name, several in versions.items():
        if len(several) > 1 and name not in skipped:
            yield f"{name} has several versions: {', '.join(several)}"


def source_problems(packages: list[dict], rules: dict) -> Iterator[str]:
    """Crates that do not come from the registry."""
    for package in packages:
        source = package["source"]
        if source is None:
            yield f"{package['name']} comes from a path"
        elif not source.startswith("registry+") and rules.get("unknown-git", "deny") == "deny":
            yield f"{package['name']} comes from {source}"


def crate_metadata() -> dict:
    command = ["cargo", "metadata", "--locked", "--format-version", "1"]
    return json.loads(subprocess.run(command, cwd=ROOT, check=True, capture_output=True).stdout)


def main() -> int:
    rules = tomllib.loads((ROOT / "deny.toml").read_text())
    packages = shipped(crate_metadata())
    bans = rules.get("bans", {})
    several = list(duplicates(packages, bans))
    denied = several if bans.get("multiple-versions") == "deny" else []
    problems = [
        *licence_problems(packages, rules.get("licenses", {})),
        *ban_problems(packages, bans),
        *source_problems(packages, rules.get("sources", {})),
        *denied,
    ]
    for warning in several if bans.get("multiple-versions", "warn") == "warn" else []:
        print(f"note: {warning}")
    for problem in problems:
        print(f"error: {problem}")
    print(f"{len(packages)} crates, {len(problems)} problems")
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
