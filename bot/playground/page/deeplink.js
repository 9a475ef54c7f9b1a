/** The ways to follow a deep link: the one that waits for a person, and one typed or pasted. */
import { el, icon, iconButton } from "./element.js";
import { payloadOf } from "./links.js";
import { messagesOf } from "./world.js";
import { say } from "./words.js";

/** The code of the link that waits for a person, until it has been followed; null without one. */
export function waitingPayload(person) {
  const payload = person?.link ? payloadOf(person.link) : null;
  if (!payload) return null;
  for (const message of messagesOf(person.id).values()) {
    if (message.from?.id === person.id && message.text === `/start ${payload}`) return null;
  }
  return payload;
}

/** The bar that offers the waiting link. */
export function waitingLink(start) {
  const node = el("div", { class: "waiting-link", hidden: true });

  function draw(person) {
    const payload = waitingPayload(person);
    node.hidden = !payload;
    if (!payload) return;
    const words = el("span", {}, el("b", {}, say("link_waiting")), el("span", {}, person.link));
    const open = {
      type: "button",
      class: "primary",
      "data-role": "follow",
      onclick: () => start(payload),
    };
    node.replaceChildren(icon("link"), words, el("button", open, say("link_open")));
  }

  return { node, draw };
}

/** Where a t.me link or a code is typed; `open(payload)` resolves to null if it was refused. */
export function linkField(open, notice) {
  const input = el("input", {
    type: "text",
    placeholder: say("link_field"),
    "aria-label": say("link_field"),
    autocomplete: "off",
    spellcheck: "false",
  });
  const form = el(
    "form",
    { class: "link-field", hidden: true, "data-role": "link" },
    icon("link"),
    input,
    el("button", { type: "submit", class: "primary" }, say("open")),
    iconButton("close", say("cancel"), {
      onclick: () => {
        form.hidden = true;
      },
    }),
  );
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const payload = input.value.trim() ? payloadOf(input.value) : null;
    if (payload === null) {
      notice(say("not_our_link"), "error");
      return;
    }
    if (!(await open(payload))) return;
    input.value = "";
    form.hidden = true;
  });
  return {
    form,
    show() {
      form.hidden = false;
      input.focus();
    },
  };
}
