/** What is said for a moment: toasts, and the box that waits for "OK". */
import { el } from "./element.js";
import { Refusal } from "./wire.js";
import { say } from "./words.js";

const LASTS = 4_000; // milliseconds; a refusal stays twice as long

/** A place for toasts: notice(text) shows one, attempt(promise) shows why the playground refused. */
export function noticeBoard(attributes = {}) {
  const node = el("div", {
    class: "notices",
    role: "status",
    "aria-live": "polite",
    ...attributes,
  });

  function notice(text, tone = "") {
    const toast = el("p", { class: `toast ${tone}`, "data-role": "toast" }, text);
    node.append(toast);
    setTimeout(() => toast.remove(), tone === "error" ? 2 * LASTS : LASTS);
  }

  /** Show a refusal; anything else is a fault of the page and goes on. */
  function refused(error) {
    if (!(error instanceof Refusal)) throw error;
    notice(error.message, "error");
  }

  /** Wait for an answer; null if it was refused. */
  async function attempt(promise) {
    try {
      return await promise;
    } catch (error) {
      refused(error);
      return null;
    }
  }

  return { node, notice, refused, attempt };
}

/** Cover `place` with a text until it is acknowledged. */
export function alertBox(place, text) {
  const before = document.activeElement;
  const ok = el("button", { type: "button", class: "primary", onclick: close }, say("ok"));
  const veil = el(
    "div",
    { class: "alert-veil", onkeydown: key },
    el(
      "div",
      {
        class: "alert",
        role: "alertdialog",
        "aria-modal": "true",
        "aria-label": text,
        "data-role": "alert",
      },
      el("p", {}, text),
      ok,
    ),
  );

  function key(event) {
    if (event.key === "Escape") close();
    if (event.key === "Tab") {
      event.preventDefault();
      ok.focus();
    }
  }

  function close() {
    veil.remove();
    if (before?.isConnected) before.focus();
  }

  place.append(veil);
  ok.focus();
}
