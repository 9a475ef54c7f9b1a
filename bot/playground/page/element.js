/** Elements are built, never parsed: whatever people write stays text. */

const SVG = "http://www.w3.org/2000/svg";

/** Build an element; `on…` functions become listeners, null and false leave an attribute out. */
export function el(tag, attributes = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === null || value === undefined || value === false) continue;
    if (name.startsWith("on")) node.addEventListener(name.slice(2), value);
    else node.setAttribute(name, value === true ? "" : value);
  }
  node.append(...children.flat().filter((child) => child !== null && child !== undefined));
  return node;
}

const PATHS = {
  attach:
    "M20 11.5l-8.3 8.3a5 5 0 0 1-7.1-7.1l8.6-8.6a3.3 3.3 0 0 1 4.7 4.7l-8.5 8.5a1.7 1.7 0 0 1-2.4-2.4l7.8-7.7",
  back: "M15 5l-7 7 7 7",
  close: "M6 6l12 12M18 6L6 18",
  down: "M12 5v14M6 13l6 6 6-6",
  file: "M14 3H7a2 2 0 0 0-2 2v14a2 2 0 0 0 2 2h10a2 2 0 0 0 2-2V8zM14 3v5h5",
  keyboard:
    "M4 6.5h16a1 1 0 0 1 1 1v9a1 1 0 0 1-1 1H4a1 1 0 0 1-1-1v-9a1 1 0 0 1 1-1zM7 10.5h.01M10.3 10.5h.01M13.7 10.5h.01M17 10.5h.01M8 14h8",
  link: "M10 14a4.2 4.2 0 0 0 6 0l3.5-3.5a4.2 4.2 0 0 0-6-6L12 6M14 10a4.2 4.2 0 0 0-6 0l-3.5 3.5a4.2 4.2 0 0 0 6 6L12 18",
  slash: "M6 4h12a2 2 0 0 1 2 2v12a2 2 0 0 1-2 2H6a2 2 0 0 1-2-2V6a2 2 0 0 1 2-2zM14 8l-4 8",
  lock: "M7 11V8a5 5 0 0 1 10 0v3M6 11h12a1 1 0 0 1 1 1v7a1 1 0 0 1-1 1H6a1 1 0 0 1-1-1v-7a1 1 0 0 1 1-1z",
  menu: "M12 5.5h.01M12 12h.01M12 18.5h.01",
  add: "M12 5v14M5 12h14",
  out: "M8 16L17 7M9.5 7H17v7.5",
  copy: "M9 9h10v11H9zM5 15V4h10",
  pin: "M9 4h6l-.8 6 3.3 3.5H6.5L9.8 10zM12 13.5V20",
  reply: "M10 7L4.5 12.5 10 18M5 12.5h8a6 6 0 0 1 6 6",
  search: "M10.5 17a6.5 6.5 0 1 0 0-13 6.5 6.5 0 0 0 0 13zM15.5 15.5L20 20",
  send: "M4.5 12L3.5 4.8 21 12 3.5 19.2zM4.5 12H12",
  clock: "M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18zM12 7v5.2l3.3 2",
};

/** Draw one of the page's line icons. */
export function icon(name) {
  const svg = document.createElementNS(SVG, "svg");
  svg.setAttribute("viewBox", "0 0 24 24");
  svg.setAttribute("class", "icon");
  svg.setAttribute("aria-hidden", "true");
  const path = document.createElementNS(SVG, "path");
  path.setAttribute("d", PATHS[name]);
  svg.append(path);
  return svg;
}

/** A button that shows only an icon and says its name to those who cannot see it. */
export function iconButton(name, label, attributes = {}) {
  return el(
    "button",
    { type: "button", class: "icon-button", title: label, "aria-label": label, ...attributes },
    icon(name),
  );
}

/** A menu that opens under its button; items are [label, action], evaluated anew at each opening. */
export function menu(face, label, items, attributes = {}) {
  const list = el("div", { class: "menu-items" });
  const details = el(
    "details",
    { class: "menu", ...attributes },
    el(
      "summary",
      { class: "icon-button", title: label, "aria-label": label, role: "button" },
      face,
    ),
    list,
  );
  details.addEventListener("toggle", () => {
    if (!details.open) return;
    list.replaceChildren(
      ...items().map(([text, action]) =>
        el(
          "button",
          {
            type: "button",
            onclick: () => {
              details.open = false;
              action();
            },
          },
          text,
        ),
      ),
    );
  });
  return details;
}

function closeMenus(except) {
  for (const open of document.querySelectorAll("details.menu[open]")) {
    if (!open.contains(except)) open.open = false;
  }
}
document.addEventListener("pointerdown", (event) => closeMenus(event.target));
document.addEventListener("keydown", (event) => {
  const open = event.key === "Escape" && document.querySelector("details.menu[open]");
  if (!open) return;
  closeMenus(null);
  open.querySelector("summary").focus();
});

const HUES = [162, 208, 262, 18, 338, 38, 190];

/** A round picture of a person or chat: one character of the name, the last if it is short and Chinese. */
export function avatar(id, name) {
  const letters = [...name.trim()];
  const isChineseName = /^\p{Script=Han}{2,4}$/u.test(name.trim());
  const sign = (isChineseName ? letters.at(-1) : (letters[0] ?? "?")).toUpperCase();
  return el(
    "span",
    { class: "avatar", style: `--hue:${HUES[Math.abs(id) % HUES.length]}`, "aria-hidden": "true" },
    sign,
  );
}
