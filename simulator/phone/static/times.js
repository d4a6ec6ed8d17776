// Moments as a telephone shows them.

import { locale, say } from "./dom.js";

const clock = new Intl.DateTimeFormat(locale, { hour: "2-digit", minute: "2-digit" });
const date = new Intl.DateTimeFormat(locale, { day: "numeric", month: "long" });
const short = new Intl.DateTimeFormat(locale, { day: "2-digit", month: "2-digit" });
const whole = new Intl.DateTimeFormat(locale, { dateStyle: "full", timeStyle: "medium" });

const moment = (seconds) => new Date(seconds * 1000);
const dayOf = (when) => new Date(when.getFullYear(), when.getMonth(), when.getDate()).getTime();

function daysAgo(seconds) {
  return Math.round((dayOf(new Date()) - dayOf(moment(seconds))) / 86400000);
}

export const time = (seconds) => clock.format(moment(seconds));
export const full = (seconds) => whole.format(moment(seconds));
export const dayKey = (seconds) => dayOf(moment(seconds));

export function day(seconds) {
  const ago = daysAgo(seconds);
  if (ago === 0) return say("today");
  return ago === 1 ? say("yesterday") : date.format(moment(seconds));
}

export function brief(seconds) {
  const ago = daysAgo(seconds);
  if (ago === 0) return time(seconds);
  return ago === 1 ? say("yesterday") : short.format(moment(seconds));
}
