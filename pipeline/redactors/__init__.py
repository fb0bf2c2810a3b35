"""One redactor for each kind of file: the words are removed, not covered."""
