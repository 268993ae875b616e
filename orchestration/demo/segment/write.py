"""Puts a block's web and app events together: devices and visits first, then every table."""

import numpy as np
import pyarrow as pa

from orchestration.demo.catalogue import Catalogue
from orchestration.demo.effects import Effects
from orchestration.demo.experiments import EXPERIMENTS, Exposures, draw_exposures
from orchestration.demo.lives import Lives
from orchestration.demo.mess import Mess
from orchestration.demo.people import People
from orchestration.demo.purchases import Purchases
from orchestration.demo.segment.columns import CommonColumns
from orchestration.demo.segment.devices import anonymous_ids
from orchestration.demo.segment.events import Behaviour, push_events
from orchestration.demo.segment.files import EventFiles
from orchestration.demo.segment.occasions import STRANGER
from orchestration.demo.segment.presence import with_the_app
from orchestration.demo.segment.pushes import draw_pushes
from orchestration.demo.segment.site import build_site
from orchestration.demo.segment.tables import OwnColumns
from orchestration.demo.segment.traffic import Traffic
from orchestration.demo.segment.visits import Visits, draw_visits
from orchestration.demo.shop.accounts import Accounts
from orchestration.demo.shop.orders import FROM_SUBSCRIPTION, Orders
from orchestration.demo.truth import Truth
from orchestration.demo.writing import Raw

TABLE = "segment.device"


def write_events(
    raw: Raw,
    mess: Mess,
    rng: np.random.Generator,
    block: int,
    people: People,
    lives: Lives,
    accounts: Accounts,
    orders: Orders,
    abandoned: Purchases,
    catalogue: Catalogue,
    traffic: Traffic,
    effects: Effects,
) -> None:
    """Write all events of one block, and the devices that somebody signed in on into the truth."""
    site = build_site(catalogue)
    pushes = draw_pushes(rng, lives, effects)
    visits = draw_visits(
        rng, block, people, lives, accounts, orders, abandoned, pushes, site, traffic, effects
    )
    behaviour = Behaviour(rng, visits, orders, catalogue, site, effects)
    own = OwnColumns(rng, block, people, accounts, orders, catalogue, site, visits)
    files = EventFiles(raw, mess, block, own)
    common = CommonColumns(visits, accounts, site, traffic)
    for table, events in behaviour.draw(_exposures(rng, visits, orders, effects)):
        files.write(table, events, common)
    apps = with_the_app(block, visits.devices, accounts, lives)
    common = CommonColumns(apps, accounts, site, traffic)
    for table, events in push_events(pushes):
        files.write(table, events, common)
    _book_devices(mess.truth, people, visits)


def _exposures(rng: np.random.Generator, visits: Visits, orders: Orders, effects: Effects) -> Exposures:
    """Show the tests on the web; a person sees the same variation on all devices."""
    every = np.arange(len(visits))
    on_web = ~visits.in_app & ~visits.is_robot
    has_basket = on_web & (visits.adds | (visits.order >= 0))
    real = (orders.source != FROM_SUBSCRIPTION) & ~orders.test
    return draw_exposures(
        rng,
        unit=np.where(visits.person == STRANGER, len(visits.devices.owner) + visits.device, visits.person),
        shown_at=[visits.at(every, 0.78) if test.at_checkout else visits.start + 1 for test in EXPERIMENTS],
        may_see=[has_basket if test.at_checkout else on_web for test in EXPERIMENTS],
        buyer=orders.person[real],
        ordered_at=orders.at[real],
        effects=effects,
    )


def _book_devices(truth: Truth, people: People, visits: Visits) -> None:
    """A device belongs to whoever signed in or left an address on it; one that two share belongs to nobody."""
    told = visits.identifies & ~visits.devices.is_shared[visits.device]
    visitor, row = np.unique(visits.visitor[told], return_index=True)
    person = visits.person[told][row]
    truth.records(TABLE, anonymous_ids(visits.visitor_numbers[visitor]), people.ids.take(pa.array(person)))
