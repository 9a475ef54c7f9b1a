"""The program: `qingfeng`, or `python -m bot`."""

import gc

gc.disable()  # all that is read in stays; looking through it time and again is a fifth of a start

from bot.commands import main  # noqa: E402 - the line above is what this file is for

gc.freeze()
gc.enable()

if __name__ == "__main__":
    main()
