/** What goes with the next text: a file, and the message it replies to; shown above the composer. */
import { sender, size, summary } from "./bubbles.js";
import { el, icon, iconButton, menu } from "./element.js";
import { say } from "./words.js";

const KINDS = { photo: "image/*", document: "", voice: "audio/*" };
const isPicture = (file) => file.type.startsWith("image/");
const kindOf = (file) => (isPicture(file) ? "photo" : "document");

function quoted(face, title, line, label, remove, more = "") {
  const words = el("span", {}, el("b", {}, title), el("span", {}, line));
  return el(
    "div",
    { class: `quoted ${more}` },
    face,
    words,
    iconButton("close", label, { onclick: remove }),
  );
}

function preview({ as, file }) {
  if (as !== "photo" || !isPicture(file)) return icon("file");
  return el("img", { src: URL.createObjectURL(file), alt: "" });
}

/** Build it for a composer; `changed()` is called whenever something was put in or taken out by hand. */
export function enclosure(changed) {
  let attachment = null;
  let replied = null;

  const bar = el("div", { class: "above" });
  const input = el("input", { type: "file", hidden: true, tabindex: -1, "aria-hidden": "true" });
  input.addEventListener("change", () => {
    if (input.files[0]) attach(input.files[0], input.dataset.as);
    input.value = "";
  });
  function choose(as) {
    input.accept = KINDS[as];
    input.dataset.as = as;
    input.click();
  }
  const choices = () => Object.keys(KINDS).map((as) => [say(as), () => choose(as)]);
  const button = menu(icon("attach"), say("attach"), choices, { "data-role": "attach" });

  function draw() {
    for (const image of bar.querySelectorAll("img")) URL.revokeObjectURL(image.src);
    bar.replaceChildren();
    if (replied) {
      bar.append(
        quoted(icon("reply"), sender(replied), summary(replied), say("cancel_reply"), () =>
          replyTo(null),
        ),
      );
    }
    if (attachment) {
      const { as, file } = attachment;
      const line = `${say(as)} · ${size(file.size)}`;
      bar.append(
        quoted(
          preview(attachment),
          file.name,
          line,
          say("remove_file"),
          () => attach(null),
          "attached",
        ),
      );
    }
  }

  function attach(file, as) {
    attachment = file && { file, as };
    draw();
    changed();
  }

  function replyTo(message) {
    replied = message;
    draw();
    changed();
  }

  /** Take everything out, to be sent. */
  function take() {
    const taken = { attachment, replied };
    attachment = replied = null;
    draw();
    return taken;
  }

  /** Put back what could not be sent, unless something else is there by now. */
  function putBack(taken) {
    attachment ??= taken.attachment ?? null;
    replied ??= taken.replied ?? null;
    draw();
  }

  function paste(event) {
    const [file] = event.clipboardData.files;
    if (!file) return;
    event.preventDefault();
    attach(file, kindOf(file));
  }

  /** Take files dropped on `place` while `willing()`. */
  function acceptDrops(place, willing) {
    place.addEventListener("dragover", (event) => {
      if (!willing() || !event.dataTransfer.types.includes("Files")) return;
      event.preventDefault();
      place.classList.add("dropping");
    });
    place.addEventListener("dragleave", (event) => {
      if (!place.contains(event.relatedTarget)) place.classList.remove("dropping");
    });
    place.addEventListener("drop", (event) => {
      place.classList.remove("dropping");
      const [file] = event.dataTransfer.files;
      if (!file || !willing()) return;
      event.preventDefault();
      attach(file, kindOf(file));
    });
  }

  return {
    ...{ bar, button, input, take, putBack, replyTo, paste, acceptDrops },
    hasFile: () => attachment !== null,
    hasReply: () => replied !== null,
  };
}
