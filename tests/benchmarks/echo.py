"""PTB's bare echo, the yardstick: its own loop and handlers, on the transport we use."""

import sys

from telegram import Update
from telegram.ext import Application, ContextTypes, MessageHandler, filters

from bot.channels.telegram import request


async def echo(update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
    assert update.effective_message
    assert update.effective_chat
    text = update.effective_message.text or ""
    await context.bot.send_message(update.effective_chat.id, text)


def main(url: str, concurrent: int) -> None:
    builder = (
        Application.builder()
        .token("1:demo")
        .base_url(f"{url}/bot")
        .base_file_url(f"{url}/file/bot")
        .request(request(max(concurrent, 4)))
        .get_updates_request(request(1))
    )
    if concurrent:
        builder = builder.concurrent_updates(concurrent)
    application = builder.build()
    application.add_handler(MessageHandler(filters.TEXT, echo))
    application.run_polling(poll_interval=0)


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]))
