// Which chord a key press is. Chords are written as the server writes them (annotations/keyboard.py, which
// has the list of commands and says which keys are free): “n”, “Shift+U”, “Alt+N”, “?”, “g h”.

// Of a key whose layout gives another script, what the same key gives on a keyboard for English: whoever
// writes Dari does not change the layout to press a command.
const SIGNS = {
  Slash: ["/", "?"],
  Period: [".", ">"],
  Comma: [",", "<"],
  Minus: ["-", "_"],
  Equal: ["=", "+"],
};

// The chords that a keydown may be, the one that is printed on the key first; none for keys that belong to
// the browser.
export function chordsOf(event) {
  const typed = event.getModifierState?.("AltGraph"); // AltGr is Ctrl and Alt to some systems
  if (!typed && (event.ctrlKey || event.metaKey)) return [];
  const alt = event.altKey && !typed;
  const shown = [...event.key].length === 1 && !/\s/.test(event.key) ? [event.key] : [];
  const isPlain = /^[!-~]$/.test(event.key);
  const english = isPlain && !alt ? [] : onEnglishKeys(event);
  const chords = [...shown, ...english].map((key) => written(key, event.shiftKey, alt));
  return [...new Set(chords.filter(Boolean))];
}

// The key by itself, where it has a meaning of its own in a list or a menu: in Latin letters and digits.
export function keyOf(event) {
  const isNamed = [...event.key].length > 1 || /^[ -~]$/.test(event.key);
  return isNamed ? event.key : (onEnglishKeys(event)[0] ?? event.key);
}

function onEnglishKeys({ code = "", shiftKey }) {
  const letter = /^(?:Key([A-Z])|Digit(\d))$/.exec(code);
  if (letter) return [(letter[1] ?? letter[2]).toLowerCase()];
  return SIGNS[code] ? [SIGNS[code][shiftKey ? 1 : 0]] : [];
}

function written(key, shift, alt) {
  const isLetter = key.toLowerCase() !== key.toUpperCase();
  if (alt) return shift && isLetter ? null : `Alt+${key.toUpperCase()}`;
  if (!isLetter) return key;
  return shift ? `Shift+${key.toUpperCase()}` : key.toLowerCase();
}

// Whether the chord is a character by itself, which can be switched off.
export function isSingle(chord) {
  return !chord.startsWith("Alt+");
}

// The commands by chord; without single keys, those that need none.
export function tableOf({ commands, single }) {
  const bound = commands.filter(({ key }) => key && (single || !isSingle(key)));
  return new Map(bound.map((command) => [command.key, command]));
}

// What pressing one of `chords` means after `begun` (“” or “g”): {found} of the table, {begun} when more is
// to come, or null.
export function follow(table, begun, chords) {
  for (const chord of chords) {
    const whole = begun ? `${begun} ${chord}` : chord;
    if (table.has(whole)) return { found: table.get(whole) };
    if ([...table.keys()].some((key) => key.startsWith(`${whole} `))) return { begun: whole };
  }
  return null;
}
