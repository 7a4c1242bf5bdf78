"""Bodies, unpacked piece by piece and never beyond their bound: two megabytes can unfold to two gigabytes."""

import zlib

GZIP, ZLIB, RAW = 31, 15, -15
GZIP_MAGIC = b"\x1f\x8b"


class TooLargeError(Exception):
    """The body goes on beyond the bound."""


class Unpacker:
    """Takes the pieces of a body as they arrive; holds at most ``largest`` bytes of it."""

    def __init__(self, encoding: str, largest: int) -> None:
        self._body = bytearray()
        self._largest = largest
        self._encoding = encoding.strip().lower()
        if self._encoding not in ("", "identity", "gzip", "x-gzip", "deflate"):
            raise ValueError(f"content encoding {encoding[:40]!r}")
        self._inflater = zlib.decompressobj(GZIP) if "gzip" in self._encoding else None

    def feed(self, piece: bytes) -> None:
        """Raises TooLargeError at the bound, ValueError where the packing is broken."""
        if self._encoding == "deflate" and self._inflater is None and piece:
            # Some servers mean zlib by it, some the bare stream.
            self._inflater = zlib.decompressobj(ZLIB if piece[0] & 0x0F == zlib.DEFLATED else RAW)
        try:
            self._body += self._inflate(piece)
        except zlib.error as error:
            raise ValueError(f"broken packing: {error}") from None
        if len(self._body) > self._largest:
            raise TooLargeError(f"larger than {self._largest} bytes")

    def body(self) -> bytes:
        return bytes(self._body)

    def _inflate(self, piece: bytes) -> bytes:
        if self._inflater is None:
            return piece
        return self._inflater.decompress(piece, self._largest + 1 - len(self._body))
