"""Many cases at once: a spreadsheet of them becomes filings, one a row, each right or named as wrong."""
