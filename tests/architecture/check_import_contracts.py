"""A program: prints the import-linter contracts that the tree in the working directory breaks, as a JSON list.

A process of its own, since import-linter finds packages through the interpreter's path.
"""

import json
import sys

sys.path.insert(0, "")

from importlinter import configuration
from importlinter.application import use_cases

configuration.configure()


def main() -> None:
    options = use_cases.read_user_options("pyproject.toml")
    use_cases._register_contract_types(options)
    report = use_cases.create_report(options, cache_dir=None)
    broken = [contract.name for contract, check in report.get_contracts_and_checks() if not check.kept]
    sys.stdout.write("\n" + json.dumps(broken))


main()
