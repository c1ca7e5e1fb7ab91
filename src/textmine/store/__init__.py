"""Everything on disk that can be trusted: keys, landing, ledger, published tables, indexes, quarantine, bundles."""
