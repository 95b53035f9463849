// A poll in a bubble: vote by pressing an option, afterwards bars and, in a quiz, what is right.

import { api } from "./api.js";
import { icon, make } from "./dom.js";
import { nameOf, store } from "./store.js";
import { toast } from "./toasts.js";

const votersOf = (option) => (Array.isArray(option.voters) ? option.voters : []);
const countOf = (option) => (Array.isArray(option.voters) ? option.voters.length : option.voters ?? option.voter_count ?? 0);

/** The card of a poll as the speaking person sees it. */
export function pollCard(chat, message) {
  const { poll } = message;
  const voted = poll.options.some((option) => votersOf(option).includes(store.speaker));
  const isOver = poll.closed || voted;
  const options = poll.options.map((option, index) => (isOver ? result(poll, option, index) : choice(chat, message, option, index)));
  return make("section", { className: "poll", "aria-label": "Poll" },
    make("strong", { className: "poll-question" }, poll.question),
    make("small", { className: "poll-kind" }, kindWords(poll)),
    make("div", { className: "poll-options", role: "group", "aria-label": poll.question }, ...options),
    isOver || !poll.multiple ? null : voteButton(chat, message),
    isOver && poll.explanation ? make("p", { className: "poll-explanation" }, poll.explanation) : null,
    make("small", { className: "poll-total" }, totalWords(poll)));
}

function kindWords(poll) {
  const kind = poll.type === "quiz" ? "Quiz" : "Poll";
  return poll.closed ? `${kind}, closed` : kind;
}

function totalWords(poll) {
  const people = poll.total ?? new Set(poll.options.flatMap(votersOf)).size;
  const votes = people || poll.options.reduce((sum, option) => sum + countOf(option), 0);
  return votes === 0 ? "No votes yet" : `${votes} ${votes === 1 ? "vote" : "votes"}`;
}

function choice(chat, message, option, index) {
  if (message.poll.multiple) {
    return make("label", { className: "poll-choice" }, make("input", { type: "checkbox", value: String(index) }), make("span", {}, option.text));
  }
  return make("button", { type: "button", className: "poll-choice", onclick: () => vote(chat, message, [index]) },
    make("span", { className: "poll-mark", "aria-hidden": "true" }), make("span", {}, option.text));
}

function voteButton(chat, message) {
  return make("button", {
    type: "button", className: "poll-vote", onclick: (event) => {
      const marked = [...event.target.closest(".poll").querySelectorAll("input:checked")].map((box) => Number(box.value));
      if (marked.length) vote(chat, message, marked);
      else toast("Mark at least one option first.");
    },
  }, "Vote");
}

async function vote(chat, message, options) {
  try {
    await api.vote({ from: store.speaker, chat, message_id: message.message_id, options });
  } catch (problem) {
    toast(problem.message, "error");
  }
}

function result(poll, option, index) {
  const total = Math.max(1, poll.options.reduce((sum, one) => sum + countOf(one), 0));
  const share = Math.round((100 * countOf(option)) / total);
  const isQuiz = poll.type === "quiz" && poll.correct?.length > 0;
  const isRight = isQuiz && poll.correct.includes(index);
  const mine = votersOf(option).includes(store.speaker);
  const bar = make("span", { className: "poll-bar" }, make("i"));
  bar.firstChild.style.width = `${share}%`;
  const row = make("div", { className: "poll-result", title: votersOf(option).map(nameOf).join(", ") },
    make("span", { className: "poll-share" }, `${share}%`), make("span", { className: "poll-text" }, option.text),
    mine || isRight ? icon(isQuiz && !isRight ? "close" : "check") : null,
    make("span", { className: "unseen" }, [mine ? "your vote" : "", isRight ? "right" : ""].filter(Boolean).join(", ")), bar);
  row.classList.toggle("right", isRight);
  row.classList.toggle("wrong", isQuiz && mine && !isRight);
  return row;
}
