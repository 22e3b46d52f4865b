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

  add(kind) {
    const total = this.querySelector(`[name="${this.dataset.prefix}-TOTAL_FORMS"]`);
    const template = this.querySelector(`template[data-template="${kind}"]`);
    const markup = template.innerHTML.replaceAll("__prefix__", total.value);
    total.value = Number(total.value) + 1;
    const rows = this.querySelector("[data-rows]");
    rows.insertAdjacentHTML("beforeend", markup);
    rows.lastElementChild.querySelector("input:not([type=hidden])")?.focus();
  }

  drop(row) {
    const next = row.nextElementSibling ?? row.previousElementSibling;
    row.remove();
    (next?.querySelector("input:not([type=hidden])") ?? this.querySelector("[data-add]"))?.focus();
  }
}

customElements.define("form-rows", FormRows);
