"""The effects that marts are held to: how large each is planted, and how to find it in the warehouse again."""

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from orchestration.demo.effects import Effects

COLUMNS = ("name", "planted_size", "unit", "found_by", "population")


@dataclass(frozen=True)
class PlantedEffect:
    """One effect; its size is the field of `Effects` called `name`, or its entry after a dot."""

    name: str
    unit: str
    found_by: str
    population: str

    def size(self, effects: Effects) -> float:
        """The size planted."""
        field, _, entry = self.name.partition(".")
        value = getattr(effects, field)
        return value[entry] if isinstance(value, Mapping) else value


PLANTED_EFFECTS = (
    PlantedEffect(
        "channel_ltv_factor.paid_social",
        "ratio of means",
        "orders per customer whose first visit came by paid social, over those of direct and organic visits",
        "people who bought at all; orders without those of subscriptions",
    ),
    PlantedEffect(
        "hero_ltv_factor",
        "ratio of means",
        "orders per customer whose first order began with the hero product, over those of other first products",
        "people who bought at all; orders without those of subscriptions",
    ),
    PlantedEffect(
        "channel_ltv_factor.referral",
        "ratio of means",
        "orders per customer whom a member recommended the shop to, over those who came by other channels",
        "people who bought at all",
    ),
    *(
        PlantedEffect(
            lift,
            "relative difference",
            f"share of visitors who order after they saw experiment {key} and before it ends: B over A, less 1",
            "visitors, joined to people by sign-ins, with an experiment_viewed event",
        )
        for key, lift in (("EXP-7", "checkout_button_lift"), ("EXP-9", "free_shipping_banner_lift"))
    ),
    PlantedEffect(
        "late_parcel_ticket_factor",
        "ratio of rates",
        "help desk tickets per parcel delivered more than two days late, over those per other parcel",
        "parcels that have left; tickets that name the order",
    ),
    PlantedEffect(
        "late_parcel_nps_drop",
        "points from 0 to 10",
        "mean nps score of those whose parcel was not more than two days late, less that of those whose was",
        "answers within nine days of a delivery",
    ),
    PlantedEffect(
        "cancelled_per_charge",
        "share of charges",
        "subscriptions cancelled by their owners over charges that went well",
        "subscriptions, each time they were active",
    ),
    PlantedEffect(
        "failed_per_charge",
        "share of charges",
        "subscriptions that ended with a failed payment over charges that went well",
        "subscriptions, each time they were active",
    ),
    PlantedEffect(
        "campaign_lift",
        "relative difference",
        "share who order within seven days of a large e-mail campaign: those it was sent to over its hold-out, less 1",
        "profiles with consent when the campaign was sent (truth/campaign_holdouts.parquet names the hold-out)",
    ),
    *(
        PlantedEffect(
            f"acquisition_cost.{channel}",
            "EUR per new customer",
            "advertising spend of the channel over the customers whose first order it brought",
            "people who bought at all, by channel of the first visit",
        )
        for channel in ("paid_search", "paid_social", "affiliate", "display")
    ),
)


def write_planted_effects(folder: Path, effects: Effects) -> None:
    """Write planted_effects.csv."""
    with (folder / "planted_effects.csv").open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(COLUMNS)
        for planted in PLANTED_EFFECTS:
            writer.writerow(
                [planted.name, planted.size(effects), planted.unit, planted.found_by, planted.population]
            )
