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
  commands: (chat) => get("/people/commands", { chat }),
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
};
