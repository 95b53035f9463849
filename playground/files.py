"""Files that were sent, as Telegram keeps them."""

import base64
import hashlib
from dataclasses import dataclass

FOLDERS = {"photo": "photos", "document": "documents", "voice": "voice", "sticker": "stickers"}
PREFIXES = {"photo": "AgAC", "document": "BQAC", "voice": "AwAC", "sticker": "CAAC"}


@dataclass(frozen=True)
class Upload:
    """A file as it arrives with a call."""

    name: str
    content: bytes
    mime_type: str = "application/octet-stream"


@dataclass(frozen=True)
class StoredFile:
    """A file Telegram holds; `id` is what bots send it again by, `path` where they download it."""

    id: str
    unique_id: str
    kind: str
    path: str
    name: str
    mime_type: str
    content: bytes


class Files:
    """Every file sent, by id, by unique id and by path."""

    def __init__(self) -> None:
        self._by_id: dict[str, StoredFile] = {}

    def add(self, kind: str, upload: Upload) -> StoredFile:
        """Keeps the file; the same content sent again as the same kind is the same file."""
        digest = hashlib.sha256(kind.encode() + upload.content).digest()
        unique = base64.urlsafe_b64encode(digest[:9]).decode()
        file_id = PREFIXES[kind] + base64.urlsafe_b64encode(
            digest[:18] + upload.name.encode()
        ).decode().rstrip("=")
        if file_id not in self._by_id:
            suffix = "." + upload.name.rpartition(".")[2] if "." in upload.name else ""
            suffix = suffix if suffix[1:].isalnum() and suffix.isascii() else ""
            path = f"{FOLDERS[kind]}/file_{len(self._by_id)}{suffix}"
            self._by_id[file_id] = StoredFile(
                file_id, unique, kind, path, upload.name, upload.mime_type, upload.content
            )
        return self._by_id[file_id]

    def find(self, file_id: str) -> StoredFile | None:
        return self._by_id.get(file_id)

    def get(self, file_id: str) -> StoredFile:
        return self._by_id[file_id]

    def at(self, path: str) -> StoredFile | None:
        return next((file for file in self._by_id.values() if file.path == path), None)
