"use strict";
(() => {
  const all = (query, root = document) => [...root.querySelectorAll(query)];
  const rows = all("table.rows tbody tr");
  const tools = document.querySelector(".tools");

  // A sentence and its translation, or a marker and the row that it leads to, light up together.
  const partners = (element) => {
    const marker = element.closest(".marks a[href^='#']");
    if (marker) {
      const target = document.getElementById(marker.getAttribute("href").slice(1));
      const row = target && (target.closest("tr") || target);
      return row ? [marker, ...row.children] : [];
    }
    const sentence = element.closest("[data-row]");
    if (sentence) return all(`[data-row="${sentence.dataset.row}"]`, sentence.closest("tr"));
    const row = element.closest("table.rows tbody tr");
    return row ? [...row.children] : [];
  };
  let lit = [];
  const light = (event) => {
    lit.forEach((one) => one.classList.remove("lit"));
    lit = event.target instanceof Element ? partners(event.target) : [];
    lit.forEach((one) => one.classList.add("lit"));
  };
  ["mouseover", "focusin", "click"].forEach((name) => document.addEventListener(name, light));

  if (!tools || !rows.length) return;
  tools.hidden = false;
  document.body.classList.add("has-tools");
  const search = tools.querySelector("input");
  const flag = tools.querySelector("select");
  const told = tools.querySelector("output");
  const texts = rows.map((row) => row.textContent.toLocaleLowerCase());
  const apply = () => {
    const words = search.value.toLocaleLowerCase().split(/\s+/).filter(Boolean);
    const kind = flag ? flag.value : "";
    let shown = 0;
    rows.forEach((row, index) => {
      const kinds = (row.dataset.flags || "").split(" ");
      const flagged = !kind || (kind === "*" ? row.classList.contains("flagged") : kinds.includes(kind));
      const fits = flagged && words.every((word) => texts[index].includes(word));
      row.hidden = !fits;
      shown += fits ? 1 : 0;
    });
    all("section.article").forEach((article) => {
      article.hidden = !article.querySelector("table.rows tbody tr:not([hidden])");
    });
    told.textContent = words.length || kind ? `${shown} of ${rows.length} rows` : "";
  };
  let waiting = 0;
  search.addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = setTimeout(apply, 120);
  });
  if (flag) flag.addEventListener("change", apply);
  // A link into a hidden row shows everything again, so that evidence is never out of reach.
  window.addEventListener("hashchange", () => {
    const target = document.getElementById(location.hash.slice(1));
    if (target && target.closest("[hidden]")) {
      search.value = "";
      if (flag) flag.value = "";
      apply();
      target.scrollIntoView();
    }
  });
})();
