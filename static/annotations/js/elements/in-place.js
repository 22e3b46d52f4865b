// What a save answers goes into the desk in its place: parts of a long text that are as they were stay, with
// their layout, their focus and what is selected in them; the server, told which those are, does not send them.
// All else is exchanged. Many rows are not waited for: they are asked for once the rest stands. For the server's
// side see templatetags/drawn.py and views/desk.py.

const SWAP = "in-place"; // asked for by the server, only of a page that said what it has
const HAS = "X-Has";

document.addEventListener("htmx:configRequest", ({ detail }) => {
  if (detail.target.id !== "desk") return;
  const parts = [...document.querySelectorAll("[data-article-text] > [data-same]")];
  const rows = document.querySelector("#rows") ? ["rows"] : [];
  detail.headers[HAS] = [SWAP, ...rows, ...parts.map((part) => part.dataset.same)].join(" ");
});

globalThis.htmx?.defineExtension(SWAP, {
  handleSwap(style, target, fragment) {
    if (style !== SWAP) return false;
    const fresh = fragment.querySelector(`#${CSS.escape(target.id)}`);
    const rowsComeLater = fresh.querySelector("#rows[data-kept]");
    const made = [];
    renew(target, fresh, made);
    target.querySelector(".panel").scrollTop = 0;
    begin(target);
    requestIdleCallback(() => begin(target.querySelector("article-map")));
    if (rowsComeLater) setTimeout(askForRows);
    return made;
  },
});

// As if it had come anew: what it looks after may be another.
function begin(element) {
  if (!element?.isConnected) return;
  element.disconnectedCallback();
  element.connectedCallback();
}

// By the panel itself: of several saves in a row, the rows of the last one come last.
function askForRows() {
  globalThis.htmx.ajax("GET", location.pathname + location.search, {
    source: document.querySelector(".panel"),
    target: "#rows",
    swap: "outerHTML",
  });
}

// Make `old` what `fresh` is; what comes into the page is put into `made`.
function renew(old, fresh, made) {
  for (const { name } of [...old.attributes])
    if (!fresh.hasAttribute(name)) old.removeAttribute(name);
  take(old, fresh);
  const there = named(old);
  let place = old.firstElementChild;
  for (const [name, child] of named(fresh)) {
    const before = there.get(name);
    there.delete(name);
    const stays = before && keep(before, child, made) ? before : child;
    if (stays === child) made.push(child);
    if (stays === place) place = place.nextElementSibling;
    else old.insertBefore(stays, place);
    if (stays === before) continue;
    if (before === place) place = place?.nextElementSibling ?? null;
    before?.remove();
  }
  for (const gone of there.values()) gone.remove();
}

// Whether the element stays that was there before; what it holds is then made anew where it differs.
function keep(before, child, made) {
  if ("kept" in child.dataset) return take(before, child);
  if (child.dataset.same) return before.dataset.same === child.dataset.same;
  const holds = "holds" in before.dataset && "holds" in child.dataset;
  if (holds) renew(before, child, made);
  return holds;
}

// It stays with all that is in it; what the server says anew of it, it is told.
function take(before, child) {
  for (const { name, value } of child.attributes)
    if (before.getAttribute(name) !== value) before.setAttribute(name, value);
  return true;
}

// The children by their ids, or by what they are and the how manieth of that.
function named(parent) {
  const counts = {};
  const name = (child) => {
    counts[child.localName] = (counts[child.localName] ?? 0) + 1;
    return child.id || `${child.localName} ${counts[child.localName]}`;
  };
  return new Map([...parent.children].map((child) => [name(child), child]));
}
