"""Contacts of the CRM: a contact without an e-mail address is of little use to it."""

import great_expectations.expectations as gxe
from great_expectations.expectations.metadata_types import FailureSeverity

EXPECTATIONS = [
    gxe.ExpectTableRowCountToBeBetween(min_value=1, severity=FailureSeverity.WARNING),
    gxe.ExpectColumnValuesToNotBeNull(column="id", mostly=0.9),
    gxe.ExpectColumnValuesToNotBeNull(column="property_email", mostly=0.5),
]
