/** The buttons of the bot: under a message (inline) and under the composer (reply keyboard). */
import { el, icon } from "./element.js";
import { listen } from "./world.js";
import { say } from "./words.js";

const PATIENCE = 15_000; // milliseconds a pressed button waits for its answer, about Telegram's own

function face(button) {
  if (button.url) return "out";
  if (button.copy_text) return "copy";
  return null;
}

/** Press a callback button: it turns until the bot's answer to this very press arrives. */
async function pressAndWait(node, button, act) {
  if (node.classList.contains("waiting")) return;
  const answered = new Set();
  let wanted = null;
  const rest = () => {
    node.classList.remove("waiting");
    node.removeAttribute("aria-busy");
    stop();
    clearTimeout(timer);
  };
  // The answer may overtake the number it belongs to.
  const stop = listen("alert", ({ query_id }) => {
    answered.add(query_id);
    if (query_id === wanted) rest();
  });
  const timer = setTimeout(() => {
    rest();
    if (node.isConnected) act.notice(say("no_answer"));
  }, PATIENCE);
  node.classList.add("waiting");
  node.setAttribute("aria-busy", "true");
  try {
    wanted = (await act.press(button.callback_data)).query_id;
    if (answered.has(wanted)) rest();
  } catch (error) {
    rest();
    act.refused(error);
  }
}

function pressInline(node, button, act) {
  if (button.callback_data !== undefined) return pressAndWait(node, button, act);
  if (button.url) return act.follow(button.url);
  if (button.copy_text) return act.copy(button.copy_text.text);
  return act.notice(say("not_here"));
}

/** Draw the rows of an inline keyboard. */
export function inlineKeyboard(rows, act) {
  return el(
    "div",
    { class: "inline-keyboard" },
    rows.map((row) =>
      el(
        "div",
        { class: "keys" },
        row.map((button) => {
          const sign = face(button);
          const node = el(
            "button",
            { type: "button", class: "key", onclick: () => pressInline(node, button, act) },
            el("span", {}, button.text),
            sign && icon(sign),
          );
          return node;
        }),
      ),
    ),
  );
}

/** Draw the rows of a reply keyboard. */
export function replyKeyboard(rows, act) {
  return rows.map((row) =>
    el(
      "div",
      { class: "keys" },
      row.map((button) => {
        const text = typeof button === "string" ? button : button.text;
        const special =
          typeof button === "object" &&
          Object.keys(button).some((key) => /^request_|^web_app$/.test(key));
        return el(
          "button",
          {
            type: "button",
            class: "key",
            onclick: () => (special ? act.notice(say("not_here")) : act.say(text)),
          },
          el("span", {}, text),
        );
      }),
    ),
  );
}
