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

document.addEventListener("click", (event) => {
  const within = event.target.closest("details");
  for (const details of document.querySelectorAll("details[open]")) {
    if (details !== within) details.open = false;
  }
});
