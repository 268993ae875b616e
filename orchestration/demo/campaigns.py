"""What the company sends: a hundred e-mail campaigns in three years, six flows, and messages of the app."""

from dataclasses import dataclass

import numpy as np
import pyarrow as pa

from orchestration.demo.calendar import DAY, END, START, second_of
from orchestration.demo.columns import join, number, pick
from orchestration.demo.streams import stream

EMAIL_CAMPAIGNS = 100
_LARGE_EVERY = 6
_SEGMENT_SHARE = 0.06
_THEMES = (  # name and subject, two a month from January on
    ("Winter sale", "Up to 50% off, while it lasts"), ("Fresh sheets", "Sleep better this year"),
    ("Valentine", "For somebody, or for you"), ("Knitwear repair", "Wear it longer"),
    ("Spring arrivals", "New colours are here"), ("Small kitchens", "Big ideas for small kitchens"),
    ("Easter table", "Set the table"), ("Linen week", "Linen, by the metre and by the shirt"),
    ("Garden evenings", "Lights for long evenings"), ("Summer dresses", "Dresses for the first warm day"),
    ("Summer sale", "The sale starts now"), ("Holiday packing", "Ten pieces, two weeks"),
    ("Last sizes", "Last sizes, last days"), ("Behind the loom", "Where our wool comes from"),
    ("Back to town", "A coat for the way home"), ("New rugs", "Something soft underfoot"),
    ("Autumn living", "Make room for autumn"), ("Candle light", "It is getting dark early"),
    ("Coats", "The coat edit"), ("Members first", "A day ahead for you"),
    ("Black Friday", "Our only Black Friday mail"), ("Gift guide", "Gifts under 30"),
    ("Last orders", "Order by Thursday for Christmas"), ("Between the years", "A quiet week at home"),
)  # fmt: skip


@dataclass(frozen=True)
class Flow:
    """An automatic series of e-mails: each goes out so many seconds after what triggered it."""

    key: str
    name: str
    trigger_type: str
    after: tuple[int, ...]


FLOWS = (
    Flow("FLWEL1", "Welcome series", "Added to List", (600, 3 * DAY)),
    Flow("FLCAR1", "Abandoned cart", "Metric", (4 * 3600,)),
    Flow("FLPOS1", "Post purchase", "Metric", (6 * DAY,)),
    Flow("FLWIN1", "Win back", "Metric", (120 * DAY,)),
    Flow("FLBIR1", "Birthday", "Date Based", (8 * 3600,)),
    Flow("FLSUN1", "Sunset", "Metric", (365 * DAY,)),
)
WELCOME, CART, POST_PURCHASE, WIN_BACK, BIRTHDAY, SUNSET = range(len(FLOWS))


@dataclass(frozen=True)
class AppCampaign:
    """Messages of the app under one name, as push notifications or in the app itself."""

    key: str
    name: str
    is_push: bool


APP_CAMPAIGNS = (
    AppCampaign("APP01", "New in this week", True),
    AppCampaign("APP02", "Back in stock", True),
    AppCampaign("APP03", "Sale starts", True),
    AppCampaign("APP04", "Basket waiting", True),
    AppCampaign("APP05", "Welcome to the app", False),
    AppCampaign("APP06", "Free delivery today", False),
    AppCampaign("APP07", "Rate your order", False),
)


@dataclass
class EmailCampaigns:
    """The e-mail campaigns in order of time."""

    ids: pa.Array
    names: pa.Array
    subjects: pa.Array
    at: np.ndarray  # seconds since 1970; at least eight days lie between two
    audience: np.ndarray  # share of those who may be written to; 1.0 for large ones

    def __len__(self) -> int:
        return len(self.at)

    @property
    def large(self) -> np.ndarray:
        """Whether a campaign goes to everybody, but for a hold-out."""
        return self.audience == 1.0


def draw_email_campaigns(seed: int) -> EmailCampaigns:
    """Draw this seed's e-mail campaigns, the last of them well before the end of the history."""
    rng = stream(seed, "campaigns")
    count = np.arange(EMAIL_CAMPAIGNS)
    every = (END - second_of(START)) / EMAIL_CAMPAIGNS
    day = (second_of(START) + (count + 0.3) * every).astype(np.int64) // DAY + rng.integers(
        -1, 2, EMAIL_CAMPAIGNS
    )
    at = day * DAY + rng.integers(8 * 4, 18 * 4, EMAIL_CAMPAIGNS) * 900
    month = day.astype("datetime64[D]").astype("datetime64[M]").astype(int) % 12
    theme = (
        month * 2
        + (day.astype("datetime64[D]") - day.astype("datetime64[D]").astype("datetime64[M]")).astype(int)
        // 16
    )
    dates = pa.array(np.datetime_as_string(day.astype("datetime64[D]")))
    large = count % _LARGE_EVERY == 2
    return EmailCampaigns(
        ids=join("CM", number(rng.permutation(9000)[:EMAIL_CAMPAIGNS] + 1000)),
        names=join(dates, " ", pick([name for name, _ in _THEMES], theme)),
        subjects=pick([subject for _, subject in _THEMES], theme),
        at=at,
        audience=np.where(large, 1.0, _SEGMENT_SHARE * rng.uniform(0.5, 1.5, EMAIL_CAMPAIGNS)),
    )
