"""Counterclaim: who said what, what happened where, what each side counts, who holds which town on which day."""

__version__ = "0.1.0"
