"""One random stream per topic and block of people: a new topic never moves the numbers of an old one."""

from zlib import crc32

import numpy as np


def stream(seed: int, topic: str, block: int = 0) -> np.random.Generator:
    """Return the generator of `topic` for one block of people; equal arguments give equal draws."""
    return np.random.default_rng([seed, block, crc32(topic.encode())])
