"""A picture drawn anew in a process of its own, which may compute a little and nothing else.

`python -m storage.cleaning SIDE PIXELS SECONDS BYTES` reads a picture from its input and writes a
JPEG of nothing but what is seen. Whoever crafts a picture to break its reader breaks this process,
which has no environment, can open neither a file nor a connection, and soon ends.
"""

import resource
import sys
import warnings
from io import BytesIO

from PIL import (  # all that reading may need, for nothing can be loaded later
    Image,
    ImageOps,
    JpegImagePlugin,
    MpoImagePlugin,
    PngImagePlugin,
    TiffImagePlugin,
    WebPImagePlugin,
)

QUALITY = 88
READ = tuple(  # what the library may take a picture for
    plugin.format
    for plugin in (
        JpegImagePlugin.JpegImageFile,
        PngImagePlugin.PngImageFile,
        WebPImagePlugin.WebPImageFile,
    )
)
WITHIN = (MpoImagePlugin, TiffImagePlugin)  # several pictures in a JPEG; what a camera wrote in it


def confine(seconds: int, memory: int) -> None:
    """Give up, for good, all that drawing a picture does not need."""
    for what, most in (
        (resource.RLIMIT_CPU, seconds),
        (resource.RLIMIT_AS, memory),
        (resource.RLIMIT_NOFILE, 0),  # none beyond what is open: no key to read, nobody to tell
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_NPROC, 0),
        (resource.RLIMIT_CORE, 0),
    ):
        resource.setrlimit(what, (most, most))


def drawn_anew(content: bytes, *, side: int, pixels: int) -> bytes:
    """Draw what a picture shows, upright and at most so large, on a new sheet."""
    Image.MAX_IMAGE_PIXELS = pixels
    warnings.simplefilter("error", Image.DecompressionBombWarning)
    with Image.open(BytesIO(content), formats=READ) as picture:
        picture.draft("RGB", (side, side))  # a JPEG is never unfolded further than is needed
        picture.thumbnail((side, side))
        upright = ImageOps.exif_transpose(picture)
        shown = upright.convert("RGBA") if upright.has_transparency_data else upright.convert("RGB")
    sheet = Image.new("RGB", shown.size, "white")
    sheet.paste(shown, mask=shown if shown.mode == "RGBA" else None)
    written = BytesIO()
    sheet.save(written, "JPEG", quality=QUALITY)
    return written.getvalue()


def main() -> None:
    """Read a picture, write it anew."""
    side, pixels, seconds, memory = (int(argument) for argument in sys.argv[1:])
    content = sys.stdin.buffer.read()
    Image.preinit()
    confine(seconds, memory)
    sys.stdout.buffer.write(drawn_anew(content, side=side, pixels=pixels))


if __name__ == "__main__":
    main()
