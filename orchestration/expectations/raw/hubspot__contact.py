"""Contacts of the CRM: a contact without an e-mail address is of little use to it."""

import great_expectations.expectations as gxe

EXPECTATIONS = [
    gxe.ExpectColumnValuesToNotBeNull(column="property_email", mostly=0.5),
]
