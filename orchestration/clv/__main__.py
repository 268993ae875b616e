"""The fit alone, for those who run dbt themselves: `python -m orchestration.clv`, between these two commands.

dbt build --exclude source:value+
dbt build --select source:value+
"""

from orchestration.clv.refit import refit
from orchestration.warehouse import open_warehouse

COUNTED_TO = "select max(cut_off) from intermediate.int_value__repeat_counts where purpose = 'prediction'"

if __name__ == "__main__":
    with open_warehouse() as warehouse:
        ((as_of,),) = warehouse.query(COUNTED_TO)
        in_use, _ = refit(warehouse, as_of, anew=True) if as_of else ([], [])
    for dated in in_use:
        estimates = ", ".join(f"{name} {value:.4g}" for name, value in dated.fit.parameters.items())
        print(f"{dated.fit_id}: {dated.fit.reason or estimates}")
