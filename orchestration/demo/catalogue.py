"""What the retailer sells: 400 products of fashion and home, their variants, prices and costs."""

from dataclasses import dataclass

import numpy as np
import pyarrow as pa

from orchestration.demo.columns import join, number, pick
from orchestration.demo.markets import of_markets
from orchestration.demo.streams import stream

PRODUCTS = 400

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
    """Products and variants; prices in cents by market and variant, costs in cents, -1 where unknown."""

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


def draw_catalogue(seed: int) -> Catalogue:
    """Draw the products of this seed's retailer."""
    rng = stream(seed, "catalogue")
    kind = rng.integers(0, len(_KINDS), PRODUCTS)
    name_at = rng.choice(
        len(_STYLES) * len(_MATERIALS) * 4, PRODUCTS, replace=False
    )  # a name is used at most once a season
    style, material = name_at // 4 // len(_MATERIALS), name_at // 4 % len(_MATERIALS)
    euro = np.array([k[1] for k in _KINDS])[kind] * rng.lognormal(0, 0.35, PRODUCTS)

    sizes = [k[2] for k in _KINDS]
    per_product = np.array([len(s) for s in sizes])[kind]
    product = np.repeat(np.arange(PRODUCTS), per_product)
    position = np.arange(len(product)) - np.repeat(np.cumsum(per_product) - per_product, per_product)
    first_size = np.cumsum([0] + [len(s) for s in sizes[:-1]])
    types = pick([k[0] for k in _KINDS], kind)

    factors = of_markets("price_factor")[:, None]
    prices = np.maximum(np.round(euro * factors).astype(np.int64), 4) * 100 - rng.choice([1, 5], PRODUCTS)
    net_euro = euro * 100 / 1.2
    cost = np.round(net_euro * rng.uniform(0.32, 0.58, PRODUCTS)).astype(np.int64)[product]
    popularity = rng.gamma(0.6, 1.0, PRODUCTS)[product] * rng.uniform(0.5, 1.5, len(product)) + 1e-3
    return Catalogue(
        titles=join(pick(_STYLES, style), " ", pick(_MATERIALS, material), " ", types),
        types=types,
        vendors=pick(_VENDORS, rng.integers(0, len(_VENDORS), PRODUCTS)),
        product=product,
        position=position,
        variant_titles=pick([size for s in sizes for size in s], first_size[kind[product]] + position),
        skus=join("HT-", number(rng.permutation(PRODUCTS)[product] + 1000), "-", number(position + 1, 2)),
        prices=prices[:, product],
        costs=np.where(rng.random(len(product)) < 0.03, -1, cost),
        cost_currency=pick(["EUR", "USD", "GBP"], rng.choice(3, len(product), p=[0.7, 0.2, 0.1])),
        weights=rng.integers(1, 40, PRODUCTS)[product] * 50,
        popularity=popularity / popularity.sum(),
    )
