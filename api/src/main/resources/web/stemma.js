// A client of the REST way in. All that comes from images is set as text, never as markup.
"use strict";

const byId = (id) => document.getElementById(id);

// The link that `stemma up` prints carries the token behind #, which browsers send to nobody; it is taken out of sight at once.
const handed = new URLSearchParams(location.hash.slice(1)).get("token");
if (handed) {
  sessionStorage.setItem("token", handed);
  history.replaceState(null, "", location.pathname);
}

async function answered(path, parameters, accept) {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(parameters)) {
    for (const one of [value].flat()) {
      if (one) query.append(name, one);
    }
  }
  const answer = await fetch(`/api/v1/${path}?${query}`, {
    headers: { Authorization: `Bearer ${sessionStorage.getItem("token") ?? ""}`, Accept: accept },
  });
  if (answer.ok && !accept.startsWith("application/json")) return answer.text();
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

const ask = (path, parameters = {}) => answered(path, parameters, "application/json, application/problem+json");
const text = (path, parameters) => answered(path, parameters, "image/svg+xml, application/problem+json");

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
  await look("search");
}

// What lies on the left: what a search found, version chains, or machines. What is opened of it stands on the right.
const views = { search, chains, machines };

async function look(view) {
  for (const button of byId("views").querySelectorAll("button")) {
    if (button.dataset.view === view) button.setAttribute("aria-current", "page");
    else button.removeAttribute("aria-current");
  }
  byId("search").hidden = view !== "search";
  byId("facets").hidden = view !== "search";
  byId("image").hidden = true;
  await views[view]();
}

// The entries on the left; the one that was opened is marked.
function shelve(entries) {
  byId("images").replaceChildren(...entries);
}

function entryOf(parts, work) {
  const button = element("button", parts);
  button.type = "button";
  button.setAttribute("aria-pressed", "false");
  button.addEventListener("click", () => {
    for (const other of byId("images").querySelectorAll("button")) other.setAttribute("aria-pressed", String(other === button));
    attempt(work);
  });
  return element("li", button);
}

function opened(...parts) {
  const article = byId("image");
  article.replaceChildren(...parts.flat());
  article.hidden = false;
  // Beside a long list it stands in sight; on a narrow page, where it comes below, the page goes there.
  article.scrollTop = 0;
  article.querySelectorAll(".tree").forEach(centre);
  const { top } = article.getBoundingClientRect();
  if (top < 0 || top > innerHeight) article.scrollIntoView();
  return article;
}

function link(text, work) {
  const made = element("a", text);
  made.href = "#";
  made.addEventListener("click", (event) => {
    event.preventDefault();
    attempt(work);
  });
  return made;
}

const state = (word) => (!word || word === "ACTIVE" ? [] : [element("span", word.toLowerCase(), `kind ${word.toLowerCase()}`)]);
const channel = (name) => element("span", name, "kind channel");

async function all(path) {
  const items = [];
  let cursor;
  do {
    const page = await ask(path, { limit: 1000, cursor });
    items.push(...page.items);
    cursor = page.next;
  } while (cursor && items.length < 10_000);
  return items;
}

async function chains() {
  const found = await all("chains");
  byId("notes").textContent = found.length ? "" : "There are no version chains yet. See: stemma checkin --help";
  shelve(found.map((chain) => entryOf([
    element("strong", [chain.name, ...chain.channels.map((one) => channel(`${one.name} → ${one.number}`))]),
    element("small", `${number(chain.versions)} version${chain.versions === 1 ? "" : "s"}${chain.head ? `, newest ${chain.head.number}` : ""}`),
    element("small", chain.changedAt ? `changed ${time(chain.changedAt)}` : ""),
  ], () => openChain(chain.name))));
}

async function openChain(name) {
  const versions = await all(`chains/${encodeURIComponent(name)}/versions`);
  const rows = versions.map((version) => element("tr", [
    element("th", [link(`${name}:${version.number}`, () => openImage(version.imageId)), ...version.channels.map(channel), ...state(version.state)]),
    element("td", [version.message ?? "", ...version.warnings.map((warning) => element("small", `⚠ ${sentence(warning)}`, "grave")),
      ...version.former.map((place) => element("small", `was ${place.chain}:${place.number} until ${time(place.until)}`, "faint"))]),
    element("td", version.author ?? ""),
    element("td", time(version.checkedInAt)),
    element("td", version.branches ? number(version.branches) : "", "amount"),
    element("td", size(version.virtualBytes), "amount"),
    element("td", version.collectedAt ? "let go" : size(version.storedBytes), "amount"),
  ]));
  const head = element("tr", ["Version", "Message", "Author", "Checked in", "Uses", "Size", "Stored"].map((word) => element("th", word)));
  opened(
    element("h2", name),
    element("p", `${number(versions.length)} version${versions.length === 1 ? "" : "s"}, newest first`, "faint"),
    element("div", element("table", [element("thead", head), element("tbody", rows)]), "wide"),
    versions.length ? await tree(versions[0].imageId) : [],
  );
}

