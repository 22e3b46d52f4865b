// An ARIA combobox for actors: offers those at hand, finds others as their names are typed, creates new ones in place.
// Source: WAI-ARIA Authoring Practices, combobox with list autocomplete.
import { fill, gettext } from "../text/say.js";
import { allTheSame, kindsFor, optionRow } from "./actor-options.js";
import { findActors, nameActor, offeredActors } from "./actors.js";
import { announce, notice } from "./announce.js";
import { toChooseFrom } from "./found.js";

class ActorField extends HTMLElement {
  connectedCallback() {
    this.hiddenInput = this.querySelector("input[type=hidden]");
    this.input = this.querySelector("[role=combobox]");
    this.list = this.querySelector("[role=listbox]");
    this.options = [];
    this.input.addEventListener("input", () => this.typed());
    this.input.addEventListener("focus", () => this.entered());
    this.input.addEventListener(
      "click",
      () => this.list.hidden && !this.hiddenInput.value && this.offer(),
    );
    this.input.addEventListener("blur", () => this.close());
    this.input.addEventListener("keydown", (event) => this.key(event));
    this.list.addEventListener("pointerdown", (event) => event.preventDefault());
    this.list.addEventListener("click", (event) =>
      this.choose(event.target.closest("[role=option]")?.dataset.index),
    );
  }

  // Typing replaces whoever is chosen already.
  entered() {
    if (this.hiddenInput.value) this.input.select();
    else this.offer();
  }

  disconnectedCallback() {
    this.forget();
  }

  // No answer to what was asked before shall change the list any more.
  forget() {
    clearTimeout(this.timer);
    this.asked?.abort();
  }

  // What is listed was found for other words: Enter must not take it.
  typed() {
    this.hiddenInput.value = "";
    this.creating = null;
    this.forget();
    this.activate(-1);
    this.timer = setTimeout(() => this.search(), 120);
  }

  offer() {
    if (this.input.value.trim()) this.search();
    else this.show([...offeredActors().map((actor) => ({ actor })), ...this.printed()]);
  }

  // The name that stands beside the words, where nobody of that name is known.
  printed() {
    const row = this.closest(".part-row");
    const name = row?.querySelector('[name$="-as_printed"]')?.value.trim();
    const isNamed = row?.querySelector('[name$="-speaker_basis"]')?.value === "named";
    return name && isNamed ? [{ create: name }] : [];
  }

  async search() {
    this.forget();
    const words = this.input.value.trim();
    if (!words) return this.offer();
    this.asked = new AbortController();
    try {
      const found = await findActors(words, this.asked.signal);
      const same = found.some((actor) => actor.name.toLowerCase() === words.toLowerCase());
      this.show([...found.map((actor) => ({ actor })), ...(same ? [] : [{ create: words }])]);
    } catch (error) {
      if (error.name !== "AbortError") notice(error.message);
    }
  }

  show(options) {
    if (document.activeElement !== this.input) return;
    this.options = options;
    this.list.replaceChildren(
      ...options.map((option, index) => optionRow(option, `${this.list.id}-${index}`, index)),
    );
    this.list.hidden = !options.length;
    this.input.setAttribute("aria-expanded", String(!this.list.hidden));
    this.activate(options.length && (options[0].actor || options[0].create) ? 0 : -1);
    if (options.length) announce(toChooseFrom(options.length));
  }

  activate(index) {
    this.active = index;
    for (const row of this.list.children)
      row.setAttribute("aria-selected", String(Number(row.dataset.index) === index));
    if (index < 0) return this.input.removeAttribute("aria-activedescendant");
    const row = this.list.children[index];
    this.input.setAttribute("aria-activedescendant", row.id);
    row.scrollIntoView({ block: "nearest" });
  }

  key(event) {
    if (event.isComposing) return;
    const open = !this.list.hidden;
    const count = this.options.length;
    if (event.key === "ArrowDown" && !open) this.offer();
    else if (event.key === "ArrowDown") this.activate((this.active + 1) % count);
    else if (event.key === "ArrowUp" && open) this.activate((this.active - 1 + count) % count);
    else if (event.key === "Enter" && open && this.active >= 0) this.choose(this.active);
    else if (event.key === "Enter" && this.waiting()) this.search();
    else if (event.key === "Escape" && open) this.close();
    else return;
    event.preventDefault();
    event.stopPropagation();
  }

  // Something was typed that is nobody yet: Enter looks again rather than sending a form that will be refused.
  waiting() {
    return Boolean(this.input.value.trim()) && !this.hiddenInput.value;
  }

  choose(index) {
    const option = this.options[Number(index)];
    if (!option) return;
    this.forget();
    if (option.actor) this.pick(option.actor);
    else if (option.kind) this.create(option.create, option.kind, option.although_near ?? false);
    else this.show(kindsFor(option.create));
  }

  pick(actor) {
    this.hiddenInput.value = actor.uid;
    this.input.value = actor.name;
    this.close();
    announce(fill(gettext("{name} chosen"), { name: actor.name }));
    this.dispatchEvent(new CustomEvent("actor-chosen", { bubbles: true, detail: actor }));
  }

  // A second press meanwhile creates no second one; what was typed meanwhile stays.
  async create(name, kind, although_near) {
    if (this.creating) return;
    const turn = { name };
    this.creating = turn;
    try {
      const { actor, near, message } = await nameActor({ name, kind, although_near });
      if (this.creating !== turn) return;
      this.creating = null;
      if (actor) return this.pick(actor);
      if (!near) return notice(message);
      this.show([...near.map((one) => ({ actor: one })), allTheSame(name, kind)]);
      announce(message);
    } catch (error) {
      if (this.creating === turn) this.creating = null;
      notice(error.message);
    }
  }

  close() {
    this.forget();
    this.list.hidden = true;
    this.input.setAttribute("aria-expanded", "false");
    this.input.removeAttribute("aria-activedescendant");
  }
}

customElements.define("actor-field", ActorField);
