import "./elements/failures.js";
import "./elements/local-times.js";
import "./elements/article-arcs.js";
import "./elements/article-desk.js";
import "./elements/selection-toolbar.js";
import "./elements/span-list.js";
import "./elements/form-rows.js";
import "./elements/actor-field.js";
import "./elements/unsaved.js";
import "./elements/word-cursor.js";
import "./elements/name-suggestions.js";
import "./elements/placing-queue.js";
import "./elements/by-hand.js";
import "./elements/link-pick.js";
import "./elements/panes.js";

document.documentElement.dataset.ready = "1";
