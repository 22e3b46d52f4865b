// The interface's words in the reader's language; the words themselves where there is no catalogue.
export const gettext = (words) => globalThis.gettext?.(words) ?? words;

// The words with each {name} replaced by its value.
export function fill(words, values) {
  return words.replace(/\{(\w+)\}/g, (whole, name) => String(values[name] ?? whole));
}
