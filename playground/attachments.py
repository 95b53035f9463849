"""What a message holds beside text: files, places, contacts, as the Bot API shows them."""

from typing import Any

from playground.files import Files, Upload
from playground.people import Person
from playground.pictures import look_of
from playground.refusals import PersonRefused
from playground.samples import sample

CAPTIONED = ("photo", "voice", "document")
IN_FILES = (*CAPTIONED, "sticker")
BERLIN = (52.52, 13.405)


def file_body(files: Files, kind: str, file_id: str) -> dict[str, Any]:
    """A stored file as a message holds it: `{"photo": [sizes]}`, `{"document": …}` …"""
    stored = files.get(file_id)
    shown: dict[str, Any] = {
        "file_id": stored.id,
        "file_unique_id": stored.unique_id,
        "file_size": len(stored.content),
    }
    match kind:
        case "photo":
            look = look_of(stored.content)
            return {"photo": [{**shown, "width": look.width, "height": look.height}] if look else []}
        case "sticker":
            form = {"type": "regular", "width": 512, "height": 512, "is_animated": False, "is_video": False}
            return {"sticker": {**shown, **form, "emoji": "👍"}}
        case "voice":
            return {"voice": {**shown, "duration": 1, "mime_type": stored.mime_type}}
        case _:
            return {"document": {**shown, "file_name": stored.name, "mime_type": stored.mime_type}}


def sample_body(
    files: Files,
    person: Person,
    kind: str,
    latitude: float | None,
    longitude: float | None,
    upload: Upload | None = None,
) -> dict[str, Any]:
    """What a person sends: a file as it was given or a sample; a place is in Berlin unless said otherwise."""
    if kind == "location":
        place = {"latitude": latitude, "longitude": longitude}
        return {"location": dict(zip(place, BERLIN, strict=True)) if None in place.values() else place}
    if kind == "contact":
        number = f"+4930{person.id:06}"
        return {"contact": {"phone_number": number, "first_name": person.first_name, "user_id": person.id}}
    if kind not in IN_FILES:
        raise PersonRefused("kind is photo, voice, document, sticker, location or contact.")
    return file_body(files, kind, files.add(kind, upload or sample(kind)).id)


def addresses(files: Files, kind: str, body: dict[str, Any]) -> dict[str, str]:
    """Where the page finds the file of a message, by kind, and a document's name."""
    if kind not in IN_FILES:
        return {}
    item = body[kind][-1] if kind == "photo" else body[kind]
    stored = files.get(item["file_id"])
    return {kind: f"/files/{stored.path}"} | ({"file_name": stored.name} if kind == "document" else {})
