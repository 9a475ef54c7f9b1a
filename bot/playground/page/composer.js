/** Where a person writes; what is typed survives refusals, closing the phone, and reloads. */
import { completion } from "./completion.js";
import { el, iconButton } from "./element.js";
import { enclosure } from "./enclosure.js";
import { replyKeyboard } from "./keyboards.js";
import { listen, world } from "./world.js";
import { say } from "./words.js";

const TALLEST = 160; // pixels the text may take

/** Text typed and not yet sent, by chat. */
const drafts = {
  read: (chat_id) => sessionStorage.getItem(`playground.draft.${chat_id}`) ?? "",
  keep: (chat_id, text) =>
    text
      ? sessionStorage.setItem(`playground.draft.${chat_id}`, text)
      : sessionStorage.removeItem(`playground.draft.${chat_id}`),
};

/** Build the composer of a chat; `act.send({text, reply_to, attachment})` resolves when it is sent. */
export function composer(chat_id, act) {
  let keyboard = null; // the reply keyboard in force
  let known = []; // commands the bot offers here

  const area = el("textarea", { rows: 1, "aria-label": say("message"), enterkeyhint: "send" });
  const enclosed = enclosure(() => {
    fit();
    area.focus();
  });
  const commands = completion(area, () => known, sendCommand);
  const keys = el("div", { class: "reply-keyboard", hidden: true });
  const sendButton = iconButton("send", say("send"), {
    type: "submit",
    class: "icon-button send",
    "data-role": "send",
  });
  const keyboardButton = iconButton("keyboard", say("keyboard"), {
    hidden: true,
    onclick: toggleKeys,
  });
  const commandButton = iconButton("slash", say("commands"), {
    hidden: true,
    onclick: toggleCommands,
  });
  const { bar, button, input } = enclosed;
  const form = el(
    "form",
    { class: "composer", "data-role": "composer", onsubmit: submit },
    ...[commands.list, bar],
    el("div", { class: "line" }, button, area, commandButton, keyboardButton, sendButton),
    ...[keys, input],
  );

  function toggleKeys() {
    keys.hidden = !keys.hidden;
  }

  function toggleCommands() {
    commands.toggle();
    area.focus();
  }

  /** Let the field, its hint and the button follow what is written. */
  function fit(text = area.value) {
    if (area.value !== text) area.value = text;
    drafts.keep(chat_id, text);
    const hint = keyboard?.input_field_placeholder ?? say("message");
    area.placeholder = enclosed.hasFile() ? say("caption") : hint;
    area.style.height = "auto";
    if (area.isConnected) area.style.height = `${Math.min(area.scrollHeight, TALLEST)}px`;
    sendButton.classList.toggle("ready", Boolean(text.trim() || enclosed.hasFile()));
  }

  /** Send; on refusal everything comes back, before what was typed meanwhile. */
  async function deliver(words) {
    if (keyboard?.one_time_keyboard) keys.hidden = true; // one tap brings it back
    try {
      await act.send(words);
    } catch (error) {
      enclosed.putBack(words);
      fit([words.text, area.value].filter(Boolean).join("\n"));
      act.refused(error);
    }
  }

  function submit(event) {
    event?.preventDefault();
    const text = area.value.trim();
    if (!text && !enclosed.hasFile()) return;
    const { attachment, replied } = enclosed.take();
    commands.close();
    fit("");
    deliver({ text, attachment, replied, reply_to: replied?.message_id });
  }

  function sendCommand(command) {
    commands.close();
    if (area.value.startsWith("/")) fit("");
    deliver({ text: `/${command}` });
  }

  function type(event) {
    if (event.isComposing || event.keyCode === 229) return; // Enter then chooses a Chinese word
    if (commands.key(event)) return;
    if (event.key === "Enter" && !event.shiftKey) submit(event);
    if (event.key === "Escape" && enclosed.hasReply()) enclosed.replyTo(null);
  }

  area.addEventListener("keydown", type);
  area.addEventListener("paste", enclosed.paste);
  area.addEventListener("input", () => {
    fit();
    commands.look();
  });
  form.addEventListener("focusout", (event) => {
    if (!form.contains(event.relatedTarget)) commands.close();
  });

  /** Show the reply keyboard the bot's last word asks for, or none. */
  function show(markup, { used = false } = {}) {
    keyboard = markup?.keyboard ? markup : null;
    const speak = { ...act, say: (text) => deliver({ text }) };
    keys.replaceChildren(...(keyboard ? replyKeyboard(keyboard.keyboard, speak) : []));
    keys.hidden = !keyboard || (used && keyboard.one_time_keyboard === true);
    keyboardButton.hidden = !keyboard;
    fit();
  }

  /** Learn which commands this person is offered here; the bot may offer each another choice. */
  async function learnCommands() {
    known = await act.commands().catch(() => world.bot.commands);
    commandButton.hidden = !known.length;
  }

  fit(drafts.read(chat_id));
  return {
    ...{ form, show, learnCommands, fit: () => fit(), close: listen("commands", learnCommands) },
    replyTo: enclosed.replyTo,
    acceptDrops: enclosed.acceptDrops,
  };
}
