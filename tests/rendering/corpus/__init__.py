"""One Word file for each construct that offices use, printed and measured on the page in millimetres, or refused."""
