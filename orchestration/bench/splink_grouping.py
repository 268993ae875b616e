"""Groups the edges in the warehouse as Splink does: a process of its own, to be measured."""

from splink.clustering import cluster_pairwise_predictions_at_threshold

from orchestration.fuzzy.engines import scratch, splink_on
from orchestration.warehouse import Paths, open_warehouse


def main() -> None:
    """Reads the tables of edges.sql and writes `splink_groups`: node, component."""
    with open_warehouse(Paths()) as warehouse, scratch(warehouse) as home:
        splink = splink_on(warehouse)
        groups = cluster_pairwise_predictions_at_threshold(
            splink.register(f"{home}main.nodes"),
            splink.register(f"{home}intermediate.int_identity__strong_edges"),
            splink,
            node_id_column_name="node",
            edge_id_column_name_left="record_a",
            edge_id_column_name_right="record_b",
        )
        warehouse.execute(
            f"create table {home}main.splink_groups as select node, cluster_id as component from {groups.physical_name}"
        )


if __name__ == "__main__":
    main()
