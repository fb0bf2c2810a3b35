"""What to look for and what to do about it: tables, and the small code that reads them."""
