"""Where seals and signatures go: geometry on paper, drawings in the Word file, signature fields in the PDF."""
