// Rows of a Django formset: added from a template, removed.

class FormRows extends HTMLElement {
  connectedCallback() {
    this.addEventListener("click", (event) => {
      const add = event.target.closest("[data-add]");
      const drop = event.target.closest("[data-drop]");
      if (add) this.add(add.dataset.add);
      if (drop) this.drop(drop.closest("[data-row-of]"));
    });
  }

  // These rows and no others: [{index, part}].
  use(rows) {
    this.querySelector("[data-rows]").replaceChildren();
    for (const { index, part } of rows) {
      this.total.value = index;
      this.insert(part || this.querySelector("template").dataset.template);
    }
  }

  get total() {
    return this.querySelector(`[name="${this.dataset.prefix}-TOTAL_FORMS"]`);
  }

  add(kind) {
    this.insert(kind).querySelector("input:not([type=hidden])")?.focus();
  }

  insert(kind) {
    const { total } = this;
    const template = this.querySelector(`template[data-template="${kind}"]`);
    const markup = template.innerHTML.replaceAll("__prefix__", total.value);
    total.value = Number(total.value) + 1;
    const rows = this.querySelector("[data-rows]");
    rows.insertAdjacentHTML("beforeend", markup);
    return rows.lastElementChild;
  }

  drop(row) {
    const next = row.nextElementSibling ?? row.previousElementSibling;
    row.remove();
    (next?.querySelector("input:not([type=hidden])") ?? this.querySelector("[data-add]"))?.focus();
  }
}

customElements.define("form-rows", FormRows);
