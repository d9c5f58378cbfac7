"""What rows are refused for, beyond what their commands refuse."""

from chassis.kernel.errors import Refusal


class FormulaInCell(Refusal):
    """The cell computes its value, or failed to. Facts: none; the problem shows the formula, or the error."""


class NamedTwice(Refusal):
    """An earlier row of the file names the same, with other values. Facts: `row`."""


class RowsDisagree(Refusal):
    """An earlier row of the same agreement says something else of it. Facts: `row`."""


class Differs(Refusal):
    """What is stored says something else, and no command changes it. Facts: `columns`."""
