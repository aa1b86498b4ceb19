// A client of the REST way in. All that comes from images is set as text, never as markup.
"use strict";

const byId = (id) => document.getElementById(id);

// The link that `stemma up` prints carries the token behind #, which browsers send to nobody; it is taken out of sight at once.
const handed = new URLSearchParams(location.hash.slice(1)).get("token");
if (handed) {
  sessionStorage.setItem("token", handed);
  history.replaceState(null, "", location.pathname);
}

async function ask(path, parameters = {}) {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(parameters)) {
    for (const one of [value].flat()) {
      if (one) query.append(name, one);
    }
  }
  const answer = await fetch(`/api/v1/${path}?${query}`, {
    headers: { Authorization: `Bearer ${sessionStorage.getItem("token") ?? ""}`, Accept: "application/json, application/problem+json" },
  });
  const body = await answer.json();
  if (answer.status === 401) {
    sessionStorage.removeItem("token");
    show();
  }
  if (!answer.ok) {
    const problem = new Error([body.where, [body.detail, body.remedy].filter(Boolean).join(". ")].filter(Boolean).join(": "));
    problem.where = body.where;
    throw problem;
  }
  return body;
}

function element(name, content, className) {
  const made = document.createElement(name);
  if (className) made.className = className;
  for (const part of [content].flat()) {
    if (part !== undefined && part !== null) made.append(part);
  }
  return made;
}

function size(bytes) {
  if (bytes === undefined) return "";
  const units = ["B", "kB", "MB", "GB", "TB", "PB"];
  let unit = 0;
  while (bytes >= 1000 && unit < units.length - 1) {
    bytes /= 1000;
    unit++;
  }
  return `${unit === 0 ? bytes : bytes.toPrecision(3)} ${units[unit]}`;
}

const time = (text) => (text ? new Date(text).toLocaleString() : "");
const number = (value) => (value ?? 0).toLocaleString();

function facts(pairs) {
  const list = document.createElement("dl");
  for (const [name, value] of pairs) {
    if (value) list.append(element("dt", name), element("dd", value));
  }
  return list;
}

function show() {
  const signedIn = Boolean(sessionStorage.getItem("token"));
  byId("sign-in").hidden = signedIn;
  byId("library").hidden = !signedIn;
  if (signedIn) attempt(open);
}

async function attempt(work) {
  byId("notes").textContent = "";
  byId("place").hidden = true;
  try {
    await work();
  } catch (problem) {
    byId("notes").textContent = problem.message;
    point(problem.where);
  }
}

// Where in the search a problem is; the service counts characters from 1.
function point(where) {
  const place = /^character (\d+)$/.exec(where ?? "");
  if (!place) return;
  byId("place").textContent = `${byId("search").elements.q.value}\n${" ".repeat(Number(place[1]) - 1)}^`;
  byId("place").hidden = false;
}

// Each narrows the search by one more condition.
function narrow(facets) {
  return Object.entries(facets ?? {}).filter(([, words]) => words.length > 1).map(([field, words]) => element("p", [
    element("span", field),
    ...words.slice(0, 8).map((one) => {
      const button = element("button", `${one.word} ${number(one.images)}`);
      button.type = "button";
      button.addEventListener("click", () => {
        const box = byId("search").elements.q;
        box.value = `${box.value.trim() ? `(${box.value}) ` : ""}${condition(field, one.word)}`;
        attempt(search);
      });
      return button;
    }),
  ]));
}

