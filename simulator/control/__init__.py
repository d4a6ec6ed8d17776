"""The simulator's own controls, for tests, benchmarks and the phone."""
