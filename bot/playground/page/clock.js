/** The playground's own time: every hour and date on the page is read from it. */
import { language } from "./words.js";

const locale = language === "en" ? "en-GB" : "zh-TW";
let zone = 0; // milliseconds east of UTC
let ahead = 0; // milliseconds before this computer's clock

/** Set the clock from an ISO moment with its zone. */
export function setClock(now) {
  const [, sign, hours, minutes] = /([+-])(\d\d):?(\d\d)$/.exec(now) ?? [null, "+", "0", "0"];
  zone = (sign === "-" ? -1 : 1) * (Number(hours) * 60 + Number(minutes)) * 60_000;
  ahead = Date.parse(now) - Date.now();
}

/** Milliseconds since 1970 in the playground. */
export const now = () => Date.now() + ahead;

/** The playground's day and minute as a field for them has it, and the moment such a field means. */
export const local = (moment) => new Date(moment + zone).toISOString().slice(0, 16);
export const meant = (written) => Date.parse(`${written}Z`) - zone;

const formats = {
  hour: { hour: "2-digit", minute: "2-digit", hourCycle: "h23" },
  weekday: { weekday: "short" },
  monthday: { month: "long", day: "numeric" },
  yearday: { year: "numeric", month: language === "en" ? "short" : "numeric", day: "numeric" },
  short: { month: "numeric", day: "numeric" },
};
const formatters = Object.fromEntries(
  Object.entries(formats).map(([name, options]) => [
    name,
    new Intl.DateTimeFormat(locale, { ...options, timeZone: "UTC" }),
  ]),
);

const write = (name) => (moment) => formatters[name].format(new Date(moment + zone));
export const hour = write("hour");
const withWeekday = (name) => (moment) => {
  const words = [write(name)(moment), write("weekday")(moment)];
  return (language === "en" ? words.reverse() : words).join(" ");
};
export const day = withWeekday("monthday");
export const date = withWeekday("yearday");

/** The hour if it is today in the playground, else the day. */
export const brief = (moment) =>
  date(moment) === date(now()) ? hour(moment) : write("short")(moment);
