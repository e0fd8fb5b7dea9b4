"""What the tests of the Python package share: the company's ruleset, a case, and the project's folder."""

import copy
import datetime as dt
import pathlib
import zoneinfo

import pytest

import praxe

ROOT = pathlib.Path(__file__).resolve().parents[2]
SAO_PAULO = zoneinfo.ZoneInfo("America/Sao_Paulo")

CASE = {
    "at": dt.datetime(2024, 5, 2, 10, tzinfo=SAO_PAULO),
    "client": {
        "status": "active",
        "appointments": [
            {
                "id": "a1",
                "kind": "sale_contact",
                "product": "radar",
                "owner": "ana",
                "created_at": dt.datetime(2024, 4, 29, 15, tzinfo=SAO_PAULO),
                "quote_sent": True,
            }
        ],
    },
    "request": {"product": "radar", "handler": "caio"},
    "staff": [
        {"id": "ana", "team": "sales", "role": "seller", "status": "available"},
        {"id": "caio", "team": "support", "role": "attendant", "status": "available"},
    ],
}


@pytest.fixture(scope="session")
def ruleset():
    return praxe.load(ROOT / "rules" / "company.yaml")


@pytest.fixture
def case():
    """The reservation a1 of ana holds until the end of 2 May."""
    return copy.deepcopy(CASE)
