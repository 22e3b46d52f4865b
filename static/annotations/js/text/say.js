// The interface's words in the reader's language; the words themselves where there is no catalogue.
export const gettext = (words) => globalThis.gettext?.(words) ?? words;
