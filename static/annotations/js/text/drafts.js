// What is typed in a form, as it is kept in the browser: [name, value] pairs under a key of user, article and form.

const ROOT = "newsroom-draft";
const DAY = 24 * 60 * 60 * 1000;
export const KEPT_FOR = 30 * DAY; // milliseconds
const NOT_KEPT = new Set(["csrfmiddlewaretoken", "compare"]);
const OTHER_END = ["response", "by", "link"]; // fields that name the other statement of a link

export function draftKey(user, article, form) {
  return [ROOT, user, article, form].join("|");
}

export function isOf(key, user) {
  return key.startsWith(`${ROOT}|${user}|`);
}

// Which form it is: where it is sent, the other end of its link, and the words that a new statement began with.
export function formName(path, entries) {
  const values = new Map(entries);
  const named = OTHER_END.map((name) => values.get(name)).filter(Boolean);
  const [words] = path.endsWith("/statements/new/") ? spansIn(entries) : [];
  return [path, ...named, ...(words ? [`${words.start}-${words.end}`] : [])].join(" ");
}

export function entriesToKeep(entries) {
  return entries.filter(([name, value]) => !NOT_KEPT.has(name) && typeof value === "string");
}

export function sameEntries(one, other) {
  return JSON.stringify(one) === JSON.stringify(other);
}

// Whether they say the same: each new form has another made_as, and nobody typed it.
export function sameFields(one, other) {
  const typed = (entries) => entries.filter(([name]) => name !== "made_as");
  return sameEntries(typed(one), typed(other));
}

export function firstOf(entries, name) {
  return entries.find(([each]) => each === name)?.[1] ?? "";
}

// The words chosen in a form: [{role, start, end, exact, uid}]; none where they are not whole.
export function spansIn(entries) {
  try {
    return JSON.parse(firstOf(entries, "spans") || "[]");
  } catch {
    return [];
  }
}

// The rows of a formset: [{index, part}], part being “” where rows have none.
export function rowsIn(entries, prefix) {
  const rows = new Map();
  for (const [name, value] of entries) {
    const [, of, index, field] = name.match(/^(.+)-(\d+)-(\w+)$/) ?? [];
    if (of !== prefix) continue;
    const row = rows.get(Number(index)) ?? { index: Number(index), part: "" };
    if (field === "part") row.part = value;
    rows.set(row.index, row);
  }
  return [...rows.values()].sort((one, other) => one.index - other.index);
}

// What the stored [key, text] pairs hold for a user's article, the newest first; what cannot be read is passed over.
export function draftsOf(stored, user, article) {
  const start = draftKey(user, article, "");
  return stored
    .filter(([key]) => key.startsWith(start))
    .map(([key, text]) => ({ key, ...parsed(text) }))
    .filter((draft) => Array.isArray(draft.entries) && draft.address)
    .sort((one, other) => other.at - one.at);
}

// The keys of what was kept for too long, or cannot be read.
export function outdated(stored, now) {
  return stored
    .filter(([key, text]) => key.startsWith(`${ROOT}|`) && !(now - parsed(text).at < KEPT_FOR))
    .map(([key]) => key);
}

export function parsed(text) {
  try {
    return JSON.parse(text) ?? {};
  } catch {
    return {};
  }
}

// “14:05” today, “21 Nov, 14:05” on another day, in the reader's clock and language.
export function clock(at, now, language) {
  const moment = new Date(at);
  const isToday = moment.toDateString() === new Date(now).toDateString();
  const time = { hour: "2-digit", minute: "2-digit" };
  const day = isToday ? {} : { day: "numeric", month: "short" };
  const digits = { calendar: "gregory", numberingSystem: "latn" }; // as everywhere on the pages
  const shown = { ...day, ...time, ...digits, hourCycle: "h23" };
  return new Intl.DateTimeFormat(language, shown).format(moment);
}
