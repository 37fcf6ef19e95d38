"""How the property tests of prices run: a busy machine is no fault of theirs."""

from hypothesis import settings

settings.register_profile("shop", deadline=None)
settings.load_profile("shop")
