// The interface's words in the reader's language; the words themselves where there is no catalogue.
export const gettext = (words) => globalThis.gettext?.(words) ?? words;
export const ngettext = (one, several, number) =>
  globalThis.ngettext?.(one, several, number) ?? (number === 1 ? one : several);

// The words with each {name} replaced by its value.
export function fill(words, values) {
  return words.replace(/\{(\w+)\}/g, (whole, name) => String(values[name] ?? whole));
}
