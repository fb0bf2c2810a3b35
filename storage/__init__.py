"""Records and objects, each behind one small protocol."""
