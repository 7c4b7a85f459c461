"""Writes blocks.json: lots drawn by another program than the crate, for its tests.

Python's own HMAC and SHA-256, and ChaCha20 written down from RFC 8439, section 2.3.
`python3 blocks.py > blocks.json`
"""

import hashlib
import hmac
import json
import struct


def rotated(word, bits):
    return ((word << bits) | (word >> (32 - bits))) & 0xFFFFFFFF


def quarter(s, a, b, c, d):
    for left, right, other, bits in ((a, b, d, 16), (c, d, b, 12), (a, b, d, 8), (c, d, b, 7)):
        s[left] = (s[left] + s[right]) & 0xFFFFFFFF
        s[other] = rotated(s[other] ^ s[left], bits)


def words(key, number):
    """The keystream's words; the block's number is the last 64 bits of the nonce."""
    counter = 0
    while True:
        start = list(struct.unpack("<4I", b"expand 32-byte k")) + list(struct.unpack("<8I", key))
        start += [counter, 0] + list(struct.unpack("<2I", struct.pack("<Q", number)))
        s = start[:]
        for _ in range(10):
            quarter(s, 0, 4, 8, 12)
            quarter(s, 1, 5, 9, 13)
            quarter(s, 2, 6, 10, 14)
            quarter(s, 3, 7, 11, 15)
            quarter(s, 0, 5, 10, 15)
            quarter(s, 1, 6, 11, 12)
            quarter(s, 2, 7, 8, 13)
            quarter(s, 3, 4, 9, 14)
        yield from ((a + b) & 0xFFFFFFFF for a, b in zip(s, start))
        counter += 1


def below(bound, stream):
    """Drops the words that are too many, by plain division where the crate multiplies."""
    while True:
        word = next(stream)
        low = (word * bound) % 2**32
        if low >= 2**32 % bound:
            return word * bound // 2**32


def block(key, number, weights, multiples):
    stream = words(key, number)
    multiple = multiples[below(len(multiples), stream)]
    arms = [arm for arm, weight in enumerate(weights) for _ in range(weight * multiple)]
    for i in range(len(arms) - 1, 0, -1):
        j = below(i + 1, stream)
        arms[i], arms[j] = arms[j], arms[i]
    return arms


def case(seed, purpose, stratum, weights, multiples, count):
    parts = ["jobnet trials", "blocks-1", purpose, stratum]
    key = hmac.new(seed, "\x1f".join(parts).encode(), hashlib.sha256).digest()
    places, number = [], 0
    while len(places) < count:
        arms = block(key, number, weights, multiples)
        places += [[number, position, arm] for position, arm in enumerate(arms)]
        number += 1
    return {
        "seed": seed.hex(),
        "commitment": hashlib.sha256(seed).hexdigest(),
        "purpose": purpose,
        "stratum": stratum,
        "weights": weights,
        "multiples": multiples,
        "places": places[:count],
    }


SEED = bytes(range(32))
print(
    json.dumps(
        [
            case(SEED, "unit", "", [1, 1], [1], 12),
            case(SEED, "unit", "/dagpenge/København", [1] * 8, [1, 2], 60),
            case(SEED, "cluster", "/a", [3, 1, 2], [1, 2, 4], 60),
            case(hashlib.sha256(b"another").digest(), "unit", "/a", [90, 10], [1], 100),
        ],
        ensure_ascii=False,
        separators=(",", ":"),
    )
)
