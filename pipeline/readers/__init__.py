"""One reader per kind of file: from untrusted bytes to texts with their places, and a ledger."""
