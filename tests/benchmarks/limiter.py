"""A broadcast through PTB's AIORateLimiter, the yardstick: all hear it, /help is answered."""

import asyncio
import sys

from telegram import Update
from telegram.error import TelegramError
from telegram.ext import AIORateLimiter, Application, CommandHandler, ContextTypes

from bot.channels.telegram import request
from tests.benchmarks.bench import FIRST


async def answer(update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
    assert update.effective_chat
    await context.bot.send_message(update.effective_chat.id, "help")


async def speak(context: ContextTypes.DEFAULT_TYPE, people: int) -> None:
    async def one(person: int) -> None:
        try:
            await context.bot.send_message(person, "請各位看一看。")
        except TelegramError:
            return

    await asyncio.gather(*(one(FIRST + number) for number in range(people)))


async def begin(update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
    context.application.create_task(speak(context, int((context.args or ["0"])[0])))


def main(url: str) -> None:
    application = (
        Application.builder()
        .token("1:demo")
        .base_url(f"{url}/bot")
        .request(request(256))
        .get_updates_request(request(1))
        .rate_limiter(AIORateLimiter(overall_max_rate=30, overall_time_period=1, max_retries=3))
        .concurrent_updates(64)
        .build()
    )
    application.add_handler(CommandHandler("help", answer))
    application.add_handler(CommandHandler("begin", begin))
    application.run_polling(poll_interval=0)


if __name__ == "__main__":
    main(sys.argv[1])
