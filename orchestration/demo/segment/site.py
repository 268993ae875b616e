"""The pages of the web shop, which are the screens of the app too."""

from dataclasses import dataclass

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from orchestration.demo.catalogue import PRODUCTS, Catalogue
from orchestration.demo.columns import join, number

ORIGIN = "https://hearth-and-thread.example"
HOME, SEARCH, BASKET, CHECKOUT, THANKS = range(5)
_FIXED = (
    ("Home", "/", "Hearth & Thread"),
    ("Search", "/search", "Search"),
    ("Basket", "/cart", "Your basket"),
    ("Checkout", "/checkout", "Checkout"),
    ("Order confirmed", "/checkout/thank-you", "Thank you"),
)


@dataclass
class Site:
    """One row per page: the fixed ones, then a page per product type, then one per product."""

    names: pa.Array
    paths: pa.Array
    titles: pa.Array
    types: int  # how many product types there are

    @property
    def urls(self) -> pa.Array:
        """Full addresses without a query."""
        return join(ORIGIN, self.paths)

    def of_product(self, product: np.ndarray) -> np.ndarray:
        """The page of a product."""
        return len(_FIXED) + self.types + product

    def draw_landings(self, rng: np.random.Generator, rows: int) -> np.ndarray:
        """Where visits begin: at home or at a product type."""
        return np.where(rng.random(rows) < 0.5, HOME, len(_FIXED) + rng.integers(0, self.types, rows))


def build_site(catalogue: Catalogue) -> Site:
    """Lay out the pages for what the catalogue holds."""
    names, paths, titles = (pa.array(column) for column in zip(*_FIXED, strict=True))
    types = pc.unique(catalogue.types)
    return Site(
        names=pa.concat_arrays([names, _repeated("Category", len(types)), _repeated("Product", PRODUCTS)]),
        paths=pa.concat_arrays(
            [
                paths,
                join("/collections/", _slugs(types)),
                join("/products/", _slugs(catalogue.titles), "-", number(np.arange(PRODUCTS))),
            ]
        ),
        titles=pa.concat_arrays([titles, types, catalogue.titles]),
        types=len(types),
    )


def _repeated(text: str, rows: int) -> pa.Array:
    return pa.repeat(pa.scalar(text), rows)


def _slugs(titles: pa.Array) -> pa.Array:
    return pc.replace_substring_regex(pc.utf8_lower(titles), "[^a-z0-9]+", "-")
