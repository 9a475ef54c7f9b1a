/** The desk: the list at the left, up to four phones side by side; the address remembers which are open. */
import { el } from "./element.js";
import { noticeBoard } from "./notices.js";
import { peopleList } from "./people.js";
import { phone } from "./phone.js";
import { topBar } from "./top.js";
import { attend, listen, nameOf, world } from "./world.js";
import { language, say } from "./words.js";

const MOST = 4;
const narrow = matchMedia("(max-width: 760px)");
const phones = new Map(); // chat id -> phone, the one unused longest first
let order = []; // chat ids from left to right

document.documentElement.lang = language;
document.title = say("title");

const { node: notices, notice, attempt } = noticeBoard({ class: "notices page-notices" });
const connection = el("p", { class: "connection", role: "alert", hidden: true }, say("lost"));

const known = (id) =>
  world.people.has(id) || (world.chats.has(id) && world.chats.get(id).type !== "private");
const readAddress = () =>
  [...new Set(location.hash.slice(1).split(",").map(Number))]
    .filter(known)
    .slice(narrow.matches ? -1 : -MOST);

function writeAddress() {
  const wanted = order.length ? `#${order.join(",")}` : location.pathname + location.search;
  if (location.hash === (order.length ? wanted : "")) return;
  // On a phone the browser's own "back" leads back to the list.
  if (narrow.matches && order.length) history.pushState({ fromList: true }, "", wanted);
  else history.replaceState(null, "", wanted);
}

const desk = {
  isOpen: (id) => phones.has(id),

  open(id) {
    if (!known(id)) return;
    if (!phones.has(id)) {
      if (narrow.matches) for (const other of [...order]) putAway(other);
      while (phones.size >= MOST) {
        putAway(phones.keys().next().value);
        notice(say("too_many"));
      }
      take(id);
      settle();
    }
    desk.used(id);
    phones.get(id).node.scrollIntoView({ inline: "nearest", block: "nearest" });
    if (!matchMedia("(pointer: coarse)").matches) phones.get(id).focus();
  },

  close(id) {
    putAway(id);
    settle();
    list.node
      .querySelector(`[data-person="${id}"], [data-chat="${id}"]`)
      ?.focus({ preventScroll: true });
  },

  /** Back to the list, the same way the browser's own "back" goes. */
  clear() {
    if (history.state?.fromList) {
      history.back();
      return;
    }
    for (const id of [...order]) putAway(id);
    settle();
  },

  used(id) {
    const one = phones.get(id);
    if (!one) return;
    phones.delete(id);
    phones.set(id, one);
    for (const [other, { node }] of phones) node.classList.toggle("in-hand", other === id);
  },
};

function take(id) {
  const one = phone(id, desk);
  phones.set(id, one);
  order.push(id);
  table.append(one.node);
  desk.used(id);
}

function putAway(id) {
  phones.get(id)?.close();
  phones.delete(id);
  order = order.filter((other) => other !== id);
}

function settle() {
  document.body.classList.toggle("has-phones", order.length > 0);
  welcome.hidden = order.length > 0;
  writeAddress();
  list.drawOpen();
}

function layOut() {
  for (const id of [...order]) putAway(id);
  for (const id of readAddress()) take(id);
  settle();
}

const suggestions = el("div", { class: "suggestions" });
const welcome = el(
  "div",
  { class: "welcome" },
  el("img", { src: "static/icon.svg", alt: "", width: 56, height: 56 }),
  el("h2", {}, say("welcome")),
  [1, 2, 3, 4].map((line) => el("p", {}, say(`welcome_${line}`))),
  suggestions,
);
function suggest() {
  const everybody = [...world.people.values()];
  const meant = everybody.filter((person) => person.tries);
  const first = meant.length ? meant : everybody.filter((person) => person.note).slice(0, 4);
  suggestions.replaceChildren(
    ...(first.length
      ? [
          el("p", { class: "hint" }, say("begin_with")),
          el(
            "div",
            { class: "choices" },
            first.map((person) =>
              el(
                "button",
                { type: "button", onclick: () => desk.open(person.id) },
                el("b", {}, nameOf(person)),
                el("span", {}, person.note),
                person.tries ? el("span", { class: "tries" }, say("tries", person.tries)) : null,
              ),
            ),
          ),
        ]
      : []),
  );
}

const list = peopleList(desk);
const table = el("main", { class: "table" }, welcome);
document.body.append(
  topBar({ notice, attempt }),
  connection,
  el("div", { class: "desk" }, list.node, table),
  notices,
);

listen("reset", () => {
  suggest();
  layOut();
});
listen("connection", (held) => {
  connection.hidden = held;
});
// Going back and forth, and addresses typed by hand.
addEventListener("popstate", () => {
  if (world.bot && readAddress().join() !== order.join()) layOut();
});
attend();
