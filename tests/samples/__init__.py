"""Made-up documents as real files, the texts they are built from, and what must be found in them."""
