// One page, two views: the datasets of a domain, and the URLs of a domain in one of them. The address
// says which (?domain=…&dataset=…), so every view can be linked, and Back works. Data only ever goes
// into the page as text.
"use strict";

const PAGE = 100;
const form = document.querySelector("form");
const box = document.getElementById("domain");
const answer = document.getElementById("answer");
const number = new Intl.NumberFormat();
let turn = 0;

/** An element with attributes and children; a string child is text. */
function el(name, attributes = {}, ...children) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  made.append(...children);
  return made;
}

function count(n, one, many) {
  return `${number.format(n)} ${n === 1 ? one : many}`;
}

async function ask(path) {
  let response;
  try {
    response = await fetch(path, { headers: { Accept: "application/json" } });
  } catch {
    throw { title: "The service does not answer", detail: "Look whether it still runs, then try again." };
  }
  const body = await response.json().catch(() => ({}));
  if (response.ok) return body;
  throw { title: body.title ?? `Status ${response.status}`, detail: body.detail ?? "", status: response.status };
}

/** What was typed or pasted, as a host: of a whole URL, its host. */
function hostOf(text) {
  const typed = text.trim();
  if (!/[/:?#@]/.test(typed)) return typed;
  try {
    return new URL(typed.includes("://") ? typed : `http://${typed}`).hostname || typed;
  } catch {
    return typed;
  }
}

function addressOf(domain, dataset) {
  const query = new URLSearchParams({ domain });
  if (dataset !== undefined) query.set("dataset", dataset);
  return `/?${query}`;
}

function go(address) {
  history.pushState(null, "", address);
  show(true);
}

/** A link that stays in this page, unless somebody wants it in another. */
function inner(href, attributes, ...children) {
  const link = el("a", { href, ...attributes }, ...children);
  link.addEventListener("click", (event) => {
    if (event.button || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
    event.preventDefault();
    go(href);
  });
  return link;
}

function bar(share) {
  const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  svg.setAttribute("class", "bar");
  svg.setAttribute("aria-hidden", "true");
  const rect = document.createElementNS(svg.namespaceURI, "rect");
  rect.setAttribute("width", `${Math.max(0.3, share * 100)}%`);
  rect.setAttribute("height", "100%");
  rect.setAttribute("rx", "3");
  svg.append(rect);
  return svg;
}

function problemView(problem) {
  return [el("div", { class: "problem", role: "alert" },
    el("p", {}, el("strong", {}, problem.title)), el("p", {}, problem.detail ?? ""))];
}

async function domainView(host) {
  const found = await ask(`/v1/domain/${encodeURIComponent(host)}`);
  const holdings = found.datasets.toSorted((a, b) => b.url_count - a.url_count || a.name.localeCompare(b.name));
  document.title = `${found.domain} · Whence`;
  const title = el("h2", {}, found.domain);
  if (holdings.length === 0) {
    return [title, el("p", { class: "note" }, "No dataset holds a URL of this domain.")];
  }
  const urls = holdings.reduce((sum, holding) => sum + holding.url_count, 0);
  const most = holdings[0].url_count;
  return [
    title,
    el("p", { class: "lead" }, `${count(urls, "URL", "URLs")} in ${count(holdings.length, "dataset", "datasets")}`),
    el("ol", {}, ...holdings.map((holding) => el("li", {},
      inner(addressOf(found.domain, holding.dataset_id), { class: "holding" },
        el("span", { class: "name" }, holding.name),
        el("span", { class: "count" }, count(holding.url_count, "URL", "URLs")),
        bar(holding.url_count / most))))),
  ];
}

function urlItem(item) {
  const line = el("li", { class: "url" },
    el("a", { href: item.url, rel: "noopener noreferrer nofollow", target: "_blank" }, item.url));
  if (item.ts) line.append(el("time", { datetime: item.ts }, item.ts.slice(0, 10)));
  return line;
}

/**
 * All from the version of the first page, whatever is published meanwhile: its names, and the other pages,
 * forward by cursor, back by remembering the cursors.
 */
async function urlsView(host, dataset) {
  const base = `/v1/domain/${encodeURIComponent(host)}/datasets/${encodeURIComponent(dataset)}/urls?limit=${PAGE}`;
  const first = await ask(base);
  const [found, info] = await Promise.all([
    ask(`/v1/domain/${encodeURIComponent(host)}?version=${first.version}`),
    ask(`/v1/datasets/${encodeURIComponent(dataset)}?version=${first.version}`)]);
  document.title = `${found.domain} in ${info.name} · Whence`;
  const list = el("ol");
  const where = el("span", { class: "where" });
  const back = el("button", { type: "button", class: "plain" }, "Previous");
  const on = el("button", { type: "button", class: "plain" }, "Next");
  const paths = [`${base}&version=${first.version}`];
  let page;

  function fill(next) {
    page = next;
    const from = (paths.length - 1) * PAGE;
    list.replaceChildren(...page.items.map(urlItem));
    where.textContent = page.total === 0 ? ""
      : `${number.format(from + 1)} – ${number.format(from + page.items.length)} of ${number.format(page.total)}`;
    back.disabled = paths.length === 1;
    on.disabled = page.next_cursor === null;
  }

  async function turnTo(next) {
    const mine = turn;
    answer.setAttribute("aria-busy", "true");
    try {
      const read = await ask(next.at(-1));
      if (mine !== turn) return;
      paths.splice(0, paths.length, ...next);
      fill(read);
      answer.scrollIntoView({ block: "start" });
    } catch (problem) {
      if (mine === turn) answer.replaceChildren(...problemView(problem));
    } finally {
      if (mine === turn) answer.setAttribute("aria-busy", "false");
    }
  }

  on.addEventListener("click", () => turnTo([...paths, `${base}&cursor=${encodeURIComponent(page.next_cursor)}`]));
  back.addEventListener("click", () => turnTo(paths.slice(0, -1)));
  fill(first);
  const pager = el("nav", { class: "pager", "aria-label": "Pages of URLs" }, back, on, where);
  return [
    el("h2", {}, inner(addressOf(found.domain), {}, found.domain), ` in ${info.name}`),
    el("p", { class: "lead" }, first.total === 0 ? "This dataset holds no URL of this domain."
      : count(first.total, "URL", "URLs")),
    ...(first.total === 0 ? [] : [list]),
    ...(first.total > PAGE ? [pager] : []),
  ];
}

async function welcomeView() {
  document.title = "Whence";
  const { datasets } = await ask("/v1/datasets");
  if (datasets.length === 0) {
    return [el("p", { class: "note" }, "No dataset has been loaded yet.")];
  }
  const urls = datasets.reduce((sum, dataset) => sum + dataset.url_count, 0);
  return [el("p", { class: "note" }, `${count(urls, "URL", "URLs")} in ${count(datasets.length, "dataset", "datasets")} can be looked up.`)];
}

async function showVersion() {
  const line = document.getElementById("version");
  try {
    const { versions } = await ask("/v1/versions?limit=1");
    const newest = versions[0];
    line.textContent = newest === undefined ? "Nothing published yet"
      : `Version ${newest.number}: ${count(newest.counts.datasets, "dataset", "datasets")}, `
        + `${count(newest.counts.domains, "domain", "domains")}, ${count(newest.counts.urls, "URL", "URLs")}`;
  } catch {
    line.textContent = "";
  }
}

/** Shows what the address says; an answer that comes after a later question is dropped. */
async function show(moveFocus) {
  const mine = ++turn;
  const query = new URLSearchParams(location.search);
  const host = hostOf(query.get("domain") ?? "");
  const dataset = query.get("dataset");
  box.value = host;
  answer.setAttribute("aria-busy", "true");
  if (answer.childElementCount === 0) answer.append(el("p", { class: "note" }, "Looking …"));
  let view;
  try {
    view = !host ? await welcomeView() : dataset === null ? await domainView(host) : await urlsView(host, dataset);
  } catch (problem) {
    if (problem instanceof Error) console.error(problem);
    view = problemView(problem instanceof Error
      ? { title: "This page failed", detail: "The browser's console tells more." } : problem);
  }
  if (mine !== turn) return;
  answer.replaceChildren(...view);
  answer.setAttribute("aria-busy", "false");
  if (moveFocus) answer.focus({ preventScroll: true });
  showVersion();
}

form.addEventListener("submit", (event) => {
  event.preventDefault();
  const host = hostOf(box.value);
  if (host) go(addressOf(host));
});
document.querySelector("[data-home]").addEventListener("click", (event) => {
  event.preventDefault();
  go("/");
  box.focus();
});
window.addEventListener("popstate", () => show(false));
show(false);
// Only where nothing else is to be seen: on a phone the focus opens the keyboard, over an answer.
if (!box.value) box.focus();
