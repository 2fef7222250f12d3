"""A numbered record becomes the official Word file: docxtpl's template language in a sandbox, then exact geometry."""
