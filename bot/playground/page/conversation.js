/** The messages of one chat, newest below: drawn once, then only added to, redrawn one by one, or taken away. */
import * as clock from "./clock.js";
import { bubble } from "./bubbles.js";
import { el, iconButton } from "./element.js";
import { messagesOf } from "./world.js";
import { say } from "./words.js";

const PAGE = 120; // messages drawn at first, and at each look further back
const TOGETHER = 300; // seconds between messages of one sender that stand together
const NEAR = 80; // pixels from the end that count as at the end
const RESTING = 900; // milliseconds without scrolling after which the day goes back to its place
const FAR = 400; // pixels from the end where a way back is offered

const dayOf = (message) => clock.date(message.date * 1000);

const standTogether = (before, message) =>
  before !== undefined &&
  before.from?.id === message.from?.id &&
  message.date - before.date < TOGETHER &&
  dayOf(before) === dayOf(message);

/** Build the scroll of chat `id`; `own(message)` says whose side it is on, `actOn(message)` what its parts can do. */
export function conversation(id, { own, named, actOn, label }) {
  let earliest = Infinity; // id of the first message drawn
  let stuck = true; // to the end
  let lastTop = 0;
  let resting = null; // the timer of RESTING

  const older = el(
    "button",
    { type: "button", class: "older", onclick: drawEarlier },
    say("earlier"),
  );
  const log = el("div", {
    class: "log",
    role: "log",
    "aria-live": "polite",
    "aria-relevant": "additions",
    "aria-label": label,
    "data-empty": say("empty_chat"),
  });
  const typing = el("div", { class: "typing", hidden: true }, el("i"), el("i"), el("i"));
  const scroll = el("div", { class: "scroll", tabindex: -1 }, older, log, typing);
  const newest = iconButton("down", say("newest"), {
    class: "icon-button newest",
    hidden: true,
    onclick: () => toEnd("smooth"),
  });
  const node = el("div", { class: "middle" }, scroll, newest);

  const find = (message_id) => log.querySelector(`[data-message="${message_id}"]`);
  const below = () => scroll.scrollHeight - scroll.scrollTop - scroll.clientHeight;

  function toEnd(behavior = "instant") {
    scroll.scrollTo({ top: scroll.scrollHeight, behavior });
    newest.hidden = true;
    newest.dataset.waiting = "";
  }

  scroll.addEventListener(
    "scroll",
    () => {
      // Only going up lets go of the end: what was added below meanwhile does not.
      stuck = below() < NEAR || (stuck && scroll.scrollTop >= lastTop);
      lastTop = scroll.scrollTop;
      // While it moves, the day stays in sight at the top.
      scroll.classList.add("moving");
      clearTimeout(resting);
      resting = setTimeout(() => scroll.classList.remove("moving"), RESTING);
      if (stuck) newest.dataset.waiting = "";
      newest.hidden = stuck || (!newest.dataset.waiting && below() < FAR);
    },
    { passive: true },
  );
  // A new message, a picture that arrives late, a composer that grows: the end stays in sight.
  const growth = new ResizeObserver(() => {
    if (stuck) toEnd();
  });
  growth.observe(scroll);
  growth.observe(log);

  const draw = (message) => bubble(message, { own: own(message), named, act: actOn(message) });

  function drawAfter(before, message) {
    const drawn = draw(message);
    if (standTogether(before, message)) drawn.classList.add("again");
    if (before && dayOf(before) === dayOf(message)) return [drawn];
    return [
      el(
        "div",
        { class: "day", "data-day": dayOf(message) },
        el("span", {}, clock.day(message.date * 1000)),
      ),
      drawn,
    ];
  }

  const drawRun = (messages, before) =>
    messages.flatMap((message, place) => drawAfter(place ? messages[place - 1] : before, message));

  function drawAll() {
    const all = [...messagesOf(id).values()];
    const page = all.slice(-PAGE);
    earliest = page[0]?.message_id ?? Infinity;
    older.hidden = all.length <= PAGE;
    log.replaceChildren(...drawRun(page, all.at(-PAGE - 1)));
    stuck = true;
    requestAnimationFrame(() => toEnd());
  }

  function drawEarlier() {
    const all = [...messagesOf(id).values()].filter((message) => message.message_id < earliest);
    const page = all.slice(-PAGE);
    if (!page.length) return;
    const under = scroll.scrollHeight - scroll.scrollTop;
    const firstDay = log.querySelector(".day");
    if (firstDay?.dataset.day === dayOf(page.at(-1))) firstDay.remove();
    log.prepend(...drawRun(page, all.at(-PAGE - 1)));
    earliest = page[0].message_id;
    older.hidden = all.length <= PAGE;
    scroll.scrollTop = scroll.scrollHeight - under;
  }

  /** Add a message at the end, or draw it anew if it is there. */
  function put(message) {
    if (find(message.message_id)) {
      redraw(message);
      return;
    }
    stuck ||= own(message);
    const drawn = log.lastElementChild?.dataset.message;
    log.append(...drawAfter(messagesOf(id).get(Number(drawn)), message));
    if (earliest === Infinity) earliest = message.message_id;
    if (!stuck) {
      newest.hidden = false;
      newest.dataset.waiting = "yes";
    }
  }

  function redraw(message) {
    const drawn = find(message.message_id);
    if (!drawn) return;
    const fresh = draw(message);
    fresh.classList.toggle("again", drawn.classList.contains("again"));
    // The same rows in a new drawing: whoever works by keyboard stays where they were.
    const place = [...drawn.querySelectorAll(".key")].indexOf(document.activeElement);
    drawn.replaceWith(fresh);
    if (place >= 0)
      (fresh.querySelectorAll(".key")[place] ?? fresh.querySelector(".key"))?.focus({
        preventScroll: true,
      });
  }

  function remove(message_ids) {
    for (const message_id of message_ids) find(message_id)?.remove();
    for (const day of log.querySelectorAll(".day"))
      if (!day.nextElementSibling?.dataset.message) day.remove();
  }

  /** Scroll to a message and let it glow; false if it is not in this chat any more. */
  function goTo(message_id) {
    while (earliest > message_id && !older.hidden) drawEarlier();
    const there = find(message_id);
    if (!there) return false;
    there.scrollIntoView({ block: "center", behavior: "smooth" });
    there.classList.remove("found");
    void there.offsetWidth; // so that the glow begins anew
    there.classList.add("found");
    return true;
  }

  function showTyping(shown) {
    typing.hidden = !shown;
    if (shown && stuck) toEnd();
  }

  return { node, drawAll, put, redraw, remove, goTo, showTyping, close: () => growth.disconnect() };
}
