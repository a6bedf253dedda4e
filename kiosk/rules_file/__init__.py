"""`kiosk-desk rules run`: a table of worked examples, computed again by this machine's own rules and tables.

A province checks its settings this way: it writes the sums it expects into a table of a known shape and sees where the
machine differs. Nothing here decides law; `kiosk.law` does.
"""
