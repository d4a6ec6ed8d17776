"""A telephone in the browser, on which a newcomer can be the customer."""
