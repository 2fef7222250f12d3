"""The inbox: what has arrived, has it finished arriving, and taking it into our own keeping."""
