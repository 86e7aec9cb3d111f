"""Support of the tests of extraction."""
