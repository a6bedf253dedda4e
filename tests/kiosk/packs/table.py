"""Every pack's table in one."""

from __future__ import annotations

from tests.kiosk.packs import fields, fields_contracts

PACKS: dict[str, fields.Pack] = fields.PACKS | fields_contracts.CONTRACTS
