"""Lists of words and names: what is ordinary, what is known to everybody."""
