"""Sealing: what leaves the visit is locked to the court's key, and nobody at the kiosk can open it again.

The core's only use of `cryptography`. These are the algorithms, not a certified module.
"""
