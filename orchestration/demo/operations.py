"""What happens around the purchases: parcels, subscriptions, points and vouchers, questions and opinions."""

from collections.abc import Callable

from orchestration.demo.carrier import Parcels, write_shipments
from orchestration.demo.catalogue import Catalogue
from orchestration.demo.effects import Effects
from orchestration.demo.feedback import write_responses, write_reviews
from orchestration.demo.helpdesk.files import write_tickets
from orchestration.demo.helpdesk.tickets import draw_tickets
from orchestration.demo.helpdesk.users import write_agents, write_users
from orchestration.demo.loyalty.ledger_files import write_ledger
from orchestration.demo.loyalty.members import Members, write_members
from orchestration.demo.loyalty.points import draw_ledger
from orchestration.demo.loyalty.purchases import purchases_of
from orchestration.demo.loyalty.vouchers import draw_vouchers, write_vouchers
from orchestration.demo.mess import Mess
from orchestration.demo.people import People
from orchestration.demo.shop.accounts import Accounts
from orchestration.demo.shop.orders import Orders
from orchestration.demo.shop.refunds import Refunds
from orchestration.demo.streams import stream
from orchestration.demo.subscriptions.charges import amounts_of
from orchestration.demo.subscriptions.files import write_subscriptions
from orchestration.demo.subscriptions.states import Subscriptions
from orchestration.demo.tills import Receipts
from orchestration.demo.writing import Raw


class Operations:
    """Writes the service side of one retailer, block by block; `mess` gives each topic and block its own."""

    def __init__(
        self, raw: Raw, mess: Callable[[str, int], Mess], seed: int, catalogue: Catalogue, effects: Effects
    ) -> None:
        self.raw, self.mess, self.seed = raw, mess, seed
        self.catalogue, self.effects = catalogue, effects

    def write_company(self) -> None:
        """Write what there is before any customer."""
        write_agents(self.raw)

    def write_block(
        self,
        block: int,
        people: People,
        members: Members,
        accounts: Accounts,
        subscriptions: Subscriptions,
        orders: Orders,
        refunds: Refunds,
        receipts: Receipts,
        parcels: Parcels,
    ) -> None:
        """Write what happened around one block's purchases."""
        raw = self.raw
        write_shipments(raw, self.mess("carrier", block), block, orders, parcels)
        amounts = amounts_of(people, subscriptions, self.catalogue, orders, refunds)
        mess = self.mess("subscriptions", block)
        write_subscriptions(raw, mess, block, people, accounts, subscriptions, self.catalogue, amounts)
        self._write_loyalty(block, people, members, orders, refunds, receipts, parcels)
        self._write_opinions(block, people, accounts, orders, receipts, parcels)

    def _write_loyalty(
        self,
        block: int,
        people: People,
        members: Members,
        orders: Orders,
        refunds: Refunds,
        receipts: Receipts,
        parcels: Parcels,
    ) -> None:
        raw, mess, effects = self.raw, self.mess("loyalty", block), self.effects
        rng = stream(self.seed, "loyalty", block)
        purchases = purchases_of(members, orders, refunds, receipts)
        write_members(raw, mess, block, people, members)
        ledger = draw_ledger(rng, members, purchases, effects)
        write_ledger(raw, mess, block, people, members, purchases, ledger)
        vouchers = draw_vouchers(rng, people, members, purchases, orders, parcels, effects)
        write_vouchers(raw, mess, block, people, members, purchases, vouchers)

    def _write_opinions(
        self,
        block: int,
        people: People,
        accounts: Accounts,
        orders: Orders,
        receipts: Receipts,
        parcels: Parcels,
    ) -> None:
        raw, mess, effects = self.raw, self.mess("helpdesk", block), self.effects
        rng = stream(self.seed, "tickets", block)
        tickets = draw_tickets(rng, people, orders, parcels, receipts, effects)
        users = write_users(raw, mess, block, people, accounts, tickets, effects)
        write_tickets(raw, mess, block, tickets, users)
        mess, rng = self.mess("feedback", block), stream(self.seed, "feedback", block)
        write_reviews(raw, mess, rng, block, people, orders, parcels, self.catalogue, effects)
        write_responses(raw, mess, rng, block, people, orders, parcels, tickets, effects)
