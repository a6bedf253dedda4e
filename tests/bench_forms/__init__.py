"""The form engine beside other engines, measured in one run: `python -m tests.bench_forms`."""
