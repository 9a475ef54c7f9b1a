/** One message becomes one bubble. */
import * as clock from "./clock.js";
import { avatar, el, icon, iconButton } from "./element.js";
import { inlineKeyboard } from "./keyboards.js";
import { paint } from "./text.js";
import { fileAddress } from "./wire.js";
import { nameOf } from "./world.js";
import { language, say } from "./words.js";

const OTHERS = [
  "sticker",
  "video_note",
  "poll",
  "dice",
  "venue",
  "game",
  "invoice",
  "story",
  "checklist",
];

/** Write a number of bytes for people. */
export function size(bytes) {
  if (bytes === undefined) return "";
  const step = bytes < 1024 ? 0 : bytes < 1024 ** 2 ? 1 : 2;
  const number = bytes / 1024 ** step;
  return `${number.toLocaleString(language, { maximumFractionDigits: step && number < 100 ? 1 : 0 })} ${["B", "KB", "MB"][step]}`;
}

function enlarge(address, caption) {
  const dialog = el(
    "dialog",
    {
      class: "lightbox",
      "aria-label": say("picture"),
      onclick: () => dialog.close(),
      onclose: () => dialog.remove(),
    },
    el("img", { src: address, alt: caption ?? say("picture") }),
    iconButton("close", say("ok")),
  );
  document.body.append(dialog);
  dialog.showModal();
}

function photo(message) {
  const best = message.photo.reduce((a, b) => (b.width * b.height >= a.width * a.height ? b : a));
  const address = fileAddress(best);
  return el(
    "button",
    { type: "button", class: "photo", onclick: () => enlarge(address, message.caption) },
    el("img", {
      src: address,
      width: best.width,
      height: best.height,
      alt: message.caption ?? say("picture"),
      loading: "lazy",
    }),
  );
}

function tile(file) {
  const name = file.file_name ?? say("document");
  const ending = /\.([a-z0-9]{1,5})$/i.exec(name)?.[1] ?? "";
  return el(
    "a",
    { class: "document", href: fileAddress(file), download: name, title: say("download", name) },
    el(
      "span",
      { class: "document-sign", "data-ending": ending.toLowerCase() },
      icon("file"),
      el("b", {}, ending.toUpperCase()),
    ),
    el(
      "span",
      { class: "document-name" },
      el("span", {}, name),
      el("small", {}, size(file.file_size)),
    ),
  );
}

function media(message) {
  if (message.photo?.length) return photo(message);
  if (message.animation ?? message.video) {
    return el("video", {
      src: fileAddress(message.animation ?? message.video),
      controls: true,
      preload: "metadata",
      class: "video",
    });
  }
  if (message.document) return tile(message.document);
  const sound = message.voice ?? message.audio;
  if (sound) return el("audio", { src: fileAddress(sound), controls: true, preload: "metadata" });
  const { location, contact } = message;
  if (location)
    return el("p", {}, `${say("location")} ${location.latitude}, ${location.longitude}`);
  if (contact) return el("p", {}, `${say("contact")} ${nameOf(contact)} ${contact.phone_number}`);
  const other = OTHERS.find((kind) => kind in message);
  return other ? el("p", { class: "unsupported" }, say("unsupported", other)) : null;
}

/** One line that says what a message is. */
export function summary(message) {
  if (message.text ?? message.caption)
    return (message.text ?? message.caption).replace(/\s+/g, " ").slice(0, 120);
  if (message.photo) return say("picture");
  if (message.document) return message.document.file_name ?? say("document");
  if (message.voice || message.audio) return say("voice");
  if (message.video || message.animation) return say("video");
  return service(message) ?? "";
}

/** What happened, when a message is not speech but an event in the chat. */
function service(message) {
  if (message.pinned_message) return `${sender(message)} ${say("pinned_one")}`;
  if (message.new_chat_members)
    return message.new_chat_members.map((one) => say("joined", nameOf(one))).join("\n");
  if (message.migrate_to_chat_id) return say("grew");
  if (message.left_chat_member) return say("left", nameOf(message.left_chat_member));
  return null;
}

export const sender = (message) =>
  message.from ? nameOf(message.from) : (message.sender_chat?.title ?? message.chat?.title ?? "");

function quote(replied, act) {
  return el(
    "button",
    { type: "button", class: "quote", onclick: () => act.goTo(replied.message_id) },
    el("b", {}, sender(replied)),
    el("span", {}, summary(replied)),
  );
}

function meta(message) {
  const moment = message.date * 1000;
  return el(
    "span",
    { class: "meta" },
    message.has_protected_content
      ? el("span", { class: "protected", title: say("protected") }, icon("lock"))
      : null,
    message.edit_date ? el("span", { class: "edited" }, say("edited")) : null,
    el("time", { datetime: new Date(moment).toISOString() }, clock.hour(moment)),
  );
}

/** Draw a message; `own` puts it on the right, `named` says who wrote it, `act` is what its parts can do. */
export function bubble(message, { own, named, act }) {
  const event = service(message);
  if (event)
    return el("div", { class: "event", "data-message": message.message_id }, el("span", {}, event));
  const text = message.text ?? message.caption;
  const shown = media(message);
  const rows = message.reply_markup?.inline_keyboard;
  /** A finger that rests on a message replies to it, as the button beside it does for a mouse. */
  function hold(event) {
    if (event.pointerType !== "touch") return;
    event.preventDefault();
    act.replyTo(message);
  }

  /** Two quick presses on what one wrote change it, as on Telegram's desktop. */
  const reword = () => act.reword(message);

  const body = el(
    "div",
    { class: "bubble", oncontextmenu: hold, ondblclick: own && message.text ? reword : null },
    named && !own ? el("b", { class: "sender" }, sender(message)) : null,
    message.reply_to_message ? quote(message.reply_to_message, act) : null,
    shown,
    text
      ? el(
          "div",
          { class: "text", dir: "auto" },
          paint(text, message.entities ?? message.caption_entities, act),
          meta(message),
        )
      : meta(message),
  );
  return el(
    "article",
    {
      class: ["message", own ? "own" : "theirs", rows?.length && "keyed", !text && "bare"]
        .filter(Boolean)
        .join(" "),
      "data-message": message.message_id,
      "data-sender": message.from?.id ?? "",
    },
    named && !own ? avatar(message.from?.id ?? message.chat.id, sender(message)) : null,
    el("div", { class: "stack" }, body, rows?.length ? inlineKeyboard(rows, act) : null),
    iconButton("reply", say("reply"), {
      class: "icon-button reply-button",
      onclick: () => act.replyTo(message),
    }),
  );
}
