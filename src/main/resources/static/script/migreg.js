/* What pages do beyond forms and links; each of them works without this. */
"use strict";

document.documentElement.classList.add("scripted");

function localise(root) {
  for (const time of root.querySelectorAll("time[datetime]:not([data-local])")) {
    const date = new Date(time.dateTime);
    if (!Number.isNaN(date.getTime())) {
      time.title = time.dateTime;
      time.textContent = new Intl.DateTimeFormat(undefined, { dateStyle: "medium", timeStyle: "short" }).format(date);
      time.dataset.local = "yes";
    }
  }
}

function say(text) {
  const status = document.createElement("span");
  status.textContent = text;
  document.getElementById("busy").append(status);
  setTimeout(() => status.remove(), 3000);
}

async function copy(text) {
  try {
    await navigator.clipboard.writeText(text);
    say("Copied.");
  } catch {
    say("The browser does not allow copying here.");
  }
}

/* Large matrices have no link in each cell: where a cell leads follows from its row and column. */
function cellAddress(cell) {
  const table = cell.closest("table.matrix");
  const row = cell.closest("tr").querySelector("th[data-c]");
  const columns = table.querySelectorAll("thead th[data-c]");
  const column = columns[cell.cellIndex - 1];
  return row && column ? `${table.dataset.cell}&from=${row.dataset.c}&to=${column.dataset.c}` : null;
}

function matrixCell(target) {
  const cell = target instanceof Element ? target.closest("table.matrix tbody td") : null;
  return cell && !cell.querySelector("a") ? cell : null;
}

document.addEventListener("click", (event) => {
  const target = event.target instanceof Element ? event.target.closest("[data-copy], [data-copy-address], [data-copy-from], [data-print]") : null;
  if (target) {
    if ("print" in target.dataset) {
      window.print();
    } else if ("copyAddress" in target.dataset) {
      copy(location.href);
    } else if (target.dataset.copyFrom) {
      copy(document.getElementById(target.dataset.copyFrom).textContent);
    } else {
      copy(target.dataset.copy);
    }
    return;
  }
  const cell = matrixCell(event.target);
  const address = cell ? cellAddress(cell) : null;
  if (address) {
    location.href = address;
  }
});

/* Arrow keys walk over the cells; Enter opens one that has no link. */
document.addEventListener("keydown", (event) => {
  const cell = event.target instanceof Element ? event.target.closest("table.matrix td, table.matrix th") : null;
  const scroller = event.target instanceof Element && event.target.classList.contains("scroller") ? event.target : null;
  if (scroller && event.key === "Enter") {
    const first = scroller.querySelector("table.matrix tbody td");
    focusCell(first);
    event.preventDefault();
    return;
  }
  if (!cell) {
    return;
  }
  const step = { ArrowLeft: [0, -1], ArrowRight: [0, 1], ArrowUp: [-1, 0], ArrowDown: [1, 0] }[event.key];
  if (step) {
    const row = cell.parentElement;
    const rows = [...row.parentElement.children];
    const next = rows[rows.indexOf(row) + step[0]]?.cells[cell.cellIndex + step[1]];
    if (next && focusCell(next)) {
      event.preventDefault();
    }
  } else if (event.key === "Escape") {
    cell.closest(".scroller")?.focus();
  } else if (event.key === "Enter" && matrixCell(cell)) {
    const address = cellAddress(cell);
    if (address) {
      location.href = address;
    }
  }
});

/* The tabulator passes the cells by: the matrix is one stop, and Escape leads back to it. */
function passCellsBy(root) {
  for (const link of root.querySelectorAll("table.matrix tbody td a")) {
    link.tabIndex = -1;
  }
}

function focusCell(cell) {
  const inside = cell.querySelector("a");
  if (inside) {
    inside.focus();
  } else {
    cell.tabIndex = -1;
    cell.focus();
  }
  return true;
}

/* Files dropped on what holds a form, open or not, are taken as if chosen. */
document.addEventListener("dragover", (event) => {
  const zone = event.target instanceof Element ? event.target.closest("[data-drop]") : null;
  if (zone) {
    event.preventDefault();
    zone.open = true;
    zone.classList.add("over");
  }
});
document.addEventListener("dragleave", (event) => {
  const zone = event.target instanceof Element ? event.target.closest("[data-drop]") : null;
  zone?.classList.remove("over");
});
document.addEventListener("drop", (event) => {
  const zone = event.target instanceof Element ? event.target.closest("[data-drop]") : null;
  const input = zone?.querySelector("input[type=file]");
  if (input && event.dataTransfer?.files.length) {
    event.preventDefault();
    zone.classList.remove("over");
    input.files = event.dataTransfer.files;
    input.dispatchEvent(new Event("change", { bubbles: true }));
  }
});

/* A refusal that lacks the part to be replaced says why in its place, which stays for the next answer. */
document.addEventListener("htmx:beforeSwap", (event) => {
  const { xhr, target } = event.detail;
  if (new URL(xhr.responseURL).pathname === "/login") {
    // The session has ended; who signs in comes back.
    event.detail.shouldSwap = false;
    location.href = xhr.responseURL;
    return;
  }
  const page = xhr.status >= 400 ? new DOMParser().parseFromString(xhr.responseText, "text/html") : null;
  if (page && target.id && !page.getElementById(target.id)) {
    event.detail.shouldSwap = false;
    const why = document.createElement("p");
    why.className = "notice bad";
    why.setAttribute("role", "alert");
    why.textContent = page.querySelector("main [role=alert]")?.textContent ?? "The service could not answer.";
    target.replaceChildren(why);
  }
});
document.addEventListener("htmx:sendError", () => say("The service cannot be reached."));

/* How much of a large upload has been sent: saved guests have gigabytes. */
document.addEventListener("htmx:xhr:progress", (event) => {
  const { lengthComputable, loaded, total } = event.detail;
  if (lengthComputable && total > 1e6) {
    const sent = document.querySelector("#busy progress");
    sent.value = (100 * loaded) / total;
    sent.hidden = false;
  }
});
document.addEventListener("htmx:afterRequest", () => {
  document.querySelector("#busy progress").hidden = true;
});

function prepare(root) {
  localise(root);
  passCellsBy(root);
}

document.addEventListener("DOMContentLoaded", () => prepare(document));
document.addEventListener("htmx:load", (event) => prepare(event.target));
