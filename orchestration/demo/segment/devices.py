"""What people visit with: up to three browsers and the app, a tablet that two share, and what strangers bring."""

from dataclasses import dataclass

import numpy as np
import pyarrow as pa

from orchestration.demo.calendar import DAY, START, second_of
from orchestration.demo.columns import hexadecimal, join, number
from orchestration.demo.effects import Effects
from orchestration.demo.lives import IOS, Lives

SLOTS = 4  # per person: a phone, a desk or tablet, another one, and the app
SHARED_SLOT, APP_SLOT = 1, 3
_NEVER = 10**11  # seconds
_EPOCHS = 16


@dataclass(frozen=True)
class Model:
    """A kind of device as events describe it; `type` and `name` are only known of apps."""

    user_agent: str
    os: str
    type: str | None = None
    name: str | None = None


_WEBKIT = "AppleWebKit/605.1.15 (KHTML, like Gecko)"
_CHROME = "AppleWebKit/537.36 (KHTML, like Gecko) Chrome/126.0.0.0"
MODELS = (
    Model(f"Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) {_WEBKIT} Version/17.5 Mobile Safari/604.1", "iOS"),
    Model(f"Mozilla/5.0 (Linux; Android 14; K) {_CHROME} Mobile Safari/537.36", "Android"),
    Model(f"Mozilla/5.0 (iPad; CPU OS 17_5 like Mac OS X) {_WEBKIT} Version/17.5 Mobile Safari/604.1", "iPadOS"),
    Model(f"Mozilla/5.0 (Windows NT 10.0; Win64; x64) {_CHROME} Safari/537.36", "Windows"),
    Model(f"Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) {_WEBKIT} Version/17.5 Safari/605.1.15", "macOS"),
    Model("HearthThread/5 CFNetwork/1496 Darwin/23.5", "iOS", "ios", "iPhone13,2"),
    Model("HearthThread/5 CFNetwork/1496 Darwin/23.5", "iOS", "ios", "iPhone15,3"),
    Model("okhttp/4.12", "Android", "android", "Pixel 8"),
    Model("okhttp/4.12", "Android", "android", "SM-S921B"),
    Model("Mozilla/5.0 (compatible; PriceCrawler/2.1; +https://crawler.example/bot)", "Linux"),
)  # fmt: skip
_PHONES, _DESKS, _IOS_APPS, _ANDROID_APPS, ROBOT = (0, 1), (2, 3, 4), (5, 6), (7, 8), 9


@dataclass
class Devices:
    """One row per slot of every person of the block, then the strangers' devices, then the robot's."""

    people: int
    model: np.ndarray  # index into MODELS
    market: np.ndarray
    cleared_every: np.ndarray  # seconds between two deletions of the browser's cookies
    owner: np.ndarray  # per person: whose device the shared slot is

    def of(self, person: np.ndarray, slot: np.ndarray) -> np.ndarray:
        """The device row behind a person's slot."""
        return np.where(slot == SHARED_SLOT, self.owner[person], person) * SLOTS + slot

    @property
    def is_shared(self) -> np.ndarray:
        """Whether two people use the device."""
        shared = np.zeros(len(self.model), bool)
        shared[self.owner[self.owner != np.arange(self.people)] * SLOTS + SHARED_SLOT] = True
        return shared

    def visitor_number(self, block: int, device: np.ndarray, at: np.ndarray) -> np.ndarray:
        """The number behind the anonymous id that a device has at a moment: cookies do not last."""
        since = at - second_of(START) + device * 7919 % 400 * DAY
        epoch = np.minimum(since // self.cleared_every[device], _EPOCHS - 1)
        return (block << 24) | (device * _EPOCHS + epoch)


def draw_devices(
    rng: np.random.Generator, lives: Lives, market: np.ndarray, strangers: int, effects: Effects
) -> Devices:
    """Hand out the devices; the strangers' markets are those of the people."""
    count = len(market)
    person_model = np.empty((count, SLOTS), np.int64)
    person_model[:, 0] = np.array(_PHONES)[lives.os]
    person_model[:, 1:3] = rng.choice(_DESKS, (count, 2), p=[0.25, 0.5, 0.25])
    apps = np.array([_IOS_APPS, _ANDROID_APPS])
    person_model[:, APP_SLOT] = apps[np.where(lives.os == IOS, 0, 1), rng.integers(0, 2, count)]
    rows = count * SLOTS + strangers + 1
    cleared = np.where(
        rng.random(rows) < effects.cleared_cookies_share, rng.integers(150, 500, rows) * DAY, _NEVER
    )
    cleared[np.arange(count) * SLOTS + APP_SLOT] = _NEVER

    owner = np.arange(count)
    able = np.flatnonzero(lives.devices > 1)
    pairs = min(int(count * effects.shared_tablet_share), len(able) // 2)
    holder, partner = rng.permutation(able)[: 2 * pairs].reshape(2, pairs)
    owner[partner] = holder
    return Devices(
        people=count,
        model=np.concatenate([person_model.ravel(), rng.integers(0, 5, strangers), [ROBOT]]),
        market=np.concatenate([np.repeat(market, SLOTS), rng.choice(market, strangers + 1)]),
        cleared_every=cleared,
        owner=owner,
    )


def anonymous_ids(numbers: np.ndarray) -> pa.Array:
    """Twelve hexadecimal digits that look random; different numbers give different ids."""
    return hexadecimal(_mixed(numbers), 12)


def device_ids(numbers: np.ndarray) -> pa.Array:
    """The id that a phone gives its apps."""
    return hexadecimal(_mixed(numbers + (1 << 46)), 16)


def addresses(numbers: np.ndarray) -> pa.Array:
    """Internet addresses from the range 100.64.0.0/10, which belongs to no one."""
    mixed = _mixed(numbers).astype(np.int64)
    return join(
        "100.",
        number(64 + (mixed >> 8) % 64),
        ".",
        number((mixed >> 14) % 256),
        ".",
        number((mixed >> 22) % 256),
    )


def _mixed(numbers: np.ndarray) -> np.ndarray:
    """A bijection of the numbers below 2^48."""
    room = np.uint64(2**48 - 1)
    x = numbers.astype(np.uint64) * np.uint64(0x5DEECE66D) & room
    x = (x ^ (x >> np.uint64(24))) * np.uint64(0xBF58476D1CE5) & room
    return x ^ (x >> np.uint64(25))
