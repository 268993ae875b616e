"""The question "why is this one customer?" in Dagster's UI: launch the job `why`, read the answer in its run."""

import dagster as dg
from pydantic import Field

from orchestration.warehouse import Paths, WarehouseBusy
from orchestration.why.answer import why
from orchestration.why.evidence import NoEvidence


class Question(dg.Config):
    """Two records, or one customer."""

    first: str = Field(
        description="A record as system.table:key, such as shopify.customer:123; or a customer_id."
    )
    second: str = Field(default="", description="Another record, such as loyalty.member:M1000042.")


@dg.op
def answer(context: dg.OpExecutionContext, config: Question) -> None:
    """What ties or parts them, without the values of identifiers: a run's log is read by more people than they are for."""
    try:
        lines = why(Paths(), config.first, config.second, values="hidden")
    except (NoEvidence, WarehouseBusy) as error:
        raise dg.Failure(str(error), allow_retries=False) from error
    context.log.info("\n".join(lines))
    context.add_output_metadata(
        {"answer": dg.MetadataValue.md("\n".join(f"- {line.strip()}" for line in lines))}
    )


@dg.job(name="why", description="Why two records are one customer, or two; or what ties all records of one.")
def why_job() -> None:
    """One question, one answer."""
    answer()
