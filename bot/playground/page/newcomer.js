/** The form with which somebody new gets a phone. */
import { el } from "./element.js";
import { addPerson } from "./wire.js";
import { world } from "./world.js";
import { say } from "./words.js";

/** Ask for the name and role; `open(id)` is called once the person is there. */
export function askForPerson(open) {
  const field = (name, label, attributes = {}) =>
    el(
      "label",
      {},
      el("span", {}, label),
      el("input", { name, autocomplete: "off", ...attributes }),
    );
  const trouble = el("p", { class: "trouble", role: "alert" });
  const languages = { "zh-hant": "繁體中文", "zh-hans": "简体中文", en: "English" };
  const form = el(
    "form",
    { method: "dialog" },
    el("h2", {}, say("add_person")),
    field("first_name", say("name"), { required: true, maxlength: 64 }),
    field("note", say("note"), { maxlength: 100 }),
    el(
      "label",
      {},
      el("span", {}, say("language")),
      el(
        "select",
        { name: "language_code" },
        Object.entries(languages).map(([code, name]) => el("option", { value: code }, name)),
      ),
    ),
    field("username", say("username"), { pattern: "[A-Za-z0-9_]{3,32}", maxlength: 32 }),
    trouble,
    el(
      "div",
      { class: "choices" },
      el("button", { type: "button", onclick: () => dialog.close() }, say("cancel")),
      el("button", { type: "submit", class: "primary" }, say("add")),
    ),
  );
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const answers = Object.fromEntries(
      [...new FormData(form)]
        .map(([name, value]) => [name, value.trim()])
        .filter(([, value]) => value),
    );
    try {
      const person = await addPerson(answers);
      world.people.set(person.id, person);
      dialog.close();
      open(person.id);
    } catch (error) {
      trouble.textContent = error.message;
    }
  });
  const dialog = el(
    "dialog",
    { class: "form-dialog", "aria-label": say("add_person"), onclose: () => dialog.remove() },
    form,
  );
  document.body.append(dialog);
  dialog.showModal();
}
