// For Datasette's pages only: what they would otherwise do in inline scripts, which the site does not allow.
window.DATASETTE_ALLOW_FACET = true;

document.addEventListener("DOMContentLoaded", () => {
  const format = document.querySelector("button#sql-format");
  const query = document.querySelector("pre#sql-query");
  const input = document.querySelector("textarea#sql-editor");
  if (input && window.CodeMirror) {
    const editor = CodeMirror.fromTextArea(input, { lineNumbers: true, mode: "text/x-sql", lineWrapping: true });
    editor.setOption("extraKeys", { "Shift-Enter": () => input.form.submit(), Tab: false });
    if (window.cmResize) cmResize(editor, { resizableWidth: false });
    if (format) {
      format.hidden = false;
      format.addEventListener("click", () => editor.setValue(sqlFormatter.format(editor.getValue())));
    }
  } else if (query && format) {
    format.hidden = false;
    format.addEventListener("click", () => { query.textContent = sqlFormatter.format(query.textContent); });
  }
});

// Dozens of columns are described above the rows of a table: folded, so that the rows are seen first.
document.addEventListener("DOMContentLoaded", () => {
  for (const list of document.querySelectorAll(".column-descriptions")) {
    const folded = document.createElement("details");
    const summary = document.createElement("summary");
    summary.textContent = `What the ${list.querySelectorAll("dt").length} columns mean`;
    list.before(folded);
    folded.append(summary, list);
  }
});

// The menu that the keyboard opened last: Escape leads back to it.
let openedFrom = null;

// Names for what a screen reader would otherwise meet without one, and ways in for the keyboard.
document.addEventListener("DOMContentLoaded", () => {
  const names = { _filter_column: "Column", _filter_op: "Comparison", _filter_value: "Value", _sort: "Sort by" };
  for (const field of document.querySelectorAll("select, input[type=text], input:not([type])")) {
    const name = Object.keys(names).find((start) => field.name.startsWith(start));
    if (name && !field.labels.length) field.setAttribute("aria-label", names[name]);
  }
  for (const field of document.querySelectorAll(".CodeMirror textarea")) field.setAttribute("aria-label", "SQL");
  for (const heading of document.querySelectorAll("main h3")) {
    const before = [...document.querySelectorAll("main h1, main h2, main h3")];
    if (!before.slice(0, before.indexOf(heading)).some((each) => each.tagName === "H2")) heading.setAttribute("aria-level", "2");
  }
  for (const wrapper of document.querySelectorAll(".table-wrapper")) {
    wrapper.tabIndex = 0;
    wrapper.setAttribute("role", "region");
    wrapper.setAttribute("aria-label", "Rows");
  }
  const columns = [...document.querySelectorAll("body.row .rows-and-columns th")].map((cell) => cell.textContent.trim());
  document.querySelectorAll("body.row .rows-and-columns tbody td").forEach((cell, place) => {
    cell.dataset.column = columns[place] || "";
  });
  for (const menu of document.querySelectorAll(".dropdown-menu-icon")) {
    const header = menu.closest("th");
    menu.tabIndex = 0;
    menu.setAttribute("role", "button");
    menu.setAttribute("aria-haspopup", "true");
    menu.setAttribute("aria-label", `What to do with ${header ? header.dataset.column || "this column" : "this column"}`);
    menu.addEventListener("keydown", (event) => {
      if (event.key !== "Enter" && event.key !== " ") return;
      event.preventDefault();
      menu.dispatchEvent(new MouseEvent("click", { bubbles: true }));
      const first = document.querySelector("body > .dropdown-menu a");
      if (first) first.focus();
      openedFrom = menu;
    });
  }
});

document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  document.body.click();
  if (openedFrom) openedFrom.focus();
  openedFrom = null;
});

document.addEventListener("click", (event) => {
  const within = event.target.closest("details");
  for (const details of document.querySelectorAll("details[open]")) {
    if (details !== within) details.open = false;
  }
});
