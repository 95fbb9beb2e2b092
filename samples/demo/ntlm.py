"""NTLM (MS-NLMP) as Outlook speaks it: version 2, bound to the certificate that the server has shown. Python has none,
and the simulator's end of it is held against something that was not made from it. Used by outlook.py."""
import hashlib, hmac, os, struct

WORDS_OF_ROUND = [range(16), [0, 4, 8, 12, 1, 5, 9, 13, 2, 6, 10, 14, 3, 7, 11, 15],
                  [0, 8, 4, 12, 2, 10, 6, 14, 1, 9, 5, 13, 3, 11, 7, 15]]
ROUNDS = [(lambda x, y, z: x & y | ~x & z, 0, (3, 7, 11, 19)),
          (lambda x, y, z: x & y | x & z | y & z, 0x5A827999, (3, 5, 9, 13)),
          (lambda x, y, z: x ^ y ^ z, 0x6ED9EBA1, (3, 9, 11, 15))]
# NEGOTIATE_UNICODE, REQUEST_TARGET, NTLM, ALWAYS_SIGN, EXTENDED_SESSIONSECURITY, TARGET_INFO, VERSION, 128, 56
FLAGS = 0x1 | 0x4 | 0x200 | 0x8000 | 0x80000 | 0x800000 | 0x2000000 | 0x20000000 | 0x80000000
VERSION = struct.pack("<BBH3xB", 10, 0, 19045, 15)
END, TIMESTAMP, CHANNEL_BINDINGS = 0, 7, 10  # of AV_PAIR


def md4(text):
    """RFC 1320; OpenSSL no longer gives it to hashlib."""
    mask = 0xFFFFFFFF
    padded = text + b"\x80" + bytes((55 - len(text)) % 64) + struct.pack("<Q", 8 * len(text))
    state = (0x67452301, 0xEFCDAB89, 0x98BADCFE, 0x10325476)
    for at in range(0, len(padded), 64):
        block = struct.unpack("<16I", padded[at:at + 64])
        a, b, c, d = state
        for (mix, constant, turns), words in zip(ROUNDS, WORDS_OF_ROUND):
            for step, word in enumerate(words):
                total, turn = (a + mix(b, c, d) + block[word] + constant) & mask, turns[step % 4]
                a, b, c, d = d, (total << turn | total >> 32 - turn) & mask, b, c
        state = tuple((old + new) & mask for old, new in zip(state, (a, b, c, d)))
    return struct.pack("<4I", *state)


def hmac_md5(key, text):
    return hmac.new(key, text, hashlib.md5).digest()


def utf16(text):
    return text.encode("utf-16-le")


def hello():
    return b"NTLMSSP\0" + struct.pack("<II", 1, FLAGS) + bytes(16) + VERSION


def pairs_of(challenge):
    """The AV_PAIRs of the server's TargetInfo, without the last, which ends them."""
    length, at = struct.unpack_from("<H2xI", challenge, 40)
    pairs, end = [], at + length
    while at < end:
        kind, size = struct.unpack_from("<HH", challenge, at)
        pairs.append((kind, challenge[at + 4:at + 4 + size]))
        at += 4 + size
    return [(kind, value) for kind, value in pairs if kind != END]


def binding_of(certificate):
    """MsvAvChannelBindings by RFC 5929 section 4, for a certificate (DER) that is signed with SHA-256."""
    named = b"tls-server-end-point:" + hashlib.sha256(certificate).digest()
    return hashlib.md5(bytes(16) + struct.pack("<I", len(named)) + named).digest()


def answer(challenge, user, password, certificate):
    """To the server's CHALLENGE_MESSAGE: who we are, `user` as an address, and proof of it."""
    pairs = pairs_of(challenge)
    time = dict(pairs).get(TIMESTAMP, bytes(8))
    pairs += [(CHANNEL_BINDINGS, binding_of(certificate)), (END, b"")]
    info = b"".join(struct.pack("<HH", kind, len(value)) + value for kind, value in pairs)
    key = hmac_md5(md4(utf16(password)), utf16(user.upper()))
    told = b"\x01\x01" + bytes(6) + time + os.urandom(8) + bytes(4) + info + bytes(4)
    proof = hmac_md5(key, challenge[24:32] + told)
    fields, texts = b"", b""
    for text in (bytes(24), proof + told, b"", utf16(user), b"", b""):  # LM, NT, domain, user, workstation, key
        fields += struct.pack("<HHI", len(text), len(text), 72 + len(texts))
        texts += text
    return b"NTLMSSP\0" + struct.pack("<I", 3) + fields + struct.pack("<I", FLAGS) + VERSION + texts