const quoted = (word) => (/[\s()"]/.test(word) ? `"${word.replace(/[\\"]/g, "\\$&")}"` : word);
const written = { architecture: "arch" };
const condition = (field, word) => `${written[field] ?? field}:${quoted(word)}`;

async function open() {
  const status = await ask("status");
  byId("tally").textContent =
    `${number(status.images)} images, ${number(status.packages)} packages, ${number(status.files)} distinct files`;
  await search();
}

const terms = (text) => text.split(",").map((term) => term.trim()).filter(Boolean);

async function search() {
  const form = new FormData(byId("search"));
  const answer = await ask("search", {
    q: form.get("q"),
    all: terms(form.get("all")),
    none: terms(form.get("none")),
    file: form.get("file").trim(),
    limit: 200,
  });
  const notes = [...(answer.notes ?? [])];
  if (answer.hits.items.length === 0) notes.unshift("No image fits.");
  if (answer.hits.next) notes.push(`The first ${answer.hits.items.length} of ${number(answer.hits.total)}.`);
  const indexed = answer.indexed;
  notes.push(`Searched: ${number(indexed.full)} images with their files, ${number(indexed.basic)} of the basic level, ${number(indexed.none)} never indexed.`);
  byId("notes").textContent = notes.join("\n");
  byId("facets").replaceChildren(...narrow(answer.facets));
  byId("images").replaceChildren(...answer.hits.items.map(entry));
  byId("image").hidden = true;
}

// A line of configuration that the search was met by, the words marked.
function excerpt(found) {
  return element("small", [
    `${found.path}:${found.line}: ${found.text.slice(0, found.start)}`,
    element("mark", found.text.slice(found.start, found.end)),
    found.text.slice(found.end),
  ], "mono");
}

function entry(image) {
  const button = element("button", [
    element("strong", image.name),
    element("small", (image.operatingSystems ?? []).join(", ") || (image.level ? "no operating system" : "not indexed")),
    element("small", image.location, "mono"),
    ...(image.excerpts ?? []).map(excerpt),
  ]);
  button.type = "button";
  button.setAttribute("aria-pressed", "false");
  button.addEventListener("click", () => {
    for (const other of byId("images").querySelectorAll("button")) other.setAttribute("aria-pressed", String(other === button));
    attempt(() => openImage(image.imageId));
  });
  return element("li", button);
}

function kin(relatives, title) {
  if (!relatives?.length) return [];
  const list = element("ul", relatives.map((relative) => {
    const link = element("a", relative.name);
    link.href = "#";
    link.addEventListener("click", (event) => {
      event.preventDefault();
      attempt(() => openImage(relative.imageId));
    });
    return element("li", [link, element("span", `${relative.kind}, ${relative.basis.toLowerCase()}`, "kind")]);
  }), "plain");
  return [element("h3", title), list];
}

async function openImage(id) {
  const view = await ask(`images/${encodeURIComponent(id)}`);
  const { image, inventory } = view;
  const systems = (view.operatingSystems ?? []).map((os) =>
    [os.prettyName ?? os.distribution, os.patchLevel, os.architecture].filter(Boolean).join(", ")).join("; ");
  const parts = [
    element("h2", image.name),
    element("p", image.location, "mono faint"),
    facts([
      ["System", systems],
      ["Format", [image.format, image.virtualBytes && `${size(image.virtualBytes)} for the guest`,
        image.allocatedBytes && `${size(image.allocatedBytes)} on disk`].filter(Boolean).join(", ")],
      ["Modified", time(image.modifiedAt)],
      ["Observed", inventory ? `${time(inventory.observedAt)}, ${inventory.level}` : "never indexed"],
      ["Holds", inventory ? `${number(inventory.packages)} packages, ${number(inventory.counts.files)} files with ${size(inventory.counts.fileBytes)}` : ""],
      ["Inventory", inventory ? element("code", inventory.id) : ""],
    ]),
    ...kin(view.parents, "Derives from"),
    ...kin(view.children, "Parent of"),
    ...observations(view.observations),
  ];
  const article = byId("image");
  article.replaceChildren(...parts);
  article.hidden = false;
  if (inventory && view.parents?.length) article.append(...(await drift(id)));
}

function observations(found) {
  if (!found?.length) return [];
  return [element("h3", "Observations"), element("ul", found.map((one) =>
    element("li", [
      element("span", `${one.where}: ${one.message}`, one.severity === "NOTE" ? "" : "grave"),
      element("span", one.code, "kind"),
    ])), "plain")];
}

async function drift(id) {
  let answer;
  try {
    answer = await ask("drift", { image: id, limit: 25 });
  } catch (problem) {
    return [element("h3", "Drift"), element("p", problem.message, "faint")];
  }
  const packages = (answer.packages?.changes ?? []).map((change) =>
    element("li", [`${change.name} ${[change.fromVersion, change.toVersion].filter(Boolean).join(" → ")}`,
      element("span", change.kind.toLowerCase(), "kind")]));
  const files = (answer.files?.changes.items ?? []).map((change) =>
    element("li", [element("code", change.path), element("span", change.kind.toLowerCase(), "kind"),
      change.owners.length ? "" : element("span", "owned by no package", "kind")]));
  const counted = answer.files
    ? `; ${number(answer.files.added)} files added, ${number(answer.files.removed)} removed, ${number(answer.files.changed)} changed`
    : "";
  return [
    element("h3", `Drift from ${answer.from.imageName ?? "its parent"}`),
    element("p", answer.same ? "Nothing differs." : `${packages.length} packages differ${counted}.`),
    element("ul", packages.slice(0, 25), "plain"),
    element("ul", files, "plain"),
  ];
}

byId("sign-in").addEventListener("submit", (event) => {
  event.preventDefault();
  sessionStorage.setItem("token", byId("token").value.trim());
  byId("token").value = "";
  show();
});
byId("search").addEventListener("submit", (event) => {
  event.preventDefault();
  attempt(search);
});
byId("search").elements.q.addEventListener("input", (event) => attempt(async () => {
  const typed = event.target.value;
  if (event.target.selectionStart !== typed.length || !typed.trim()) return;
  const ways = await ask("search/suggestions", { typed, limit: 12 });
  byId("continued").replaceChildren(...ways.map((way) => {
    const option = document.createElement("option");
    option.value = way.query;
    option.label = `${way.word} (${way.meaning})`;
    return option;
  }));
}));
for (const field of ["all", "none"]) {
  byId("search").elements[field].addEventListener("input", (event) => attempt(async () => {
    const typed = event.target.value.split(",");
    const last = typed.pop().trim();
    if (!/^[a-z0-9][a-z0-9.+-]+$/i.test(last)) return;
    const lead = typed.length ? `${typed.join(",")}, ` : "";
    const known = await ask("packages", { typed: last, limit: 12 });
    byId("software").replaceChildren(...known.items.map((one) => {
      const option = document.createElement("option");
      option.value = lead + one.name;
      return option;
    }));
  }));
}
show();
