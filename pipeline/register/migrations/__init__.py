"""How the register's tables became what they are; run by ``pipeline.register.database``."""
