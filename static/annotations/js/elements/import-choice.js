// The lines of a file that are ticked: how many they are, and all or none of them at once.
class ImportChoice extends HTMLElement {
  connectedCallback() {
    this.stop = new AbortController();
    const { signal } = this.stop;
    this.fixed =
      this.number("[data-left]") - this.boxes.filter((box) => !box.defaultChecked).length;
    this.addEventListener("change", () => this.count(), { signal });
    this.addEventListener("click", (event) => this.every(event), { signal });
    for (const acts of this.querySelectorAll("[data-every]")) acts.hidden = false;
    if (this.boxes.length) this.count(); // the browser may have kept what was ticked before
  }

  disconnectedCallback() {
    this.stop.abort();
  }

  get boxes() {
    return [...this.querySelectorAll("input[name=row]")];
  }

  number(part) {
    return Number(this.querySelector(part)?.textContent.replace(/\D/g, "") || 0);
  }

  count() {
    if (!this.boxes.length) return;
    const ticked = this.boxes.filter((box) => box.checked).length;
    this.tell("[data-ready]", ticked);
    this.tell("[data-left]", this.fixed + this.boxes.length - ticked);
  }

  tell(part, number) {
    const told = this.querySelector(part);
    if (told && told.textContent !== String(number)) told.textContent = String(number);
  }

  every({ target }) {
    const button = target.closest("[data-every] button");
    if (!button) return;
    for (const box of this.boxes) box.checked = button.value === "on";
    this.count();
  }
}

customElements.define("import-choice", ImportChoice);
