// Dates and times as the page writes them: always the playground's own, in UTC.

const parts = (options) => new Intl.DateTimeFormat("en-GB", { timeZone: "UTC", ...options });
const clockTime = parts({ hour: "2-digit", minute: "2-digit" });
const dayMonth = parts({ day: "numeric", month: "long" });
const dayMonthYear = parts({ day: "numeric", month: "long", year: "numeric" });
const weekday = parts({ weekday: "short" });
const shortDate = parts({ day: "numeric", month: "short" });
const fullDate = parts({ weekday: "short", day: "numeric", month: "short", year: "numeric" });

/** A Date from what the server sends: ISO text or Unix seconds. */
export function moment(value) {
  return new Date(typeof value === "number" ? value * 1000 : value);
}

const dayNumber = (date) => Math.floor(date.getTime() / 86_400_000);

export const timeOf = (date) => clockTime.format(date);
export const dateOf = (date) => fullDate.format(date).replace(",", "");
export const isSameDay = (one, other) => dayNumber(one) === dayNumber(other);

/** The words between two days of a conversation: Today, Yesterday, 3 March, 3 March 2025. */
export function dayWords(date, now) {
  const age = dayNumber(now) - dayNumber(date);
  if (age === 0) return "Today";
  if (age === 1) return "Yesterday";
  return (date.getUTCFullYear() === now.getUTCFullYear() ? dayMonth : dayMonthYear).format(date);
}

/** The short stamp in the list of chats: a time, a weekday or a date. */
export function stampOf(date, now) {
  const age = dayNumber(now) - dayNumber(date);
  if (age <= 0) return timeOf(date);
  return (age < 7 ? weekday : shortDate).format(date);
}

/** Nine o'clock UTC on the day after `now`, as ISO text. */
export function morningAfter(now) {
  return new Date((dayNumber(now) + 1) * 86_400_000 + 9 * 3_600_000).toISOString().replace(".000Z", "Z");
}
