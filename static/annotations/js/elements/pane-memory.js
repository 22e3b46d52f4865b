// Where the pane was, for this session: what stood beside, and how far each text was scrolled.

const KEY = "newsroom-pane";

function stored() {
  try {
    return JSON.parse(sessionStorage.getItem(KEY)) ?? {};
  } catch {
    return {};
  }
}

function store(changed) {
  try {
    sessionStorage.setItem(KEY, JSON.stringify({ ...stored(), ...changed }));
  } catch {
    // Full or forbidden: then it is only not remembered.
  }
}

// What stood beside last: {beside, at, q}; a search where nothing did.
export function lastBeside() {
  return stored().last ?? { beside: "search", at: "", q: "" };
}

export function rememberBeside(last) {
  store({ last });
}

// undefined where that was never scrolled.
export function scrolledTo(name) {
  return stored().scrolled?.[name];
}

export function rememberScroll(name, top) {
  store({ scrolled: { ...stored().scrolled, [name]: top } });
}
