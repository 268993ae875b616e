"""Who is behind events: devices, the anonymous ids they carry, and the account that is signed in."""

from dataclasses import dataclass

import numpy as np

from orchestration.demo.calendar import START, second_of
from orchestration.demo.lives import Lives
from orchestration.demo.segment.devices import APP_SLOT, Devices
from orchestration.demo.shop.accounts import Accounts


@dataclass(kw_only=True)
class Presence:
    """Rows that events point to; moments in seconds since 1970, END for never."""

    devices: Devices
    device: np.ndarray  # row in devices
    visitor: np.ndarray  # row in visitor_numbers
    visitor_numbers: np.ndarray  # what anonymous ids are made of, each once
    in_app: np.ndarray
    account: np.ndarray  # row of the account that is or gets signed in, -1 without
    signed_in_at: np.ndarray  # from when on events carry the account
    source: np.ndarray  # row in the traffic's sources, for pages that begin a visit


def with_the_app(block: int, devices: Devices, accounts: Accounts, lives: Lives) -> Presence:
    """Everybody's app, one row per person, reached without a visit."""
    person = np.arange(len(lives.uses_app))
    device = devices.of(person, np.full(len(person), APP_SLOT))
    account = accounts.first_row
    return Presence(
        devices=devices,
        device=device,
        visitor=person,
        visitor_numbers=devices.visitor_number(block, device, np.full(len(person), second_of(START))),
        in_app=np.ones(len(person), bool),
        account=account,
        signed_in_at=np.append(accounts.created, 0)[account],
        source=np.zeros(len(person), np.int64),
    )
