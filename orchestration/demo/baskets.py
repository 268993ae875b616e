"""What lies in a basket, and what each line costs, to the cent."""

from dataclasses import dataclass

import numpy as np

from orchestration.demo.catalogue import Catalogue
from orchestration.demo.markets import of_markets
from orchestration.demo.stock import StockOuts

NO_GIFT_CARD, WITH_GIFT_CARD, ONLY_GIFT_CARD = 0, 1, 2


@dataclass
class Lines:
    """Lines in the order of their baskets; amounts are cents: `price` of one piece, others of the line."""

    basket: np.ndarray
    line_no: np.ndarray  # 1, 2, ... within the basket
    sku: np.ndarray
    quantity: np.ndarray
    price: np.ndarray
    value: np.ndarray  # price times quantity
    discount: np.ndarray
    tax: np.ndarray  # of the discounted value; within it where prices include tax
    gift_card: np.ndarray  # money paid in advance, not goods: no tax, no discount

    def sums(self, amount: np.ndarray, baskets: int) -> np.ndarray:
        """Add an amount up per basket. Floats hold integers exactly up to 2^53 cents."""
        return np.bincount(self.basket, weights=amount, minlength=baskets).astype(np.int64)


@dataclass
class Wishes:
    """What is settled before a basket is filled; one row per basket."""

    first_product: np.ndarray  # row of the product that the first line is of, -1 for any
    only_variant: np.ndarray  # row of the one variant in it (a subscription's charge), -1 for any
    gift_card: np.ndarray  # NO_GIFT_CARD, WITH_GIFT_CARD or ONLY_GIFT_CARD


@dataclass
class Discounts:
    """One row per basket: percent off every line, or a fixed number of cents off the basket, or neither."""

    percent: np.ndarray
    fixed: np.ndarray


def draw_discounts(rng: np.random.Generator, baskets: int, share: float) -> Discounts:
    """Give a share of the baskets 10 to 30 percent, and one in twenty of them 5.00 off."""
    chance = rng.random(baskets)
    percent = np.where(chance < share, rng.choice([10, 15, 20, 30], baskets, p=[0.5, 0.2, 0.2, 0.1]), 0)
    return Discounts(percent, np.where(chance > 1 - share / 20, 500, 0))


def draw_lines(
    rng: np.random.Generator,
    catalogue: Catalogue,
    market: np.ndarray,
    at: np.ndarray,
    discounts: Discounts,
    tax_included: np.ndarray,
    wishes: Wishes,
    stock_outs: StockOuts,
) -> Lines:
    """Fill one basket per row of `market`; tax included where a market lists without it is added on."""
    per_basket = 1 + np.minimum(rng.poisson(1.1, len(market)), 9) + (wishes.gift_card == WITH_GIFT_CARD)
    per_basket = np.where((wishes.only_variant >= 0) | (wishes.gift_card == ONLY_GIFT_CARD), 1, per_basket)
    basket = np.repeat(np.arange(len(market)), per_basket)
    line_no = np.arange(len(basket)) - np.repeat(np.cumsum(per_basket) - per_basket, per_basket) + 1
    gift_card = (wishes.gift_card[basket] != NO_GIFT_CARD) & (line_no == per_basket[basket])
    sku = _draw_variants(rng, catalogue, wishes, basket, line_no, at[basket], stock_outs)
    cards = np.flatnonzero(gift_card)
    sku[cards] = rng.choice(catalogue.gift_cards, len(cards))
    quantity = rng.choice([1, 2, 3, 4], len(basket), p=[0.82, 0.12, 0.04, 0.02])
    quantity[gift_card | (wishes.only_variant[basket] >= 0)] = 1

    percent_tax = np.where(gift_card, 0, of_markets("tax_percent")[market[basket]])
    included = tax_included[basket]
    listed = catalogue.prices[market[basket], sku]
    adds_tax = included & ~of_markets("web_tax_included")[market[basket]]
    price = np.where(adds_tax, _rounded(listed * (100 + percent_tax), 100), listed)
    value = price * quantity
    goods_value = np.where(gift_card, 0, value)
    total = np.bincount(basket, weights=goods_value, minlength=len(market)).astype(np.int64)
    discount = _rounded(goods_value * discounts.percent[basket], 100)
    discount += split(np.minimum(discounts.fixed, total), total, basket, goods_value)
    goods = value - discount
    tax = tax_of(goods, percent_tax, included)
    return Lines(basket, line_no, sku, quantity, price, value, discount, tax, gift_card)


def _draw_variants(
    rng: np.random.Generator,
    catalogue: Catalogue,
    wishes: Wishes,
    basket: np.ndarray,
    line_no: np.ndarray,
    at: np.ndarray,
    stock_outs: StockOuts,
) -> np.ndarray:
    """What each line is of: something else where it is sold out, which never befalls a whole product."""
    sku = rng.choice(len(catalogue), len(basket), p=catalogue.popularity)
    out = np.flatnonzero(stock_outs.cover(sku, at))
    sku[out] = rng.choice(len(catalogue), len(out), p=stock_outs.popularity_of_the_others(catalogue))

    product = np.where(line_no == 1, wishes.first_product[basket], -1)
    wished = np.flatnonzero(product >= 0)
    first, size = catalogue.first_variant[product[wished]], catalogue.sizes[product[wished]]
    variant = first + (rng.random(len(wished)) * size).astype(np.int64)
    sku[wished] = np.where(stock_outs.cover(variant, at[wished]), first, variant)
    return np.where(wishes.only_variant[basket] >= 0, wishes.only_variant[basket], sku)


def split(amount: np.ndarray, total: np.ndarray, basket: np.ndarray, value: np.ndarray) -> np.ndarray:
    """Share each basket's `amount` over its lines in proportion to their value, without losing a cent."""
    running = np.cumsum(value) - np.repeat(
        np.cumsum(total) - total, np.bincount(basket, minlength=len(total))
    )
    upto = amount[basket] * running // np.maximum(total[basket], 1)
    before = amount[basket] * (running - value) // np.maximum(total[basket], 1)
    return upto - before


def tax_of(goods: np.ndarray, percent: np.ndarray, included: np.ndarray) -> np.ndarray:
    """Cents of tax within `goods` where it is included, else on top of them."""
    return np.where(included, _rounded(goods * percent, 100 + percent), _rounded(goods * percent, 100))


def _rounded(numerator: np.ndarray, denominator: np.ndarray | int) -> np.ndarray:
    """Integer division of non-negative numbers, rounded half up."""
    return (2 * numerator + denominator) // (2 * denominator)


@dataclass
class Returned:
    """Lines that came back: which (row in Lines), how many pieces, and their value, discount and tax."""

    line: np.ndarray
    quantity: np.ndarray
    value: np.ndarray
    discount: np.ndarray
    tax: np.ndarray


def draw_returned(rng: np.random.Generator, lines: Lines, returns: np.ndarray) -> Returned:
    """Send back lines of each basket where `returns` holds; part of a line carries its part, rounded down."""
    chosen = returns[lines.basket] & ((rng.random(len(lines.basket)) < 0.5) | (lines.line_no == 1))
    chosen &= ~lines.gift_card
    line = np.flatnonzero(chosen)
    bought = lines.quantity[line]
    quantity = np.where(rng.random(len(line)) < 0.7, bought, rng.integers(1, bought + 1))
    return Returned(
        line,
        quantity,
        lines.price[line] * quantity,
        lines.discount[line] * quantity // bought,
        lines.tax[line] * quantity // bought,
    )
