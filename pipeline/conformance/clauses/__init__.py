"""The clauses, a module for each part of the standard, a function for each clause: ``Parts`` in, ``Clause`` out."""
