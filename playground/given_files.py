"""Files as calls bring them: new ones, checked as Telegram checks them, or those it holds, named by id."""

from typing import TYPE_CHECKING

from playground.calls import Call
from playground.files import StoredFile, Upload
from playground.pictures import look_of
from playground.refusals import bad_request, not_built

if TYPE_CHECKING:
    from playground.state import Box

MOST_PHOTO_BYTES = 10_000_000
MOST_FILE_BYTES = 50_000_000


def file_of(box: "Box", call: Call, kind: str, given: str) -> StoredFile:
    """The file a parameter's text names: `attach://part` of the call, or an id Telegram gave."""
    if given.startswith("attach://"):
        upload = call.uploads.get(given.removeprefix("attach://"))
        if upload is None:
            raise bad_request(f"there is no {kind} in the request")
        return box.files.add(kind, _checked(upload, kind, call.method))
    if given.lower().startswith(("http://", "https://")):
        raise not_built(f"{call.method} by URL")
    stored = box.files.find(given)
    if stored is None:
        raise bad_request("wrong file identifier/HTTP URL specified")
    if stored.kind != kind:
        raise bad_request(f"can't use file of type {stored.kind.title()} as {kind.title()}")
    return stored


def _checked(upload: Upload, kind: str, method: str) -> Upload:
    """The file, if Telegram would take it; its type is what its bytes say, where that matters."""
    content = upload.content
    if not content:
        raise bad_request("file must be non-empty")
    if len(content) > (MOST_PHOTO_BYTES if kind == "photo" else MOST_FILE_BYTES):
        raise bad_request("file is too big")
    match kind:
        case "photo":
            return Upload(upload.name, content, _photo_type(content))
        case "voice":
            # Telegram makes a document or an audio file of anything else
            if content[:4] != b"OggS":
                raise not_built(f"{method} with a file that is not OGG")
            return Upload(upload.name, content, "audio/ogg")
        case "sticker":
            if content[:4] != b"RIFF" or content[8:12] != b"WEBP":
                raise not_built(f"{method} with a file that is not WEBP")
            return Upload(upload.name, content, "image/webp")
    return upload


def _photo_type(content: bytes) -> str:
    look = look_of(content)
    if look is None:
        raise bad_request("IMAGE_PROCESS_FAILED")
    short, long = sorted((look.width, look.height))
    if short < 1 or long > 20 * short or short + long > 10_000:
        raise bad_request("PHOTO_INVALID_DIMENSIONS")
    return look.mime_type
