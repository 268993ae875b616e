"""Puts the retailer together: the company first, then its people block by block, in flat memory."""

import shutil
from pathlib import Path

import numpy as np
import pyarrow as pa

from orchestration.demo.calendar import AS_OF
from orchestration.demo.carrier import Parcels, draw_parcels
from orchestration.demo.catalogue import Catalogue, draw_catalogue
from orchestration.demo.columns import number, pick
from orchestration.demo.consents import Consents, draw_consents
from orchestration.demo.crm import draw_contacts, write_contacts, write_lists
from orchestration.demo.effects import Effects
from orchestration.demo.finance import draw_rates, write_rates
from orchestration.demo.identifiers import MOST_PEOPLE
from orchestration.demo.lives import CHANNELS, Lives, draw_lives
from orchestration.demo.loyalty.members import draw_members
from orchestration.demo.marketing import Marketing
from orchestration.demo.markets import of_markets
from orchestration.demo.mess import Mess
from orchestration.demo.operations import Operations
from orchestration.demo.people import People, draw_people
from orchestration.demo.purchases import Purchases, draw_purchases, first_of_all
from orchestration.demo.segment.traffic import Traffic
from orchestration.demo.segment.write import write_events
from orchestration.demo.shop.accounts import Accounts, draw_accounts, write_accounts
from orchestration.demo.shop.checkout import line_rows, order_rows, write_checkout
from orchestration.demo.shop.gift_cards import draw_payments
from orchestration.demo.shop.orders import FROM_SUBSCRIPTION, Orders, draw_orders
from orchestration.demo.shop.payments import write_abandoned, write_fulfillments, write_transactions
from orchestration.demo.shop.products import PRODUCT_KEY, write_products
from orchestration.demo.shop.refunds import Refunds, draw_refunds, write_refunds
from orchestration.demo.stock import draw_stock_outs, write_stock_truth
from orchestration.demo.streams import stream
from orchestration.demo.subscriptions.draw import draw_subscriptions
from orchestration.demo.till_files import TillFiles, write_stores
from orchestration.demo.tills import Receipts, draw_receipts
from orchestration.demo.truth import Truth, per_person
from orchestration.demo.writing import Raw

BLOCK = 50_000  # people at a time


