"""The law and the arithmetic of a filing, as pure functions over frozen tables.

Nothing here reads a clock or a disk except `tables.read_tables`, which reads the shipped tables once. A rule
answers `Normalised` or `Wrong` (`verdict`), a value, or None when the tables do not know: it never blocks a
person on its own.
"""
