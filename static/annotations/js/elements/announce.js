// Says something to a screen reader, or shows a failure to everybody.

export function announce(text) {
  const live = document.querySelector("[data-live]");
  if (live) live.textContent = text;
}

export function notice(text) {
  const box = document.querySelector("[data-notice]");
  if (!box) return;
  box.textContent = text;
  box.hidden = !text;
}
