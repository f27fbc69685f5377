"""The check of licences finds each kind of problem."""

import unittest

from licences import allowed, ban_problems, duplicates, licence_problems, shipped, source_problems


def package(name: str, **fields: str | None) -> dict:
    return {"id": name, "name": name, "version": "1.0.0", "license": "MIT", "source": "registry+here"} | fields


class Expressions(unittest.TestCase):
    def test_one_of_several_is_enough(self) -> None:
        for expression in ["MIT", "GPL-3.0 OR MIT", "MIT/GPL-3.0", "(GPL-3.0 OR MIT) AND Zlib"]:
            self.assertTrue(allowed(expression, {"MIT", "Zlib"}), expression)

    def test_all_of_several_are_needed(self) -> None:
        for expression in ["GPL-3.0", "MIT AND GPL-3.0", "MIT OR GPL-3.0 AND Zlib"]:
            self.assertFalse(allowed(expression, {"Zlib"}), expression)

    def test_and_binds_before_or(self) -> None:
        self.assertTrue(allowed("MIT OR GPL-3.0 AND AGPL-3.0", {"MIT"}))
        self.assertFalse(allowed("(MIT OR GPL-3.0) AND AGPL-3.0", {"MIT"}))

    def test_an_exception_is_part_of_its_licence(self) -> None:
        expression = "Apache-2.0 WITH LLVM-exception"
        self.assertTrue(allowed(expression, {expression}))
        self.assertFalse(allowed(expression, {"Apache-2.0"}))

    def test_an_invalid_expression_is_an_error(self) -> None:
        for expression in ["", "MIT OR", "(MIT", "MIT Zlib", "AND MIT"]:
            with self.assertRaises(ValueError):
                allowed(expression, {"MIT", "Zlib"})


class Packages(unittest.TestCase):
    def test_a_licence_is_allowed_everywhere_or_for_one_crate(self) -> None:
        rules = {"allow": ["MIT"], "exceptions": [{"crate": "fonts", "allow": ["OFL-1.1"]}]}
        packages = [package("a"), package("fonts", license="OFL-1.1"), package("b", license="OFL-1.1")]
        self.assertEqual(
            list(licence_problems(packages, rules)), ["b 1.0.0 is under OFL-1.1, which deny.toml does not allow"]
        )
        self.assertEqual(len(list(licence_problems([package("a", license=None)], rules))), 1)

    def test_bans_duplicates_and_sources_are_found(self) -> None:
        packages = [package("a"), package("a", version="2.0.0"), package("openssl-sys", source="git+elsewhere")]
        self.assertEqual(len(list(ban_problems(packages, {"deny": [{"crate": "openssl-sys"}]}))), 1)
        self.assertEqual(len(list(duplicates(packages, {}))), 1)
        self.assertEqual(len(list(duplicates(packages, {"skip": ["a"]}))), 0)
        self.assertEqual(len(list(source_problems(packages, {}))), 1)

    def test_dev_dependencies_are_left_out(self) -> None:
        def dependency(name: str, kind: str | None) -> dict:
            return {"pkg": name, "dep_kinds": [{"kind": kind}]}

        nodes = [
            {"id": "root", "deps": [dependency("a", None), dependency("t", "dev"), dependency("b", "build")]},
            {"id": "a", "deps": [dependency("c", None)]},
            *({"id": name, "deps": []} for name in "btc"),
        ]
        metadata = {
            "resolve": {"root": "root", "nodes": nodes},
            "packages": [package(name) for name in ["root", "a", "b", "c", "t"]],
        }
        self.assertEqual([found["name"] for found in shipped(metadata)], ["a", "b", "c"])


if __name__ == "__main__":
    unittest.main()
