"""Files that simulated customers send, made on the spot: nothing foreign is kept here."""
