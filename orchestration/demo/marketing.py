"""Everything that marketing does and learns, put together: e-mails, consents, advertising, referrals, networks."""

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pyarrow as pa

from orchestration.demo.ad_spend import Acquired, draw_spend, write_spend_truth
from orchestration.demo.calendar import END
from orchestration.demo.campaigns import draw_email_campaigns
from orchestration.demo.columns import number
from orchestration.demo.consents import Consents, write_consents, write_erasures
from orchestration.demo.effects import Effects
from orchestration.demo.finance import Rates
from orchestration.demo.holdouts import Holdouts
from orchestration.demo.klaviyo.company import write_company
from orchestration.demo.klaviyo.engagement import draw_events
from orchestration.demo.klaviyo.events import write_events
from orchestration.demo.klaviyo.profiles import draw_profiles, write_profiles
from orchestration.demo.klaviyo.sends import Occasions, draw_sends
from orchestration.demo.lives import Lives
from orchestration.demo.loyalty.members import Members
from orchestration.demo.mess import Mess
from orchestration.demo.people import People
from orchestration.demo.platforms.exports import write_exports
from orchestration.demo.platforms.facebook import write_facebook
from orchestration.demo.platforms.google import write_google
from orchestration.demo.purchases import Purchases
from orchestration.demo.referrals import FirstOrders, write_referrals
from orchestration.demo.shop.accounts import Accounts
from orchestration.demo.shop.orders import Orders
from orchestration.demo.social import write_interactions
from orchestration.demo.streams import stream
from orchestration.demo.tills import Receipts
from orchestration.demo.writing import Raw


class Marketing:
    """The marketing of one seed's company; `mess_of` makes the trouble of a topic and block."""

    def __init__(
        self, raw: Raw, truth: Path, seed: int, effects: Effects, mess_of: Callable[[str, int], Mess]
    ) -> None:
        self.raw, self.truth, self.seed, self.effects, self.mess_of = raw, truth, seed, effects, mess_of
        self.campaigns = draw_email_campaigns(seed)
        self.holdouts = Holdouts(truth)
        self.acquired = Acquired()

    def write_block(
        self,
        block: int,
        people: People,
        lives: Lives,
        consents: Consents,
        members: Members,
        accounts: Accounts,
        orders: Orders,
        receipts: Receipts,
        abandoned: Purchases,
    ) -> None:
        """Write what concerns the people of a block; `abandoned` are the baskets left at the checkout."""
        bought, first_orders = _purchases(len(people), orders, receipts)
        self.acquired.add(lives, bought)
        mess = self.mess_of("consents", block)
        rng = self._stream("consent files", block)
        write_consents(self.raw, mess, rng, block, people, lives, consents)
        write_erasures(self.raw, mess, rng, block, people, self.effects)
        occasions = Occasions(bought, Purchases(orders.person, orders.at), abandoned)
        self._write_emails(block, people, accounts, orders, consents, occasions)
        rng, mess = self._stream("referrals", block), self.mess_of("referrals", block)
        write_referrals(self.raw, mess, rng, block, people, lives, members, first_orders, self.effects)
        rng, mess = self._stream("networks", block), self.mess_of("networks", block)
        write_interactions(self.raw, mess, rng, block, people, lives, self.effects)

    def close(self, rates: Rates) -> None:
        """Write what exists once, when all customers are known."""
        mess = self.mess_of("marketing", 0)
        write_company(self.raw, mess, self.campaigns)
        spend = draw_spend(self._stream("spend", 0), self.acquired, rates, self.effects)
        for write in (write_google, write_facebook, write_exports):
            write(self.raw, mess, spend)
        write_spend_truth(self.truth, self.acquired, spend)
        self.holdouts.close()

    def _write_emails(
        self,
        block: int,
        people: People,
        accounts: Accounts,
        orders: Orders,
        consents: Consents,
        occasions: Occasions,
    ) -> None:
        rng, mess = self._stream("e-mails", block), self.mess_of("e-mails", block)
        opened = np.full(len(people), END)
        np.minimum.at(opened, accounts.person, accounts.created)
        profiles = draw_profiles(rng, block, people, opened, consents)
        sends = draw_sends(
            rng, people, profiles, consents, self.campaigns, occasions, self.effects, self.holdouts
        )
        events = draw_events(rng, profiles, consents, sends, occasions.web_orders, self.effects)
        write_profiles(self.raw, mess, rng, block, people, profiles, consents, events.last_by(profiles))
        write_events(self.raw, mess, rng, block, self.campaigns, profiles, events, orders)

    def _stream(self, topic: str, block: int) -> np.random.Generator:
        return stream(self.seed, topic, block)


def _purchases(people: int, orders: Orders, receipts: Receipts) -> tuple[Purchases, FirstOrders]:
    """All that counts, web and tills, in order of time, and everybody's first of it."""
    web, till = np.flatnonzero(orders.counts), np.flatnonzero(~receipts.is_return)
    at = np.concatenate([orders.at[web], receipts.at[till]])
    in_time = np.argsort(at, kind="stable")
    person = np.concatenate([orders.person[web], receipts.person[till]])[in_time]
    buyer, first = np.unique(person, return_index=True)
    first_at, row = np.full(people, END), np.full(people, -1)
    first_at[buyer] = at[in_time[first]]
    row[buyer] = in_time[first]
    references = pa.concat_arrays([number(orders.ids[web]), receipts.ids.take(pa.array(till))])
    return Purchases(person, at[in_time]), FirstOrders(first_at, references.take(pa.array(row, mask=row < 0)))
