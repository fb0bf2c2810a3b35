"""How well detection does on the labelled corpus."""
