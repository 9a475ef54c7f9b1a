/** A phone: one person's conversation with the bot, or a group or channel seen by one of its people. */
import { summary } from "./bubbles.js";
import { composer } from "./composer.js";
import { conversation } from "./conversation.js";
import { avatar, el, icon, iconButton, menu } from "./element.js";
import { linkField, waitingLink, waitingPayload } from "./deeplink.js";
import { footOf } from "./foot.js";
import { isSafe, payloadOf } from "./links.js";
import { alertBox, noticeBoard } from "./notices.js";
import * as wire from "./wire.js";
import { listen, markRead, messagesOf, titleOf, world } from "./world.js";
import { say } from "./words.js";

const TYPING = 5_000; // milliseconds a chat action lasts, as Telegram says

/** In which chat each person pressed a button last: there the bot's answer is shown. */
const pressedIn = new Map();

/** The keyboard a message of the bot shows or takes away; undefined if it says nothing about it. */
function keyboardOf({ reply_markup: markup }) {
  return markup && (markup.keyboard || markup.remove_keyboard || markup.force_reply)
    ? markup
    : undefined;
}

/** Build the phone showing chat `id`; `desk` knows open(id), close(id), clear() and used(id). */
export function phone(id, desk) {
  const isPrivate = world.people.has(id);
  const isChannel = world.chats.get(id)?.type === "channel";
  const { node: notices, notice, refused, attempt } = noticeBoard();
  let speaker = isPrivate ? id : undefined;
  let typingEnds = null;

  const person = () => world.people.get(id);
  const members = () => world.chats.get(id)?.member_ids ?? [];
  const own = (message) => !isChannel && message.from?.id === speaker;
  const start = (payload) => attempt(wire.start(speaker, payload));

  const act = {
    notice,
    refused,
    say: (text) => attempt(wire.send({ person_id: speaker, chat_id: id, text })),
    send: (words) => wire.send({ person_id: speaker, chat_id: id, ...words }),
    commands: () => wire.readCommands(speaker, id),
    replyTo: (message) => {
      if (foot.isOpen()) write.replyTo(message);
    },
    reword: (message) => {
      const text = window.prompt(say("reword"), message.text)?.trim();
      if (text && text !== message.text)
        attempt(wire.reword(speaker, id, message.message_id, text));
    },
    goTo: (message_id) => {
      if (!talk.goTo(message_id)) notice(say("gone"));
    },
    async copy(text) {
      try {
        await navigator.clipboard.writeText(text);
        notice(say("copied"));
      } catch {
        notice(text);
      }
    },
    async follow(address) {
      const payload = /^[\w-]+$/.test(address) ? null : payloadOf(address);
      if (payload !== null && speaker !== undefined) {
        if ((await start(payload)) && !isPrivate) desk.open(speaker);
      } else if (isSafe(address)) window.open(address, "_blank", "noopener,noreferrer");
      else notice(say("bad_link"));
    },
  };
  const actOn = (message) => ({
    ...act,
    press(data) {
      pressedIn.set(speaker, id);
      return wire.press(speaker, id, message.message_id, data);
    },
  });

  const talk = conversation(id, {
    own,
    named: !isPrivate,
    actOn,
    label: say("phone_of", titleOf(id)),
  });
  const write = composer(id, act);
  const link = linkField(start, notice);
  const seen = () => {
    if (document.visibilityState === "visible") markRead(id);
  };

  // ---- header, bars, and what stands at the foot
  const title = el("h2", {});
  const note = el("span", { class: "note" });
  const status = el("span", { class: "status", "data-role": "status" });
  const pinned = el("button", {
    type: "button",
    class: "pinned",
    "data-role": "pinned",
    hidden: true,
    title: say("go_to_pinned"),
    onclick: () => act.goTo(world.pinned.get(id)),
  });
  const waiting = waitingLink(start);
  const foot = footOf(write, {
    start: () => start(),
    unblock: () => attempt(wire.block(id, false)),
  });

  function state() {
    if (isChannel) return "channel";
    if (!isPrivate) return speaker === undefined ? "nobody" : "open";
    if (person().blocked) return "blocked";
    return person().started ? "open" : "fresh";
  }

  function subtitle() {
    if (isPrivate) return say("chat_with", world.bot.first_name);
    const kind = say(isChannel ? "channel" : "group");
    return members().length ? `${kind} · ${say("members", members().length)}` : kind;
  }

  function drawFrame() {
    title.textContent = titleOf(id);
    note.textContent = isPrivate ? person().note : "";
    if (!typingEnds) status.textContent = subtitle();
    const top = messagesOf(id).get(world.pinned.get(id));
    pinned.hidden = !top;
    if (top)
      pinned.replaceChildren(
        icon("pin"),
        el("span", {}, el("b", {}, say("pinned")), el("span", {}, summary(top))),
      );
    waiting.draw(person());
    foot.draw(state());
  }

  function setTyping(action) {
    clearTimeout(typingEnds);
    typingEnds = action ? setTimeout(() => setTyping(null), TYPING) : null;
    talk.showTyping(Boolean(action));
    status.textContent = action
      ? say(/^(upload|record)/.test(action) ? "uploading" : "typing")
      : subtitle();
  }

  function drawKeyboard() {
    const all = [...messagesOf(id).values()];
    const place = all.findLastIndex((message) => !own(message) && keyboardOf(message));
    write.show(place < 0 ? null : keyboardOf(all[place]), { used: all.slice(place + 1).some(own) });
  }

  // ---- who speaks, in a group or channel
  const voices = el("select", {
    "aria-label": say("speak_as"),
    onchange: () => {
      speaker = Number(voices.value);
      drawAll();
    },
  });
  function drawVoices() {
    if (isPrivate) return;
    const known = members().filter((one) => world.people.has(one));
    const able = known.length || !isChannel ? known : [...world.people.keys()];
    if (!able.includes(speaker)) [speaker] = able;
    voices.replaceChildren(
      ...able.map((one) => el("option", { value: one, selected: one === speaker }, titleOf(one))),
    );
  }

  function choices() {
    const payload = waitingPayload(person());
    const { blocked } = person();
    return [
      ...(payload ? [[say("open_waiting"), () => start(payload)]] : []),
      [say("open_link"), link.show],
      [say(blocked ? "unblock" : "block"), () => attempt(wire.block(id, !blocked))],
    ];
  }

  function drawAll() {
    if (speaker !== undefined) write.learnCommands();
    talk.drawAll();
    drawKeyboard();
    drawFrame();
  }

  // ---- what happens
  function receive(message) {
    talk.put(message);
    if (!own(message)) setTyping(null);
    const markup = own(message) ? undefined : keyboardOf(message);
    if (markup) write.show(markup);
    if (markup?.force_reply) write.replyTo(message);
    drawFrame();
    seen();
  }

  const here = (handle) => (event) => {
    if (event.chat_id === id) handle(event);
  };
  const stops = [
    listen(
      "message",
      here(({ message }) => receive(message)),
    ),
    listen(
      "edited",
      here(({ message }) => {
        talk.redraw(message);
        drawFrame();
      }),
    ),
    listen(
      "deleted",
      here(({ message_ids }) => {
        talk.remove(message_ids);
        drawFrame();
      }),
    ),
    listen("pinned", here(drawFrame)),
    listen(
      "typing",
      here(({ action }) => setTyping(action)),
    ),
    listen("person", (event) => {
      if (event.person.id === id) drawFrame();
    }),
    listen("chat", (event) => {
      if (event.chat.id === id) {
        drawVoices();
        drawFrame();
      }
    }),
    listen("alert", ({ person_id, text, show_alert }) => {
      if (!text || person_id !== speaker || (pressedIn.get(person_id) ?? person_id) !== id) return;
      if (show_alert) alertBox(node, text);
      else notice(text);
    }),
    write.close,
    talk.close,
    () => document.removeEventListener("visibilitychange", seen),
  ];
  document.addEventListener("visibilitychange", seen);

  talk.node.append(notices);
  const node = el(
    "section",
    { class: "phone", "data-phone": id, "aria-label": say("phone_of", titleOf(id)), tabindex: -1 },
    el(
      "header",
      {},
      iconButton("back", say("back"), {
        class: "icon-button only-narrow",
        "data-role": "back",
        onclick: () => desk.clear(),
      }),
      avatar(id, titleOf(id)),
      el("div", { class: "who" }, el("div", { class: "name" }, title, note), status),
      isPrivate ? menu(icon("menu"), say("more"), choices, { "data-role": "menu" }) : null,
      iconButton("close", say("close_phone", titleOf(id)), {
        class: "icon-button only-wide",
        "data-role": "close",
        onclick: () => desk.close(id),
      }),
    ),
    isPrivate ? null : el("label", { class: "speaker" }, el("span", {}, say("speak_as")), voices),
    link.form,
    pinned,
    talk.node,
    waiting.node,
    foot.node,
  );
  node.addEventListener("focusin", () => desk.used(id));
  node.addEventListener("pointerdown", () => desk.used(id));
  write.acceptDrops(node, foot.isOpen);

  function close() {
    clearTimeout(typingEnds);
    for (const stop of stops) stop();
    node.remove();
  }

  drawVoices();
  drawAll();
  seen();
  return { node, focus: foot.focus, close };
}
