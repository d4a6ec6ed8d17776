"""The way to the desk: updates are batched, signed, posted, and posted again until heard."""
