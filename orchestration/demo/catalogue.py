"""What the retailer sells: 400 products of fashion and home, and gift cards; variants, prices and costs."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from orchestration.demo.columns import join, number, pick
from orchestration.demo.markets import of_markets
from orchestration.demo.streams import stream

GOODS = 400
GIFT_CARD = GOODS  # the row of the product that is no goods
PRODUCTS = GOODS + 1
GIFT_CARD_VALUES = (25, 50, 100)  # of any currency
SUBSCRIBED_TYPE = "Candles"  # what one can have sent every month

_KINDS = (  # type, typical price in euro, variants
    ("Dresses", 69, ("XS", "S", "M", "L", "XL")), ("Shirts", 39, ("S", "M", "L", "XL")),
    ("Knitwear", 59, ("S", "M", "L")), ("Trousers", 55, ("28", "30", "32", "34")),
    ("Coats", 149, ("S", "M", "L")), ("Shoes", 89, ("38", "40", "42", "44")),
    ("Accessories", 25, ("One size",)), ("Bedding", 79, ("Single", "Double")),
    ("Kitchen", 29, ("One size",)), ("Lighting", 65, ("One size",)), ("Rugs", 129, ("Small", "Large")),
    ("Candles", 15, ("One size",)),
)  # fmt: skip
_STYLES = (
    "Aster", "Birch", "Cedar", "Dune", "Ember", "Fjord", "Grove", "Harbour",
    "Iris", "Juniper", "Kelp", "Linden", "Meadow", "North", "Olive", "Pebble",
)  # fmt: skip
_MATERIALS = (
    "Cotton", "Linen", "Wool", "Oak", "Brass", "Ceramic", "Denim",
    "Silk", "Canvas", "Velvet", "Cashmere", "Bamboo", "Leather", "Jersey",
)  # fmt: skip
_VENDORS = ("Hearth & Thread", "Loomhouse", "Nordlicht", "Fieldwork Goods", "Atelier Sechs", "Kiln & Co")


@dataclass
class Catalogue:
    """Products and variants; prices in cents by market and variant, costs in cents, -1 where unknown.

    Variants follow the order of their products; the gift cards come last and are nobody's everyday choice.
    """

    titles: pa.Array
    types: pa.Array
    vendors: pa.Array
    product: np.ndarray  # row of the product of each variant
    position: np.ndarray
    variant_titles: pa.Array
    skus: pa.Array
    prices: np.ndarray
    costs: np.ndarray
    cost_currency: pa.Array
    weights: np.ndarray  # grams
    popularity: np.ndarray  # sums to 1

    def __len__(self) -> int:
        return len(self.product)

    @property
    def sizes(self) -> np.ndarray:
        """How many variants each product has."""
        return np.bincount(self.product, minlength=PRODUCTS)

    @property
    def first_variant(self) -> np.ndarray:
        """Row of each product's first variant."""
        return np.searchsorted(self.product, np.arange(PRODUCTS))

    @property
    def gift_cards(self) -> np.ndarray:
        """Rows of the gift cards' variants, one to a value."""
        return np.flatnonzero(self.product == GIFT_CARD)

    @property
    def subscribed(self) -> np.ndarray:
        """Rows of the variants that one can subscribe to."""
        of_type = pc.equal(self.types, SUBSCRIBED_TYPE).to_numpy(zero_copy_only=False)
        return np.flatnonzero(of_type[self.product])


def draw_catalogue(seed: int) -> Catalogue:
    """Draw the products of this seed's retailer."""
    goods = _draw_goods(seed)
    cards = len(GIFT_CARD_VALUES)
    cents = np.array(GIFT_CARD_VALUES) * 100
    return Catalogue(
        titles=_with(goods.titles, ["Gift card"]),
        types=_with(goods.types, ["Gift cards"]),
        vendors=_with(goods.vendors, _VENDORS[:1]),
        product=np.append(goods.product, np.full(cards, GIFT_CARD)),
        position=np.append(goods.position, np.arange(cards)),
        variant_titles=_with(goods.variant_titles, [str(value) for value in GIFT_CARD_VALUES]),
        skus=_with(goods.skus, [f"GC-{value}" for value in GIFT_CARD_VALUES]),
        prices=np.hstack([goods.prices, np.tile(cents, (len(goods.prices), 1))]),
        costs=np.append(goods.costs, np.full(cards, -1)),
        cost_currency=_with(goods.cost_currency, ["EUR"] * cards),
        weights=np.append(goods.weights, np.zeros(cards, np.int64)),
        popularity=np.append(goods.popularity, np.zeros(cards)),
    )


def _with(texts: pa.Array, more: Sequence[str]) -> pa.Array:
    return pa.concat_arrays([texts, pa.array(more, pa.string())])


def _draw_goods(seed: int) -> Catalogue:
    rng = stream(seed, "catalogue")
    kind = rng.integers(0, len(_KINDS), GOODS)
    name_at = rng.choice(
        len(_STYLES) * len(_MATERIALS) * 4, GOODS, replace=False
    )  # a name is used at most once a season
    style, material = name_at // 4 // len(_MATERIALS), name_at // 4 % len(_MATERIALS)
    euro = np.array([k[1] for k in _KINDS])[kind] * rng.lognormal(0, 0.35, GOODS)

    sizes = [k[2] for k in _KINDS]
    per_product = np.array([len(s) for s in sizes])[kind]
    product = np.repeat(np.arange(GOODS), per_product)
    position = np.arange(len(product)) - np.repeat(np.cumsum(per_product) - per_product, per_product)
    first_size = np.cumsum([0] + [len(s) for s in sizes[:-1]])
    types = pick([k[0] for k in _KINDS], kind)

    factors = of_markets("price_factor")[:, None]
    prices = np.maximum(np.round(euro * factors).astype(np.int64), 4) * 100 - rng.choice([1, 5], GOODS)
    net_euro = euro * 100 / 1.2
    cost = np.round(net_euro * rng.uniform(0.32, 0.58, GOODS)).astype(np.int64)[product]
    popularity = rng.gamma(0.6, 1.0, GOODS)[product] * rng.uniform(0.5, 1.5, len(product)) + 1e-3
    return Catalogue(
        titles=join(pick(_STYLES, style), " ", pick(_MATERIALS, material), " ", types),
        types=types,
        vendors=pick(_VENDORS, rng.integers(0, len(_VENDORS), GOODS)),
        product=product,
        position=position,
        variant_titles=pick([size for s in sizes for size in s], first_size[kind[product]] + position),
        skus=join("HT-", number(rng.permutation(GOODS)[product] + 1000), "-", number(position + 1, 2)),
        prices=prices[:, product],
        costs=np.where(rng.random(len(product)) < 0.03, -1, cost),
        cost_currency=pick(["EUR", "USD", "GBP"], rng.choice(3, len(product), p=[0.7, 0.2, 0.1])),
        weights=rng.integers(1, 40, GOODS)[product] * 50,
        popularity=popularity / popularity.sum(),
    )
