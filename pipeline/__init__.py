"""gongwen (公文): spreadsheets dropped in an inbox become numbered, correctly set, filed official documents.

Read ``flow.py`` first: it is the way of one submission, from the inbox to the archive.
"""

__version__ = "0.1.0"
