/** The list on the left: everyone with a phone, groups and channels, what is unread, and the search. */
import * as clock from "./clock.js";
import { summary } from "./bubbles.js";
import { waitingPayload } from "./deeplink.js";
import { avatar, el, icon, iconButton } from "./element.js";
import { askForPerson } from "./newcomer.js";
import { lastOf, listen, nameOf, world } from "./world.js";
import { say } from "./words.js";

/** Build the list; `desk.open(id)` takes up a phone, `desk.isOpen(id)` says whether it lies on the desk. */
export function peopleList(desk) {
  const entries = new Map();
  let only = "all";

  const search = el("input", {
    type: "search",
    placeholder: say("search"),
    "aria-label": say("search"),
    "data-role": "search",
    oninput: sift,
  });
  const filters = ["all", "unread"].map((name) =>
    el(
      "button",
      {
        type: "button",
        class: "filter",
        "data-filter": name,
        "aria-pressed": String(name === only),
        onclick: () => choose(name),
      },
      say(name),
      name === "unread" ? el("span", { class: "count" }) : null,
    ),
  );
  const groupHeading = el("h2", {}, say("groups"));
  const groups = el("ul", { class: "entries" });
  const personHeading = el("h2", {}, say("people"));
  const people = el("ul", { class: "entries" });
  const nobody = el("p", { class: "hint", hidden: true });

  function choose(name) {
    only = name;
    for (const filter of filters)
      filter.setAttribute("aria-pressed", String(filter.dataset.filter === only));
    sift();
  }

  function sift() {
    const words = search.value.toLowerCase().split(/\s+/).filter(Boolean);
    let shown = 0;
    for (const entry of entries.values()) {
      const fits =
        words.every((word) => entry.words.includes(word)) &&
        (only === "all" || entry.unread > 0 || desk.isOpen(entry.id));
      entry.node.hidden = !fits;
      shown += fits;
    }
    nobody.hidden = shown > 0;
    nobody.textContent = only === "unread" && !words.length ? say("nothing_unread") : say("nobody");
    groupHeading.hidden = ![...groups.children].some((one) => !one.hidden);
    personHeading.hidden = ![...people.children].some((one) => !one.hidden);
  }

  function entryOf(id) {
    const face = el("span", { class: "face" });
    const name = el("span", { class: "name" });
    const note = el("span", { class: "note" });
    const last = el("span", { class: "last" });
    const time = el("time", {});
    const badge = el("span", { class: "badge" });
    const kind = world.people.has(id) ? { "data-person": id } : { "data-chat": id };
    const button = el(
      "button",
      { type: "button", class: "entry", ...kind, onclick: () => desk.open(id) },
      face,
      el(
        "span",
        { class: "entry-text" },
        el("span", { class: "entry-line" }, name, time),
        el("span", { class: "entry-line" }, note, badge),
        last,
      ),
    );
    const entry = {
      id,
      node: el("li", {}, button),
      button,
      face,
      name,
      note,
      last,
      time,
      badge,
      words: "",
      unread: 0,
    };
    entries.set(id, entry);
    (world.people.has(id) ? people : groups).append(entry.node);
    return entry;
  }

  function drawName(id) {
    const entry = entries.get(id) ?? entryOf(id);
    const person = world.people.get(id);
    const chat = world.chats.get(id);
    const name = person ? nameOf(person) : (chat.title ?? String(id));
    const invited = waitingPayload(person) ? say("invited") : "";
    const note = person
      ? [person.note, invited].filter(Boolean).join("　")
      : say(chat.type === "channel" ? "channel" : "group");
    entry.words = `${name} ${note} ${person?.username ?? chat?.username ?? ""} ${id}`.toLowerCase();
    entry.name.textContent = name;
    entry.note.textContent = note;
    entry.face.replaceChildren(avatar(id, name));
    entry.button.classList.toggle("silent", person ? !person.started : false);
    entry.button.classList.toggle("blocked", Boolean(person?.blocked));
  }

  function drawNews(id) {
    const entry = entries.get(id);
    if (!entry) return;
    const last = lastOf(id);
    entry.unread = world.unread.get(id) ?? 0;
    entry.last.textContent = last ? summary(last) : "";
    entry.time.textContent = last ? clock.brief(last.date * 1000) : "";
    entry.badge.textContent = entry.unread || "";
    entry.badge.setAttribute("aria-label", entry.unread ? say("unread_count", entry.unread) : "");
    if (only === "unread") sift();
    drawCount();
  }

  const count = filters[1].querySelector(".count");
  function drawCount() {
    count.textContent = world.unread.size || "";
  }

  function drawOpen() {
    for (const entry of entries.values()) {
      if (desk.isOpen(entry.id)) entry.button.setAttribute("aria-current", "true");
      else entry.button.removeAttribute("aria-current");
    }
  }

  function drawAll() {
    entries.clear();
    groups.replaceChildren();
    people.replaceChildren();
    for (const chat of world.chats.values())
      if (chat.type !== "private") {
        drawName(chat.id);
        drawNews(chat.id);
      }
    for (const id of world.people.keys()) {
      drawName(id);
      drawNews(id);
    }
    sift();
    drawOpen();
  }

  // A broadcast to many is drawn once a frame, each entry at most once.
  const stale = new Set();
  function later({ chat_id }) {
    if (!stale.size)
      requestAnimationFrame(() => {
        for (const id of stale) drawNews(id);
        stale.clear();
      });
    stale.add(chat_id);
  }

  listen("reset", drawAll);
  for (const kind of ["message", "edited", "deleted"]) listen(kind, later);
  listen("unread", drawNews);
  listen("person", ({ person }) => {
    drawName(person.id);
    drawNews(person.id);
    sift();
  });
  listen("chat", ({ chat }) => {
    if (chat.type !== "private") {
      drawName(chat.id);
      drawNews(chat.id);
      sift();
    }
  });
  listen("clock", () => {
    for (const id of entries.keys()) drawNews(id);
  });

  search.addEventListener("keydown", (event) => {
    const first = [...entries.values()].find(
      (entry) => !entry.node.hidden && !entry.button.hasAttribute("aria-current"),
    );
    if (event.key === "Enter" && search.value.trim() && first) first.button.click();
    if (event.key === "Escape") {
      search.value = "";
      sift();
    }
  });

  const node = el(
    "nav",
    { class: "people", "aria-label": say("people") },
    el(
      "div",
      { class: "people-head" },
      el("div", { class: "search" }, icon("search"), search),
      iconButton("add", say("add_person"), {
        "data-role": "add-person",
        onclick: () => askForPerson(desk.open),
      }),
    ),
    el("div", { class: "filters" }, filters),
    el("div", { class: "lists" }, groupHeading, groups, personHeading, people, nobody),
  );
  return { node, drawOpen };
}
