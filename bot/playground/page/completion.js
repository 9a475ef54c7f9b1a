/** The bot's commands, offered while a word that begins with "/" is typed. */
import { el } from "./element.js";
import { say } from "./words.js";

/** Build the list over `area`; `offered()` gives the commands, `choose(command)` sends one. */
export function completion(area, offered, choose) {
  let matches = [];
  let at = 0;
  const list = el("div", {
    class: "completion",
    role: "listbox",
    "aria-label": say("commands"),
    hidden: true,
  });

  function draw() {
    list.replaceChildren(
      ...matches.map(({ command, description }, place) =>
        el(
          "button",
          {
            type: "button",
            role: "option",
            tabindex: -1,
            "aria-selected": String(place === at),
            onclick: () => choose(command),
          },
          el("b", {}, `/${command}`),
          el("span", {}, description),
        ),
      ),
    );
    list.hidden = !matches.length;
    list.children[at]?.scrollIntoView({ block: "nearest" });
  }

  function offer(commands) {
    matches = commands;
    at = 0;
    draw();
  }

  const close = () => offer([]);

  /** Look at what is typed. */
  function look() {
    const typed = /^\/(\w*)$/.exec(area.value)?.[1].toLowerCase();
    offer(typed === undefined ? [] : offered().filter(({ command }) => command.startsWith(typed)));
  }

  /** Take a key that is meant for the list; false if it is not. */
  function key(event) {
    if (list.hidden) return false;
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step) {
      at = (at + step + matches.length) % matches.length;
      draw();
    } else if (event.key === "Tab") {
      area.value = `/${matches[at].command} `;
      look();
    } else if (event.key === "Enter" && !event.shiftKey) choose(matches[at].command);
    else if (event.key === "Escape") close();
    else return false;
    event.preventDefault();
    return true;
  }

  return { list, look, key, close, toggle: () => (list.hidden ? offer(offered()) : close()) };
}
