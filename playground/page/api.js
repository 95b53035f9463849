// The calls under /people. Every refusal becomes a Refused with the server's own sentence.

export class Refused extends Error {
  constructor(sentence, status) {
    super(sentence);
    this.status = status;
  }
}

async function answerOf(response) {
  let body = null;
  try {
    body = await response.json();
  } catch {
    // an answer without JSON is judged by its status alone
  }
  if (!response.ok) throw new Refused(body?.error ?? `The playground answered ${response.status}.`, response.status);
  return body;
}

async function reach(path, options) {
  try {
    return await fetch(path, options);
  } catch {
    throw new Refused("The playground cannot be reached. Is it still running?", 0);
  }
}

async function get(path, query = {}) {
  const asked = new URLSearchParams(query).toString();
  return answerOf(await reach(asked ? `${path}?${asked}` : path, { headers: { Accept: "application/json" } }));
}

async function post(path, body) {
  return answerOf(await reach(path, {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify(body),
  }));
}

export const api = {
  chats: () => get("/people/chats"),
  messages: (chat) => get("/people/messages", { chat }),
  commands: (chat, from) => get("/people/commands", { chat, from }),
  clock: () => get("/people/clock"),
  walk: (step) => post("/people/clock", step),
  say: (what) => post("/people/say", what),
  edit: (what) => post("/people/edit", what),
  tap: (what) => post("/people/tap", what),
  vote: (what) => post("/people/vote", what),
  send: (what) => post("/people/send", what),
  remove: (what) => post("/people/delete", what),
  block: (from) => post("/people/block", { from }),
  unblock: (from) => post("/people/unblock", { from }),
  addPerson: (name) => post("/people/person", { name }),
  group: (what) => post("/people/group", what),
  add: (what) => post("/people/add", what),
  putOut: (what) => post("/people/remove", what),
  promote: (what) => post("/people/promote", what),
  demote: (what) => post("/people/demote", what),
  leave: (what) => post("/people/leave", what),
  topic: (what) => post("/people/topic", what),
  migrate: (what) => post("/people/migrate", what),
  privacy: (on) => post("/people/privacy", { on }),
  companions: (what) => post("/people/companions", what),
  open: (what) => post("/people/open", what),
  query: (what) => post("/people/query", what),
  choose: (what) => post("/people/choose", what),
  faults: () => get("/people/faults"),
  orderFault: (fault) => post("/people/faults", [fault]),
  clearFaults: async () => answerOf(await reach("/people/faults", { method: "DELETE" })),
  limits: () => get("/people/limits"),
  setLimits: (on) => post("/people/limits", { on }),
};