const sentence = (warning) => (warning.kind === "REVOKED_ANCESTOR"
  ? `made from ${warning.ancestor}, which is revoked`
  : `made from ${warning.ancestor}, and there is ${warning.newer}`);

// Only what is on the page and loaded can be scrolled, whichever comes last.
const centre = (frame) => { frame.scrollLeft = frame.dataset.middle - frame.clientWidth / 2; };

// The drawing is an image: whatever names it holds, nothing in it runs.
async function tree(id) {
  let drawing;
  try {
    drawing = await text("lineage", { image: id, form: "svg" });
  } catch (problem) {
    return [element("h3", "Family tree"), element("p", problem.message, "faint")];
  }
  const image = document.createElement("img");
  image.alt = "Ancestors on the left, descendants and machines on the right";
  const frame = element("div", image, "wide tree");
  // What is asked about, drawn with a thick line, is in sight at first.
  const self = drawing.split('<svg x="').find((box) => /class="box[^"]* self/.test(box)) ?? "";
  const middle = parseFloat(self) + parseFloat(/ width="(\d+)/.exec(self)?.[1]) / 2;
  frame.dataset.middle = middle || 0;
  image.addEventListener("load", () => centre(frame));
  image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(drawing)}`;
  return [element("h3", "Family tree"), frame];
}

async function machines() {
  const found = await all("machines");
  byId("notes").textContent = found.length ? "" : "No machines are recorded. See: stemma deploy --help";
  shelve(found.map((machine) => {
    const run = machine.runs.find((one) => !one.until);
    return entryOf([
      element("strong", [machine.name, ...state(machine.state)]),
      element("small", run ? `runs ${run.name}${run.branch ? ` as ${run.branch}` : ""}` : "runs nothing"),
      element("small", run ? `since ${time(run.since)}` : ""),
    ], () => openMachine(machine.id));
  }));
}

async function openMachine(id) {
  const machine = await ask(`machines/${encodeURIComponent(id)}`);
  opened(
    element("h2", machine.name),
    element("p", `${(machine.kind ?? "virtual").toLowerCase()} machine, ${machine.state.toLowerCase()}`, "faint"),
    element("h3", "Runs"),
    element("ul", machine.runs.map((run) => element("li", [
      link(run.name, () => openImage(run.imageId)),
      ...(run.branch ? [element("span", run.branch, "kind")] : []),
      element("span", ` ${time(run.since)} – ${run.until ? time(run.until) : "now"}`, "faint"),
    ])), "plain"),
    machine.captures.length ? [element("h3", "Captured"), element("ul", machine.captures.map((capture) => element("li", [
      link(capture.versions.join(" ") || capture.name, () => openImage(capture.imageId)),
      element("span", ` ${time(capture.capturedAt)}`, "faint"),
    ])), "plain")] : [],
    await tree(machine.id),
    await happened(machine.id),
  );
}

// What happened to an image or a machine, newest first.
async function happened(id) {
  const page = await ask("history", { image: id, limit: 20 });
  const name = (subject) => (subject.kind === "Inventory" ? `inventory ${subject.name.slice(0, 8)}` : subject.name);
  const items = page.items.map((activity) => element("li", [
    element("span", activity.kind, "kind"),
    ` ${[activity.made.map(name).join(", "), activity.used.length ? `from ${activity.used.map(name).join(", ")}` : "",
      activity.changed.map((change) => `${change.name}: ${change.from ? `${change.from} ` : ""}→ ${change.to}`).join("; ")].filter(Boolean).join(" ")}`,
    element("small", [time(activity.endedAt), activity.agents[0], activity.message].filter(Boolean).join(" · "), "faint"),
  ]));
  const more = page.total > items.length ? [element("p", `and ${number(page.total - items.length)} more: stemma history`, "faint")] : [];
  return items.length ? [element("h3", "History"), element("ul", items, "plain"), ...more] : [];
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
  shelve(answer.hits.items.map(entry));
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
  const machine = image.kind === "machine";
  return entryOf([
    element("strong", machine ? [image.name, element("span", "machine", "kind")] : image.name),
    element("small", (image.operatingSystems ?? []).join(", ") || (image.level ? "no operating system" : "not indexed")),
    element("small", image.location, "mono"),
    ...(image.excerpts ?? []).map(excerpt),
  ], () => (machine ? openMachine(image.imageId) : openImage(image.imageId)));
}

function kin(relatives, title) {
  if (!relatives?.length) return [];
  const list = element("ul", relatives.map((relative) => {
    return element("li", [
      link(relative.name, () => openImage(relative.imageId)),
      element("span", `${relative.kind}, ${relative.basis.toLowerCase()}`, "kind"),
      ...state(relative.state),
    ]);
  }), "plain");
  return [element("h3", title), list];
}

async function openImage(id) {
  const view = await ask(`images/${encodeURIComponent(id)}`);
  const { image, inventory } = view;
  const systems = (view.operatingSystems ?? []).map((os) =>
    [os.prettyName ?? os.distribution, os.patchLevel, os.architecture].filter(Boolean).join(", ")).join("; ");
  const place = view.place;
  const version = place && !place.branch;
  const reference = place && `${place.chain}:${place.version}${place.branch ? `.${place.branch}` : ""}`;
  const parts = [
    element("h2", [image.name, ...(place?.channels ?? []).map(channel), ...state(image.state)]),
    element("p", version ? "in the reference repository" : image.location, version ? "faint" : "mono faint"),
    ...(view.warnings ?? []).map((warning) => element("p", `⚠ ${sentence(warning)}`, "grave")),
    facts([
      [version ? "Version" : "Branch", place && (version ? [link(place.chain, () => openChain(place.chain)), `:${place.version}`] : reference)],
      ["System", systems],
      ["Format", [image.format, image.virtualBytes && `${size(image.virtualBytes)} for the guest`,
        image.allocatedBytes && `${size(image.allocatedBytes)} on disk`].filter(Boolean).join(", ")],
      ["Modified", time(image.modifiedAt)],
      ["Observed", inventory ? `${time(inventory.observedAt)}, ${inventory.level}` : "never indexed"],
      ["Holds", inventory ? `${number(inventory.packages)} packages, ${number(inventory.counts.files)} files with ${size(inventory.counts.fileBytes)}` : ""],
      ["Inventory", inventory ? element("code", inventory.id) : ""],
    ]),
    ...(view.deployedTo?.length ? [element("h3", "Runs on"), element("ul", view.deployedTo.map((machine) => element("li", [
      link(machine.name, () => openMachine(machine.id)), ...(machine.branch ? [element("span", machine.branch, "kind")] : [])])), "plain")] : []),
    ...kin(view.parents, "Derives from"),
    ...kin(view.children, "Parent of"),
    ...(place || view.parents?.length || view.children?.length || view.deployedTo?.length ? await tree(id) : []),
    ...observations(view.observations),
    ...(await happened(id)),
  ];
  const article = opened(parts);
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
  const kind = (change) => element("span", change.kind.toLowerCase(), "kind");
  const packages = (answer.packages?.changes ?? []).map((change) =>
    element("li", [`${change.name} ${[change.fromVersion, change.toVersion].filter(Boolean).join(" → ")}`, kind(change)]));
  const system = (answer.system?.changes ?? []).map((change) =>
    element("li", [[change.area, change.name === change.area ? "" : change.name].filter(Boolean).join(" "), kind(change),
      element("span", change.properties.map((one) => `${one.name}: ${[one.from, one.to].map((side) => side ?? "–").join(" → ")}`).join(", "), "faint")]));
  const files = (answer.files?.changes.items ?? []).map((change) =>
    element("li", [element("code", change.path), kind(change),
      change.owners.length ? "" : element("span", "owned by no package", "kind")]));
  const suspects = (answer.ranking?.suspects ?? []).slice(0, 10).map((suspect) =>
    element("li", [element(suspect.what === "FILE" ? "code" : "span", suspect.name),
      suspect.paths > 1 ? ` (${number(suspect.paths)} paths)` : "",
      element("span", suspect.change, "kind"), element("span", suspect.reasons.join("; "), "faint")]));
  const noise = answer.files?.noise ?? [];
  const counted = answer.files
    ? `; files: ${number(answer.files.added)} added, ${number(answer.files.removed)} removed, ${number(answer.files.changed)} changed`
    : "";
  return [
    element("h3", `Drift from ${answer.from.imageName ?? "its parent"}`),
    element("p", answer.same ? "Nothing differs." : `Differing packages: ${packages.length}; settings of the machine: ${system.length}${counted}.`),
    ...(noise.length ? [element("p", `Noise besides: ${noise.map((one) => `${one.rule} ${number(one.paths)}`).join(", ")}.`, "faint")] : []),
    ...(answer.notes ?? []).map((note) => element("p", note, "faint")),
    ...(suspects.length ? [element("h4", "Look at first"), element("ol", suspects)] : []),
    ...(packages.length ? [element("h4", "Packages"), element("ul", packages.slice(0, 25), "plain")] : []),
    ...(system.length ? [element("h4", "The machine"), element("ul", system.slice(0, 25), "plain")] : []),
    ...(files.length ? [element("h4", "Files"), element("ul", files, "plain")] : []),
  ];
}

byId("sign-in").addEventListener("submit", (event) => {
  event.preventDefault();
  sessionStorage.setItem("token", byId("token").value.trim());
  byId("token").value = "";
  show();
});
byId("views").addEventListener("click", (event) => {
  const view = event.target.dataset.view;
  if (view) attempt(() => look(view));
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
