// Filter, sort and pages for the tables. Without this script each table shows its first rows.
"use strict";
const data = JSON.parse(document.getElementById("data").textContent);
const PAGE = 50;
const SEVERITIES = ["error", "warning", "info"];

function make(name, properties, ...children) {
  const made = Object.assign(document.createElement(name), properties);
  made.append(...children);
  return made;
}

// How a cell is shown, by the kind of its column; `page.html` has the same for the first rows.
const show = {
  text: (value) => [value],
  number: (value) => [value === null ? "" : value.toLocaleString("en")],
  percent: (value) => [`${Math.round(value * 1000) / 10} %`],
  path: (value) => [make("code", {}, data.paths[value])],
  place: ([path, line, column]) => [make("code", {}, `${data.paths[path]}:${line}:${column}`)],
  severity: (value) => [make("span", { className: SEVERITIES[value] }, SEVERITIES[value])],
  rule: (value) => [make("a", { href: `#rule-${value}` }, make("code", {}, data.rules[value]))],
  finding: ([message, before, marked, after, suggestions, state]) => [
    ...(state ? [make("strong", {}, `${state}: `)] : []),
    message,
    make("span", { className: "excerpt" }, before, make("mark", {}, marked), after),
    ...(suggestions.length
      ? [make("span", { className: "suggestion" }, `→ ${suggestions.join(" / ")}`)]
      : []),
  ],
  list: (value) => value.flatMap((item) => [item, make("br", {})]),
};

// What a cell is sorted by, and what is looked for in it.
function plain(kind, value) {
  if (kind === "path") return data.paths[value];
  if (kind === "place") return data.paths[value[0]];
  if (kind === "rule") return data.rules[value];
  if (kind === "finding") return value.slice(0, 5).flat().join(" ");
  if (kind === "list") return value.join(" ");
  return value === null ? -1 : value;
}

function compare(kind, one, other) {
  const [a, b] = [plain(kind, one), plain(kind, other)];
  if (kind === "place" && a === b) return one[1] - other[1] || one[2] - other[2];
  return typeof a === "number" ? a - b : a.localeCompare(b);
}

function choice(label, names, chosen) {
  const select = make("select", {}, make("option", { value: "" }, "all"));
  for (const [value, name] of names) select.append(make("option", { value }, name));
  select.addEventListener("change", chosen);
  return [make("label", {}, label, select), select];
}

function enliven(section, { columns, rows }) {
  const table = section.querySelector("table");
  const [body, heads] = [table.tBodies[0], [...table.tHead.rows[0].cells]];
  let first = 0;
  let shown = rows;

  const again = () => { first = 0; draw(); };
  const text = make("input", { type: "search" });
  text.addEventListener("input", again);
  const choices = columns.flatMap(({ kind, label }, index) => {
    if (kind !== "severity" && kind !== "rule") return [];
    const values = [...new Set(rows.map((row) => row[index]))].sort((a, b) => a - b);
    const name = (value) => (kind === "rule" ? data.rules[value] : SEVERITIES[value]);
    const [whole, select] = choice(label, values.map((value) => [value, name(value)]), again);
    return [{ index, whole, select }];
  });
  const back = make("button", { type: "button" }, "Previous");
  const on = make("button", { type: "button" }, "Next");
  back.addEventListener("click", () => { first -= PAGE; draw(); });
  on.addEventListener("click", () => { first += PAGE; draw(); });
  const told = make("span", { className: "told" });
  told.setAttribute("role", "status");
  const controls = make("div", { className: "controls" },
    make("label", {}, "Filter", text), ...choices.map(({ whole }) => whole), back, on, told);
  section.querySelector(".scroll").before(controls);
  section.querySelector(".left-out")?.remove();

  heads.forEach((head, index) => {
    const button = make("button", { type: "button" }, ...head.childNodes);
    head.append(button);
    button.addEventListener("click", () => {
      const way = head.getAttribute("aria-sort") === "ascending" ? -1 : 1;
      for (const other of heads) other.removeAttribute("aria-sort");
      head.setAttribute("aria-sort", way === 1 ? "ascending" : "descending");
      rows.sort((one, other) => way * compare(columns[index].kind, one[index], other[index]));
      again();
    });
  });

  function matches(row) {
    const wanted = text.value.trim().toLowerCase();
    return choices.every(({ index, select }) => !select.value || row[index] === +select.value)
      && (!wanted || columns.some(({ kind }, index) =>
        String(plain(kind, row[index])).toLowerCase().includes(wanted)));
  }

  function draw() {
    shown = rows.filter(matches);
    first = Math.max(0, Math.min(first, shown.length - 1));
    const page = shown.slice(first, first + PAGE);
    body.replaceChildren(...page.map((row) => make("tr", {}, ...row.map((value, index) => {
      const { kind } = columns[index];
      const cell = make(index ? "td" : "th", { className: heads[index].className },
        ...show[kind](value));
      if (!index) cell.scope = "row";
      return cell;
    }))));
    const end = first + page.length;
    told.textContent = page.length
      ? `${first + 1}–${end} of ${shown.length.toLocaleString("en")}` : "nothing matches";
    back.disabled = first === 0;
    on.disabled = end >= shown.length;
    back.hidden = on.hidden = shown.length <= PAGE;
  }
  draw();
}

// A table that is folded is made when it is opened, so that the page is there at once.
for (const section of document.querySelectorAll("[data-table]")) {
  const start = () => enliven(section, data.tables[section.dataset.table]);
  const fold = section.closest("details");
  if (!fold || fold.open) start();
  else fold.addEventListener("toggle", start, { once: true });
}

// A link to what is folded, such as a rule's page, opens it.
function unfold() {
  const target = location.hash && document.getElementById(decodeURIComponent(location.hash.slice(1)));
  const fold = target && target.closest("details");
  if (fold) {
    fold.open = true;
    target.scrollIntoView();
  }
}
addEventListener("hashchange", unfold);
unfold();
