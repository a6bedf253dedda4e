"""A printer made of software, for tests, demonstrations and developers without hardware.

It understands what it is sent like a printer does, moves paper, runs out of it, and misbehaves when told.
"""

from printers.virtual.engine import Faults, VirtualPrinter
from printers.virtual.paper import Paper

__all__ = ["Faults", "Paper", "VirtualPrinter"]
