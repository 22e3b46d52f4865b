// <article-now>: asks every few seconds whether others changed something in the article, and who they are. What
// they did appears where it stands, is said once, and moves nothing.
import { fill, gettext } from "../text/say.js";
import { isSending } from "./acts.js";
import { announce } from "./announce.js";
import { patchDesk } from "./patch-desk.js";
import { get, repeat } from "./repeat.js";
import { keepInPlace } from "./scrolling.js";
import { articleText } from "./text-range.js";
import { renewToken, token } from "./token.js";

const HERE = 12_000; // milliseconds between two signs of life
const SHORT = 4000; // milliseconds for which what is new stands out
const MOST = 3; // acts said at once
const ASK = { "HX-Request": "true" };
const told = new Set(); // changes that were said already, also by the desk before this one

let lastSign = 0;
let isDown = false; // a pointer: somebody may be selecting

class ArticleNow extends HTMLElement {
  connectedCallback() {
    this.stop = new AbortController();
    const { signal } = this.stop;
    this.news = []; // not said yet
    this.known = { marks: this.dataset.marks, people: "", at: this.dataset.at };
    this.text = this.dataset.marks; // what the highlights show
    repeat(() => this.look(), signal);
  }

  disconnectedCallback() {
    this.stop.abort();
  }

  async look() {
    await this.sign();
    const { nowUrl } = this.dataset;
    const answer = await get(`${nowUrl}?${new URLSearchParams(this.known)}`, this.stop.signal);
    if (answer.status === 200) this.heard(await answer.json());
    if (this.text !== this.known.marks && !this.isNewer) await this.refresh();
  }

  // While the page is looked at. The token may have been renewed in another window.
  async sign() {
    const url = this.dataset.hereUrl;
    if (!url || document.hidden || Date.now() - lastSign < HERE) return;
    lastSign = Date.now();
    const headers = { ...ASK, "X-CSRFToken": token() };
    const answer = await fetch(url, { method: "POST", headers, signal: this.stop.signal });
    if (answer.headers.get("X-Refused") === "token") await renewToken();
  }

  heard({ marks, people, names, at, news, corrected }) {
    this.known = { marks, people, at };
    const words = fill(gettext("Here now: {names}"), { names: names.join(", ") });
    this.show("[data-people]", names.length ? words : "");
    if (corrected) this.correct(corrected);
    if (marks !== this.text)
      this.news = [...this.news, ...news.filter(({ change }) => !told.has(change))];
    for (const { change } of news) told.add(change);
  }

  show(where, words) {
    const line = this.closest("article-desk").querySelector(where);
    if (!line || line.textContent === words) return;
    keepInPlace(articleText(), () => {
      line.textContent = words;
      line.hidden = !words;
    });
  }

  // Nothing is swapped under a selection in a text that is another one by now.
  correct(words) {
    if (this.isNewer) return;
    this.isNewer = true;
    this.show("[data-corrected]", words);
    const link = document.createElement("a");
    Object.assign(link, { href: location.href, textContent: gettext("Show the new text") });
    link.addEventListener("click", (event) => {
      event.preventDefault();
      location.reload();
    });
    this.querySelector("[data-corrected]").append(" ", link);
    announce(words);
  }

  // Not while somebody drags or saves: the next time then.
  async refresh() {
    if (isDown || isSending()) return;
    const desk = this.closest("article-desk");
    const url = new URL(location.href);
    if (desk.dataset.selected) url.searchParams.set("statement", desk.dataset.selected);
    const answer = await get(url.pathname + url.search, this.stop.signal);
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    if (isDown || isSending() || !this.isConnected) return;
    const fresh = page.querySelector("article-desk");
    if (fresh?.dataset.revision !== desk.dataset.revision) return; // the next answer says why
    const { marks } = fresh.querySelector("article-now").dataset;
    if (patchDesk(desk, fresh)) this.known.marks = marks;
    document.title = page.title;
    this.text = this.known.marks;
    this.tell(desk, this.news.splice(0));
  }

  tell(desk, news) {
    if (!news.length) return;
    const words = [...new Set(news.map((each) => each.words))];
    const more = words.length > MOST ? [gettext("and more")] : [];
    announce([...words.slice(0, MOST), ...more].join(". "));
    const uids = new Set(news.flatMap((each) => each.statements));
    const lit = [...desk.querySelectorAll(".read mark, [data-row]")].filter(({ dataset }) =>
      (dataset.statements ?? dataset.row).split(" ").some((uid) => uids.has(uid)),
    );
    for (const { part } of news)
      if (part) lit.push(...desk.querySelectorAll(`[data-fresh="${part}"]`));
    for (const each of lit) each.classList.add("fresh");
    setTimeout(() => {
      for (const each of lit) each.classList.remove("fresh");
    }, SHORT);
  }
}

for (const [type, down] of [
  ["pointerdown", true],
  ["pointerup", false],
  ["pointercancel", false],
])
  document.addEventListener(type, () => {
    isDown = down;
  });

customElements.define("article-now", ArticleNow);
