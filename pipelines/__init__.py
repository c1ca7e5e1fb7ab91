"""Prefect only: when, with which inputs, how often to retry."""
