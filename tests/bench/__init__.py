"""Ratios measured in one run: `make bench`. Never a timed test; a slow machine is slow with the baseline too."""
