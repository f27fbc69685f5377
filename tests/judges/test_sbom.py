import json
import subprocess
import sys
import unittest
from pathlib import Path

from cyclonedx.schema import SchemaVersion
from cyclonedx.validation.json import JsonStrictValidator

HERE = Path(__file__).parent


class BillOfMaterials(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        command = [sys.executable, HERE / "sbom.py"]
        cls.text = subprocess.run(command, check=True, capture_output=True, text=True).stdout
        cls.bill = json.loads(cls.text)

    def test_meets_the_schema(self):
        error = JsonStrictValidator(SchemaVersion.V1_6).validate_str(self.text)
        self.assertIsNone(error and error.data.message)

    def test_has_the_crates_of_a_release_with_their_checksums(self):
        crates = {crate["name"]: crate for crate in self.bill["components"]}
        self.assertIn("pdf-writer", crates)
        self.assertNotIn("insta", crates)
        without = [name for name, crate in crates.items() if not crate.get("hashes") or not crate.get("licenses")]
        self.assertEqual(without, [])

    def test_names_only_dependencies_that_it_lists(self):
        listed = {crate["bom-ref"] for crate in [self.bill["metadata"]["component"], *self.bill["components"]]}
        self.assertEqual({entry["ref"] for entry in self.bill["dependencies"]}, listed)
        named = {name for entry in self.bill["dependencies"] for name in entry["dependsOn"]}
        self.assertEqual(named - listed, set())


if __name__ == "__main__":
    unittest.main()
