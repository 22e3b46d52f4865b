// What stands beside the article, as the address has it: {beside, at, q}; beside is an article's uid, “search”,
// or “” for nothing.

const NAMES = ["beside", "at", "q"];

export function besideOf(search) {
  const asked = new URLSearchParams(search);
  return Object.fromEntries(NAMES.map((name) => [name, asked.get(name) ?? ""]));
}

// The query of an address with this beside, whatever else it holds kept.
export function withBeside(search, state) {
  const asked = new URLSearchParams(search);
  for (const name of NAMES) {
    if (state.beside && state[name]) asked.set(name, state[name]);
    else asked.delete(name);
  }
  const query = asked.toString();
  return query && `?${query}`;
}
