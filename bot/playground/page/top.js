/** The bar at the top: the clock and how to move it, whether the bot runs, the language. */
import * as clock from "./clock.js";
import { el, icon } from "./element.js";
import { moveClock, runBot } from "./wire.js";
import { listen, world } from "./world.js";
import { say, switchLanguage } from "./words.js";

const UNITS = { minutes: 60, hours: 3600, days: 86_400 };
const STEPS = { hour: 3600, day: 86_400, week: 604_800 };

/** Build the top bar; `act` has notice(text, tone) and attempt(promise). */
export function topBar(act) {
  const time = el("time", { class: "now", "data-role": "now" });
  const light = el("span", { class: "light" });
  const state = el("span", { class: "bot-state", "data-role": "bot-state" });
  const run = el("button", {
    type: "button",
    "data-role": "run",
    onclick: () => act.attempt(runBot(world.bot.running ? "kill" : "start")),
  });
  const bot = el("div", { class: "bot", hidden: true }, light, state, run);

  async function move(seconds) {
    const moved = await act.attempt(moveClock(seconds));
    if (moved) {
      clock.setClock(moved.now);
      drawTime();
      act.notice(`${say("moved")} ${clock.date(clock.now())} ${clock.hour(clock.now())}`);
    }
  }

  const number = el("input", {
    type: "number",
    min: 1,
    max: 100_000,
    value: 30,
    required: true,
    "aria-label": say("how_far"),
  });
  const unit = el(
    "select",
    { "aria-label": say("how_far") },
    Object.keys(UNITS).map((name) =>
      el("option", { value: name, selected: name === "days" }, say(name)),
    ),
  );
  const then = el("input", {
    type: "datetime-local",
    required: true,
    "aria-label": say("to_when"),
    "data-role": "then",
  });
  const custom = el(
    "details",
    { class: "menu custom" },
    el("summary", { class: "step", role: "button", onclick: proposeTomorrow }, say("custom")),
    el(
      "div",
      { class: "menu-items" },
      el(
        "form",
        {
          onsubmit: (event) => {
            event.preventDefault();
            custom.open = false;
            move(Math.round(number.valueAsNumber * UNITS[unit.value]));
          },
        },
        el("span", {}, say("how_far")),
        el(
          "div",
          { class: "how-far" },
          number,
          unit,
          el("button", { type: "submit", class: "primary" }, say("move")),
        ),
      ),
      el(
        "form",
        { onsubmit: moveThere },
        el("span", {}, say("to_when")),
        el(
          "div",
          { class: "how-far" },
          then,
          el("button", { type: "submit", class: "primary" }, say("go_there")),
        ),
      ),
    ),
  );
  const steps = el(
    "div",
    { class: "steps", role: "group", "aria-label": say("forward") },
    Object.entries(STEPS).map(([name, seconds]) =>
      el(
        "button",
        { type: "button", class: "step", "data-step": name, onclick: () => move(seconds) },
        say(name),
      ),
    ),
    custom,
  );

  function proposeTomorrow() {
    then.min = clock.local(clock.now() + 60_000);
    then.value = `${clock.local(clock.now() + STEPS.day * 1000).slice(0, 10)}T09:00`;
  }

  function moveThere(event) {
    event.preventDefault();
    custom.open = false;
    move(Math.max(0, Math.ceil((clock.meant(then.value) - clock.now()) / 1000)));
  }

  function drawTime() {
    const moment = clock.now();
    const text = `${clock.date(moment)} ${clock.hour(moment)}`;
    if (time.textContent === text) return;
    time.textContent = text;
    time.dateTime = new Date(moment).toISOString();
  }

  function drawBot() {
    bot.hidden = world.bot.running === null || world.bot.running === undefined;
    light.classList.toggle("on", world.bot.running === true);
    state.textContent = say(world.bot.running ? "running" : "stopped");
    run.textContent = say(world.bot.running ? "kill" : "run");
  }

  listen("reset", () => {
    drawTime();
    drawBot();
  });
  listen("clock", drawTime);
  listen("bot", drawBot);
  setInterval(() => {
    if (world.bot) drawTime();
  }, 1000);

  return el(
    "header",
    { class: "top" },
    el(
      "h1",
      {},
      el("img", { src: "static/icon.svg", alt: "", width: 26, height: 26 }),
      el("span", {}, say("title")),
    ),
    el("div", { class: "clock", title: say("clock") }, icon("clock"), time),
    steps,
    bot,
    el(
      "button",
      {
        type: "button",
        class: "language",
        "data-role": "language",
        lang: say("other_language") === "English" ? "en" : "zh-Hant",
        onclick: switchLanguage,
      },
      say("other_language"),
    ),
  );
}
