/** Which links lead to the bot itself, and with what code. */
import { world } from "./world.js";

function address(text) {
  try {
    return new URL(/^[a-z]+:/i.test(text) ? text : `https://${text}`);
  } catch {
    return null;
  }
}

/** The code of a deep link of this bot, from the link or the bare code; "" without one, null if it leads elsewhere. */
export function payloadOf(text) {
  const bare = text.trim();
  if (/^[\w-]{1,64}$/.test(bare)) return bare;
  const url = address(bare);
  if (!url) return null;
  const isTelegram = /^(www\.)?(t|telegram)\.me$/.test(url.hostname);
  const bot =
    url.protocol === "tg:"
      ? url.searchParams.get("domain")
      : isTelegram
        ? url.pathname.slice(1)
        : null;
  if (bot?.toLowerCase() !== world.bot.username.toLowerCase()) return null;
  return url.searchParams.get("start") ?? "";
}

/** Whether a browser may open it. */
export const isSafe = (link) => /^(https?|mailto|tel):/i.test(link);