class Retailer:
    """One seed's company while it is being written into a folder."""

    def __init__(self, out: Path, customers: int, seed: int, effects: Effects) -> None:
        if not 1 <= customers <= MOST_PEOPLE:
            raise ValueError(f"customers must be between 1 and {MOST_PEOPLE:,}, not {customers}")
        _make_room(out)
        self.out = out
        self.customers, self.seed, self.effects = customers, seed, effects
        self.raw = Raw(out / "raw")
        self.truth = Truth(out / "truth", effects)
        self.catalogue: Catalogue = draw_catalogue(seed)
        self.stock_outs = draw_stock_outs(seed, self.catalogue, effects)
        self.traffic = Traffic(seed)
        self.till_files = TillFiles(self.raw)
        self.operations = Operations(self.raw, self._mess, seed, self.catalogue, effects)
        self.marketing = Marketing(self.raw, out / "truth", seed, effects, self._mess)

    def write(self) -> None:
        """Write everything, and the truth last."""
        company = self._mess("company", 0)
        write_products(self.raw, company, self.catalogue, self.stock_outs)
        write_stock_truth(self.out / "truth", self.catalogue, self.stock_outs)
        write_stores(self.raw)
        self.operations.write_company()
        write_lists(self.raw, company)
        rates = draw_rates(self.seed)
        write_rates(self.raw, company, rates)
        for block, first in enumerate(range(0, self.customers, BLOCK)):
            self._write_block(block, first, min(BLOCK, self.customers - first))
        self.till_files.write_recent(self._mess("recent", 0))
        self.marketing.close(rates)
        self.truth.close(self.seed, self.customers, self.raw)
        (self.out / "vars.yml").write_text(
            f"as_of_date: {AS_OF}     # the last day of this retailer's history\n"
        )

    def _write_block(self, block: int, first: int, count: int) -> None:
        effects = self.effects
        people = draw_people(self.seed, block, first, count, effects)
        lives = draw_lives(stream(self.seed, "lives", block), people, self.catalogue, effects)
        consents = draw_consents(stream(self.seed, "consents", block), lives, effects)
        web, tills = draw_purchases(stream(self.seed, "purchases", block), people, lives, effects)
        accounts = draw_accounts(stream(self.seed, "accounts", block), block, people, web, effects)
        begins_with = [
            np.where(is_first, lives.first_product[channel.person], -1)
            for channel, is_first in zip((web, tills), first_of_all(people, web, tills), strict=True)
        ]
        subscriptions = draw_subscriptions(
            stream(self.seed, "subscriptions", block),
            people,
            lives.subscriber,
            web,
            accounts,
            self.catalogue,
            effects,
        )
        orders = draw_orders(
            stream(self.seed, "orders", block),
            block,
            people,
            lives,
            web,
            begins_with[0],
            subscriptions,
            accounts,
            self.catalogue,
            self.stock_outs,
            effects,
        )
        refunds = draw_refunds(stream(self.seed, "refunds", block), block, orders, effects)
        receipts = draw_receipts(
            stream(self.seed, "tills", block), block, people, tills, begins_with[1], self.catalogue, effects
        )

        members = draw_members(stream(self.seed, "members", block), block, people, lives, receipts)
        parcels = draw_parcels(stream(self.seed, "parcels", block), orders, effects)
        by_gift_card = draw_payments(stream(self.seed, "gift cards", block), orders, refunds, effects)
        abandoned = self._write_shop(
            block, people, consents, accounts, orders, refunds, parcels, by_gift_card
        )
        self.operations.write_block(
            block, people, members, accounts, subscriptions, orders, refunds, receipts, parcels
        )
        self.till_files.write_history(self._mess("pos", block), block, receipts, self.catalogue)
        on_record = people.member.copy()
        for person in (accounts.person, orders.person, receipts.person[receipts.identification.known]):
            on_record[person] = True
        contacts = draw_contacts(stream(self.seed, "crm", block), block, people, effects, ~on_record)
        write_contacts(self.raw, self._mess("crm", block), block, people, contacts, effects)
        self.marketing.write_block(
            block, people, lives, consents, members, accounts, orders, receipts, abandoned
        )
        write_events(
            self.raw,
            self._mess("events", block),
            stream(self.seed, "events", block),
            block,
            people,
            lives,
            accounts,
            orders,
            abandoned,
            self.catalogue,
            self.traffic,
            effects,
        )
        self._write_truth(people, lives, orders, refunds, receipts)

    def _write_shop(
        self,
        block: int,
        people: People,
        consents: Consents,
        accounts: Accounts,
        orders: Orders,
        refunds: Refunds,
        parcels: Parcels,
        by_gift_card: np.ndarray,
    ) -> Purchases:
        mess, rng = self._mess("shop", block), stream(self.seed, "shop files", block)
        paid_back = refunds.paid_back_of_orders(orders)
        changed = np.zeros(len(orders), np.int64)
        np.maximum.at(changed, refunds.order, refunds.at)
        signed_in = orders.account >= 0
        bought = [
            np.bincount(orders.account[signed_in], weights=w, minlength=len(accounts.ids)).astype(np.int64)
            for w in (None, (orders.total - paid_back)[signed_in])
        ]
        write_accounts(self.raw, mess, rng, block, people, accounts, consents, *bought)
        order = order_rows(rng, people, accounts, consents, orders, paid_back, changed, self.effects)
        write_checkout(self.raw, mess, block, orders, order, line_rows(self.catalogue, orders))
        write_refunds(self.raw, mess, rng, block, orders, refunds)
        write_transactions(self.raw, mess, block, orders, refunds, by_gift_card)
        write_fulfillments(self.raw, block, orders, parcels)
        return write_abandoned(self.raw, rng, block, people, accounts, orders)

    def _write_truth(
        self, people: People, lives: Lives, orders: Orders, refunds: Refunds, receipts: Receipts
    ) -> None:
        guests = orders.guest
        self.truth.records(
            "shopify.order", number(orders.ids[guests]), people.ids.take(pa.array(orders.person[guests]))
        )
        known = receipts.identification.known
        self.truth.records(
            "pos.receipt",
            receipts.ids.filter(pa.array(known)),
            people.ids.take(pa.array(receipts.person[known])),
        )

        currency = of_markets("currency")
        real = orders.counts
        web = {
            "gross": orders.value + np.where(orders.tax_included, 0, orders.tax),
            "discount": orders.discount,
            "tax": orders.tax,
            "refund": refunds.goods_without_tax(orders),
            "gift_card": orders.gift_cards,
        }
        self.truth.money(
            "shopify",
            currency[orders.market[real]],
            orders=np.ones(real.sum(), np.int64),
            **{k: v[real] for k, v in web.items()},
        )
        lines, rows, sold = receipts.lines, len(receipts), ~receipts.is_return
        gross, discount, tax = (lines.sums(a, rows) for a in (lines.value, lines.discount, lines.tax))
        net = gross - discount - tax
        till = {"gross": gross * sold, "discount": discount * sold, "tax": tax * sold, "refund": -net * ~sold}
        self.truth.money("pos", currency[receipts.market], orders=sold.astype(np.int64), **till)

        web_net = web["gross"] - web["discount"] - web["tax"] - web["refund"]
        sale, nameless = receipts.person[sold], receipts.person[sold & ~known]
        renewals = orders.person[real & (orders.source == FROM_SUBSCRIPTION)]
        self.truth.people(
            people,
            acquisition=pick(CHANNELS, lives.acquisition),
            first_product=number(PRODUCT_KEY + lives.first_product),
            subscription_orders=per_person(people, renewals),
            web_orders=per_person(people, orders.person[real]),
            web_net=per_person(people, orders.person[real], web_net[real]),
            till_orders=per_person(people, sale),
            till_net=per_person(people, receipts.person, net),
            anonymous_till_orders=per_person(people, nameless),
            anonymous_till_net=per_person(people, receipts.person[~known], net[~known]),
        )

    def _mess(self, topic: str, block: int) -> Mess:
        effects = self.effects
        return Mess(
            self.truth,
            stream(self.seed, f"mess of {topic}", block),
            effects.duplicate_share,
            effects.older_version_share,
            effects.late_share,
            self.customers,
        )


def _make_room(out: Path) -> None:
    """Clear an earlier demo out of the folder; refuse to touch files that no demo wrote."""
    raw, truth = out / "raw", out / "truth"
    if raw.exists() and any(raw.iterdir()) and not (truth / "effects.json").exists():
        raise FileExistsError(f"{raw} holds files that are not a demo's; choose another folder")
    for folder in (raw, truth):
        shutil.rmtree(folder, ignore_errors=True)
