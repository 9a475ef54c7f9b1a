"""A picture marked all over with who looks at it and when, so that a photo of it tells."""

from io import BytesIO

from PIL import Image, ImageDraw

from dialogs.documents.typesetting import font as typeface

EVERY = 5  # marks to the picture's height
STRENGTH = 70  # of 255


def marked(picture: bytes, text: str) -> bytes:
    """Write a text across a picture that we drew ourselves."""
    with Image.open(BytesIO(picture)) as opened:
        seen = opened.convert("RGBA")
    layer = Image.new("RGBA", seen.size, (255, 255, 255, 0))
    drawing = ImageDraw.Draw(layer)
    step = max(40, seen.height // EVERY)
    font = typeface(max(14, step // 5))
    for row, top in enumerate(range(0, seen.height, step)):
        for left in range(-(row % 2) * seen.width // 4, seen.width, max(200, seen.width // 2)):
            drawing.text((left, top + 2), text, font=font, fill=(0, 0, 0, STRENGTH))
            drawing.text((left, top), text, font=font, fill=(255, 255, 255, STRENGTH))
    whole = Image.alpha_composite(seen, layer).convert("RGB")
    written = BytesIO()
    whole.save(written, "JPEG", quality=85)
    return written.getvalue()
