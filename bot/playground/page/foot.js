/** What stands at the foot of a phone: the composer, or why nothing can be written and the way on. */
import { el } from "./element.js";
import { world } from "./world.js";
import { say } from "./words.js";

const hint = (text) => el("p", { class: "hint" }, text);
const wide = (role, onclick) =>
  el("button", { type: "button", class: "primary wide", "data-role": role, onclick }, say(role));

/** Build the foot around a composer; `act` has start() and unblock(). */
export function footOf(composer, act) {
  const node = el("div", { class: "foot" });

  const STATES = {
    channel: () => [hint(say("read_only"))],
    nobody: () => [hint(say("no_members"))],
    blocked: () => [hint(say("blocked")), wide("unblock", act.unblock)],
    fresh: () => [hint(say("start_hint", world.bot.first_name)), wide("start", act.start)],
    open: () => [composer.form],
  };

  function draw(state) {
    if (node.dataset.state === state) return;
    const held = node.contains(document.activeElement);
    node.dataset.state = state;
    node.replaceChildren(...STATES[state]());
    composer.fit();
    if (held) focus();
  }

  function focus() {
    node.querySelector("textarea, .primary")?.focus({ preventScroll: true });
  }

  return { node, draw, focus, isOpen: () => node.dataset.state === "open" };
}
