"""gongwen.toml as frozen values.

The office's computer person edits this file with a text editor. So every error names the file, the key and the way to
mend it, and an unknown key is an error too: a misspelt ``seal_diameter`` that is silently ignored prints wrong circles.
"""

from pipeline.settings.whole import FILE, Settings, load_settings

__all__ = ["FILE", "Settings", "load_settings"]
