"""Handwriting and pinyin measured on data that others made: `python -m tests.bench_input` (docs/input.md)."""
