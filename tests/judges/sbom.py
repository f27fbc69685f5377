"""Prints the bill of materials of recto: python3 tests/judges/sbom.py > recto.cdx.json

The crates that a release contains, their licences, checksums and dependencies, in the JSON form
of CycloneDX 1.6. Dependencies of the tests are left out. The same sources give the same bytes, so
there is neither a date nor a serial number.
"""

import json
import re
import tomllib

from licences import ROOT, crate_metadata, shipped


def bill(metadata: dict, checksums: dict[tuple[str, str], str]) -> dict:
    nodes = {node["id"]: node for node in metadata["resolve"]["nodes"]}
    packages = {package["id"]: package for package in metadata["packages"]}
    root = packages[metadata["resolve"]["root"]]
    crates = shipped(metadata)
    in_release = {crate["id"] for crate in crates}

    def depends_on(package: dict) -> list[str]:
        needed = (
            dependency["pkg"]
            for dependency in nodes[package["id"]]["deps"]
            if dependency["pkg"] in in_release and {kind["kind"] for kind in dependency["dep_kinds"]} - {"dev"}
        )
        return sorted(reference(packages[identifier]) for identifier in needed)

    return {
        "$schema": "http://cyclonedx.org/schema/bom-1.6.schema.json",
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "version": 1,
        "metadata": {"component": component(root, "application", checksums)},
        "components": [component(crate, "library", checksums) for crate in crates],
        "dependencies": [{"ref": reference(crate), "dependsOn": depends_on(crate)} for crate in [root, *crates]],
    }


def component(package: dict, kind: str, checksums: dict[tuple[str, str], str]) -> dict:
    name, version = package["name"], package["version"]
    described = {
        "type": kind,
        "bom-ref": reference(package),
        "name": name,
        "version": version,
        "purl": reference(package),
        "scope": "required",
    }
    if package["description"]:
        described["description"] = " ".join(package["description"].split())
    if (checksum := checksums.get((name, version))) is not None:
        described["hashes"] = [{"alg": "SHA-256", "content": checksum}]
    if package["license"]:
        # `A/B` is an old form of `A OR B`.
        expression = re.sub(r"\s*/\s*", " OR ", package["license"])
        described["licenses"] = [{"expression": expression}]
    if package["repository"]:
        described["externalReferences"] = [{"type": "vcs", "url": package["repository"]}]
    return described


def reference(package: dict) -> str:
    """The package URL, https://github.com/package-url/purl-spec."""
    return f"pkg:cargo/{package['name']}@{package['version'].replace('+', '%2B')}"


def locked_checksums() -> dict[tuple[str, str], str]:
    lock = tomllib.loads((ROOT / "Cargo.lock").read_text())
    return {(crate["name"], crate["version"]): crate["checksum"] for crate in lock["package"] if "checksum" in crate}


if __name__ == "__main__":
    print(json.dumps(bill(crate_metadata(), locked_checksums()), indent=2, ensure_ascii=False))
