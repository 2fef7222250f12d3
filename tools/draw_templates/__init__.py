"""Draws the first edition of the official Word templates; afterwards the .docx files are the truth.

A secretary edits ``templates/<kind>/template.docx`` in Word, and what he saves there is what gets printed. This code
exists so that the first edition has real styles, exact measures and reproducible bytes, and so that a further kind can
start from the same look.
"""
