"""Guidance 智能导诉: from everyday words to the cause, the form, and what stands before a suit. Pure and offline.

It never says who is right. What it tells has its law and its certainty beside it in `resources/guidance`.
"""
