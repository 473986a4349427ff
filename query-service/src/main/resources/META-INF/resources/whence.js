// What makes the pages quicker where scripts run; everything works without. Answers get into a page as
// text, or as the elements of another page of this service. There is no inline script or style.
"use strict";

const number = new Intl.NumberFormat("en");

/** An element with attributes and children; a string child is text. */
function element(name, attributes, ...children) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  made.append(...children);
  return made;
}

/** Domains that begin as what is typed, in a list below the box (ARIA combobox). */
function suggest(field) {
  const input = field.querySelector("input");
  const list = element("ul", { id: "options", class: "options", role: "listbox", "aria-label": "Domains" });
  const status = element("p", { class: "hidden", "aria-live": "polite" });
  list.hidden = true;
  field.append(list, status);
  for (const [key, value] of Object.entries({ role: "combobox", "aria-autocomplete": "list", "aria-controls": "options", "aria-expanded": "false" })) {
    input.setAttribute(key, value);
  }
  let chosen = -1;
  let running;
  let waiting;

  const close = () => {
    list.hidden = true;
    chosen = -1;
    input.setAttribute("aria-expanded", "false");
    input.removeAttribute("aria-activedescendant");
  };
  const take = (option) => {
    input.value = option.dataset.domain;
    close();
    input.form.requestSubmit();
  };
  const choose = (next) => {
    const options = [...list.children];
    chosen = (next + options.length) % options.length;
    options.forEach((option, i) => option.setAttribute("aria-selected", String(i === chosen)));
    input.setAttribute("aria-activedescendant", options[chosen].id);
  };
  const show = (domains) => {
    list.replaceChildren(...domains.map((each, i) => {
      const urls = each.url_count === 1 ? "URL" : "URLs";
      const sums = `${number.format(each.url_count)} ${urls} in ${number.format(each.dataset_count)}`;
      const option = element("li", { id: `option-${i}`, role: "option", "aria-selected": "false", "data-domain": each.domain }, each.domain, element("span", {}, sums));
      option.addEventListener("mousedown", (event) => { event.preventDefault(); take(option); });
      return option;
    }));
    chosen = -1;
    list.hidden = domains.length === 0;
    input.setAttribute("aria-expanded", String(!list.hidden));
    const suggestions = domains.length === 1 ? "suggestion" : "suggestions";
    status.textContent = domains.length === 0 ? "" : `${domains.length} ${suggestions}`;
  };
  const ask = async () => {
    running?.abort();
    const typed = input.value.trim().toLowerCase();
    if (typed.length < 2 || !/^[!-~]{2,253}$/.test(typed) || /[/:?#@*]/.test(typed)) return close();
    running = new AbortController();
    const query = new URLSearchParams({ prefix: typed, limit: "8" });
    const pinned = input.form.elements.version?.value;
    if (pinned) query.set("version", pinned);
    try {
      const answer = await fetch(`/v1/domains?${query}`, { signal: running.signal });
      if (answer.ok) show((await answer.json()).domains); else close();
    } catch {
      // Given up for a newer question, or out of reach: the form still works.
    }
  };
  input.addEventListener("input", () => { clearTimeout(waiting); waiting = setTimeout(ask, 120); });
  input.addEventListener("blur", close);
  input.addEventListener("keydown", (event) => {
    if (list.hidden) return;
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      choose(event.key === "ArrowDown" ? chosen + 1 : Math.max(chosen, 0) - 1);
    } else if (event.key === "Enter" && chosen >= 0) {
      event.preventDefault();
      take(list.children[chosen]);
    } else if (event.key === "Escape") {
      close();
    }
  });
}

async function page(address) {
  const answer = await fetch(address, { headers: { Accept: "text/html" } });
  const document = new DOMParser().parseFromString(await answer.text(), "text/html");
  if (!answer.ok) throw new Error(document.querySelector(".problem p")?.textContent ?? `Status ${answer.status}`);
  return document;
}

/** Puts the next page below this one, when it comes into sight; after some, only when asked. */
function endless(more) {
  const UNASKED = 10;
  let loaded = 0;
  const load = async () => {
    const link = more.querySelector("a[rel=next]");
    if (!link || more.getAttribute("aria-busy") === "true") return;
    more.setAttribute("aria-busy", "true");
    try {
      const next = await page(link.href);
      const scope = more.closest("section, #answer, main");
      scope.querySelector("[data-list]").append(...next.querySelector("[data-list]")?.children ?? []);
      const last = next.querySelector("[data-last]");
      if (last) document.querySelector("[data-last]").textContent = last.textContent;
      const after = next.querySelector(".more a[rel=next]");
      if (after) link.href = after.getAttribute("href"); else { watch.disconnect(); more.remove(); }
      loaded++;
      if (after && loaded < UNASKED) { watch.unobserve(more); watch.observe(more); }
    } catch (problem) {
      watch.disconnect();
      more.append(element("span", { role: "alert" }, ` ${problem.message}`));
    } finally {
      more.removeAttribute("aria-busy");
    }
  };
  const watch = new IntersectionObserver((entries) => {
    if (loaded < UNASKED && entries.some((entry) => entry.isIntersecting)) load();
  }, { rootMargin: "400px" });
  more.addEventListener("click", (event) => {
    if (event.target.matches("a[rel=next]") && !event.metaKey && !event.ctrlKey && !event.shiftKey) {
      event.preventDefault();
      load();
    }
  });
  watch.observe(more);
}

/** Fills a place with the answer of the page that its link leads to. */
async function fill(place) {
  try {
    const answer = (await page(place.dataset.fill)).querySelector("#answer");
    answer.removeAttribute("id");
    const wrapped = element("div", { id: "answer" }, ...answer.childNodes);
    place.replaceWith(wrapped);
    wrapped.querySelectorAll(".more").forEach(endless);
  } catch {
    // The link stays, and tells what is wrong when it is followed.
  }
}

/** A file that is dropped on the form is the one that is chosen. */
function drop(form) {
  const over = (event) => { event.preventDefault(); form.classList.add("over"); };
  form.addEventListener("dragover", over);
  form.addEventListener("dragleave", () => form.classList.remove("over"));
  form.addEventListener("drop", (event) => {
    event.preventDefault();
    form.classList.remove("over");
    if (event.dataTransfer.files.length) form.elements.file.files = event.dataTransfer.files;
    else form.elements.domains.value = event.dataTransfer.getData("text");
  });
}

/** URLs after each version as a line; the numbers are those of the table. */
function chart(figure) {
  const rows = [...document.querySelectorAll("tr[data-urls]")].reverse();
  if (!window.Chart || rows.length < 2) return;
  figure.hidden = false;
  let drawn;
  const draw = () => {
    Chart.defaults.font.family = getComputedStyle(document.body).fontFamily;
    const probe = element("span", { class: "quiet" });
    document.body.append(probe);
    const quiet = getComputedStyle(probe).color;
    probe.className = "bar";
    const line = getComputedStyle(document.querySelector("main a")).color;
    const track = getComputedStyle(probe).backgroundColor;
    probe.remove();
    drawn?.destroy();
    drawn = new Chart(figure.querySelector("canvas"), {
      type: "line",
      data: {
        labels: rows.map((row) => row.dataset.version),
        datasets: [{ label: "URLs", data: rows.map((row) => Number(row.dataset.urls)), borderColor: line, backgroundColor: track, fill: true, stepped: true, borderWidth: 2, pointRadius: rows.length > 40 ? 0 : 3, pointBackgroundColor: line }],
      },
      options: {
        animation: false,
        maintainAspectRatio: false,
        interaction: { mode: "index", intersect: false },
        plugins: { legend: { display: false }, tooltip: { displayColors: false, callbacks: { title: (items) => `Version ${items[0].label}`, label: (item) => `${number.format(item.parsed.y)} URLs` } } },
        scales: {
          x: { title: { display: true, text: "Version", color: quiet }, ticks: { color: quiet, maxTicksLimit: 8 }, grid: { display: false } },
          y: { beginAtZero: true, ticks: { color: quiet, maxTicksLimit: 5, callback: (value) => number.format(value) }, grid: { color: track } },
        },
      },
    });
  };
  draw();
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", draw);
}

document.querySelectorAll("[data-suggest]").forEach(suggest);
document.querySelectorAll(".more").forEach(endless);
document.querySelectorAll("[data-fill]").forEach(fill);
document.querySelectorAll("[data-drop]").forEach(drop);
document.querySelectorAll("[data-chart]").forEach(chart);
