"""Photos, documents, voice messages and albums, up and down."""

import struct
import zlib
from typing import Any

import pytest

from bot.playground.people import Person
from tests.bot.playground.conftest import TOKEN, Playground

MEGABYTE = 1024 * 1024


def png(width: int = 2, height: int = 2, *, padding: int = 0) -> bytes:
    """Draw a black picture, if need be padded by so many bytes."""

    def chunk(name: bytes, body: bytes) -> bytes:
        check = struct.pack(">I", zlib.crc32(name + body))
        return struct.pack(">I", len(body)) + name + body + check

    header = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    rows = zlib.compress(b"\0" * (width + 1) * height)
    start = b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header)
    return start + chunk(b"IDAT", rows) + chunk(b"IEND", b"") + b"\0" * padding


JPEG_HEAD = bytes.fromhex("ffd8ffe000104a46494600010100000100010000ffc0000b080004000301011100")


def upload(
    playground: Playground, method: str, files: dict[str, tuple[str, bytes]], **form: str
) -> dict[str, Any]:
    answer = playground.http.post(f"/bot{TOKEN}/{method}", data=form, files=files)
    body: dict[str, Any] = answer.json()
    assert answer.status_code == (200 if body["ok"] else body["error_code"])
    return body


def test_a_document_comes_back_as_it_went(playground: Playground, wang: Person) -> None:
    files = {"document": ("識別防控表.docx", b"contents")}
    sent = upload(
        playground,
        "sendDocument",
        files,
        chat_id=str(wang.id),
        caption="<b>表</b>",
        parse_mode="HTML",
    )["result"]
    assert (sent["document"]["file_name"], sent["caption"]) == ("識別防控表.docx", "表")
    stored = playground.result("getFile", file_id=sent["document"]["file_id"])
    assert playground.http.get(f"/file/bot{TOKEN}/{stored['file_path']}").content == b"contents"
    assert playground.http.get(f"/play/file/{stored['file_path']}").content == b"contents"
    assert playground.http.get(f"/play/file/{stored['file_id']}").content == b"contents"
    assert playground.http.get(f"/file/bot2:wrong/{stored['file_path']}").status_code == 401
    assert playground.http.get(f"/file/bot{TOKEN}/../../etc/passwd").status_code == 404


def test_a_file_is_sent_again_by_its_id_but_not_as_another_kind(
    playground: Playground, wang: Person
) -> None:
    files = {"photo": ("圖.png", png(3, 4))}
    sent = upload(playground, "sendPhoto", files, chat_id=str(wang.id))["result"]
    (photo,) = sent["photo"]
    assert (photo["width"], photo["height"]) == (3, 4)
    again = playground.result("sendPhoto", chat_id=wang.id, photo=photo["file_id"])
    assert again["photo"] == sent["photo"]
    said = playground.refusal("sendDocument", chat_id=wang.id, document=photo["file_id"])
    assert said == "400 Bad Request: can't use file of type Photo as Document"
    said = playground.refusal("sendPhoto", chat_id=wang.id, photo="no-such-id")
    assert said == "400 Bad Request: wrong file identifier/HTTP URL specified"


def test_a_jpeg_is_measured(playground: Playground, wang: Person) -> None:
    sent = upload(playground, "sendPhoto", {"photo": ("a.jpg", JPEG_HEAD)}, chat_id=str(wang.id))
    (photo,) = sent["result"]["photo"]
    assert (photo["width"], photo["height"]) == (3, 4)


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"text", "IMAGE_PROCESS_FAILED"),
        (png(100, 1), "PHOTO_INVALID_DIMENSIONS"),
        (
            png(padding=10 * MEGABYTE),
            f"file of size {len(png()) + 10 * MEGABYTE} bytes is too big for a photo; "
            "the maximum size is 10485760 bytes",
        ),
        (b"", "file must be non-empty"),
    ],
)
def test_what_is_no_photo_is_refused(
    playground: Playground, wang: Person, content: bytes, said: str
) -> None:
    body = upload(playground, "sendPhoto", {"photo": ("a.png", content)}, chat_id=str(wang.id))
    assert body["description"] == f"Bad Request: {said}"


def test_downloads_end_at_20_and_uploads_at_50_megabytes(
    playground: Playground, wang: Person
) -> None:
    large = {"document": ("a.zip", b"\0" * (20 * MEGABYTE + 1))}
    sent = upload(playground, "sendDocument", large, chat_id=str(wang.id))["result"]
    said = playground.refusal("getFile", file_id=sent["document"]["file_id"])
    assert said == "400 Bad Request: file is too big"
    larger = {"document": ("a.zip", b"\0" * (50 * MEGABYTE + 1))}
    body = upload(playground, "sendDocument", larger, chat_id=str(wang.id))
    assert (body["error_code"], body["description"]) == (413, "Request Entity Too Large")


def test_an_album_is_sent_whole(playground: Playground, wang: Person) -> None:
    media = (
        '[{"type":"photo","media":"attach://one","caption":"圖"},'
        '{"type":"photo","media":"attach://two"}]'
    )
    files = {"one": ("1.png", png()), "two": ("2.png", png(5, 5))}
    sent = upload(playground, "sendMediaGroup", files, chat_id=str(wang.id), media=media)["result"]
    assert [message.get("caption") for message in sent] == ["圖", None]
    assert len({message["media_group_id"] for message in sent}) == 1


def test_captions_are_measured_and_edited(playground: Playground, wang: Person) -> None:
    files = {"voice": ("a.ogg", b"OggS")}
    asked = {"chat_id": str(wang.id), "duration": "3"}
    body = upload(playground, "sendVoice", files, caption="風" * 1025, **asked)
    assert body["description"] == "Bad Request: message caption is too long"
    sent = upload(playground, "sendVoice", files, caption="風" * 1024, **asked)["result"]
    assert sent["voice"]["duration"] == 3
    place = {"chat_id": wang.id, "message_id": sent["message_id"]}
    assert playground.result("editMessageCaption", caption="清", **place)["caption"] == "清"
    said = playground.refusal("editMessageText", text="清", **place)
    assert said == "400 Bad Request: there is no text in the message to edit"


def test_a_file_nobody_asked_for_is_refused(playground: Playground, wang: Person) -> None:
    files = {"picture": ("a.png", png())}
    body = upload(playground, "sendMessage", files, chat_id=str(wang.id), text="x")
    assert body["description"] == 'Bad Request: unknown parameter "picture" of sendMessage'


def test_a_person_sends_a_photo_and_the_bot_fetches_it(
    playground: Playground, wang: Person
) -> None:
    form = {"person_id": str(wang.id), "chat_id": str(wang.id), "as": "photo", "caption": "現場"}
    answer = playground.http.post(
        "/play/send", data=form, files={"file": ("p.png", png(), "image/png")}
    )
    (update,) = playground.updates()
    assert update["message"] == answer.json()
    assert update["message"]["caption"] == "現場"
    stored = playground.result("getFile", file_id=update["message"]["photo"][-1]["file_id"])
    assert playground.http.get(f"/file/bot{TOKEN}/{stored['file_path']}").content == png()
