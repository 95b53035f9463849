// A poll in a bubble: vote by pressing an option, afterwards bars and, in a quiz, what is right.

import { api } from "./api.js";
import { announce, hash, icon, make, paintAvatar } from "./dom.js";
import { countdownOf } from "./countdowns.js";
import { messageNodes } from "./sanitise.js";
import { messageIn, nameOf, store } from "./store.js";
import { toast } from "./toasts.js";

const FACES = 4; // portraits shown beside an option; more become a number

/** The card of a poll as the speaking person sees it. */
export function pollCard(chat, message) {
  const { poll } = message;
  const voted = poll.options.some((option) => option.voters.includes(store.speaker));
  const isOver = poll.closed || voted;
  const row = (index) => (isOver ? result(poll, index) : choice(chat, message, index));
  return make("section", { className: "poll", "aria-label": kindWords(poll) },
    make("strong", { className: "poll-question" }, poll.question),
    poll.description ? words("div", "poll-description", poll.description_html) : null,
    make("small", { className: "poll-kind" }, kindWords(poll), countdownOf(poll)),
    make("div", { className: "poll-options", role: "group", "aria-label": poll.question }, ...orderOf(poll).map(row)),
    isOver || !poll.multiple ? null : voteButton(chat, message),
    isOver && poll.explanation ? words("div", "poll-explanation", poll.explanation_html) : null,
    foot(chat, message, voted));
}

/** The order of the options: in a shuffled poll everybody has their own, and keeps it. */
function orderOf(poll) {
  const indices = [...poll.options.keys()];
  if (!poll.shuffled) return indices;
  const rank = (index) => hash(`${index * 7919}${store.speaker}${poll.id}${index}`);
  return indices.sort((one, other) => rank(one) - rank(other));
}

function words(tag, className, html) {
  const node = make(tag, { className });
  node.append(messageNodes(html));
  return node;
}

function kindWords(poll) {
  const kind = poll.type === "quiz" ? "Quiz" : "Poll";
  return [poll.anonymous ? `Anonymous ${kind.toLowerCase()}` : kind, poll.multiple ? "several answers" : "", poll.closed ? "closed" : ""].filter(Boolean).join(", ");
}

function foot(chat, message, voted) {
  const { poll } = message;
  const retract = make("button", { type: "button", className: "poll-retract", onclick: () => vote(chat, message, []) }, "Take back");
  return make("div", { className: "poll-foot" }, make("small", { className: "poll-total" }, totalWords(poll)),
    voted && poll.revoting && !poll.closed ? retract : null);
}

function totalWords({ total, hidden }) {
  const count = total === 0 ? "No votes yet" : `${total} ${total === 1 ? "person has" : "people have"} voted`;
  return hidden ? `${count}; the result is shown when it closes` : count;
}

function choice(chat, message, index) {
  const option = message.poll.options[index];
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
    if (options.length) sayHowItWent(messageIn(chat, message.message_id)?.poll ?? message.poll, options);
  } catch (problem) {
    toast(problem.message, "error");
  }
}

function sayHowItWent(poll, options) {
  if (poll.type !== "quiz" || poll.hidden) return announce("Your vote is counted.");
  const right = poll.correct.map((index) => poll.options[index].text).join(", ");
  return announce(options.join() === poll.correct.join() ? "That is right." : `That is wrong. Right is: ${right}`);
}

function result(poll, index) {
  const option = poll.options[index];
  const isQuiz = poll.type === "quiz" && !poll.hidden;
  const isRight = isQuiz && poll.correct.includes(index);
  const mine = option.voters.includes(store.speaker);
  const share = poll.hidden ? 0 : Math.round((100 * option.voter_count) / Math.max(1, poll.total));
  const bar = make("span", { className: "poll-bar" }, make("i"));
  bar.firstChild.style.width = `${share}%`;
  const row = make("div", { className: "poll-result" },
    make("span", { className: "poll-share" }, poll.hidden ? "" : `${share}%`),
    make("span", { className: "poll-text" }, option.text),
    make("span", { className: "poll-who" }, poll.anonymous || poll.hidden ? null : faces(option.voters), mine || isRight ? icon(isQuiz && !isRight ? "close" : "check") : null),
    make("span", { className: "unseen" }, [mine ? "your vote" : "", isRight ? "right answer" : ""].filter(Boolean).join(", ")), bar);
  row.classList.toggle("right", isRight);
  row.classList.toggle("wrong", isQuiz && mine && !isRight);
  return row;
}

/** Small portraits of those who chose an option; their names for screen readers and on hovering. */
function faces(voters) {
  if (!voters.length) return null;
  const names = voters.map(nameOf).join(", ");
  const shown = voters.slice(0, FACES).map((voter) => {
    const face = make("span", { className: "avatar face", "aria-hidden": "true" });
    paintAvatar(face, nameOf(voter));
    return face;
  });
  const more = voters.length > FACES ? make("small", { "aria-hidden": "true" }, `+${voters.length - FACES}`) : null;
  return make("span", { className: "faces", title: names }, ...shown, more, make("span", { className: "unseen" }, `voted by ${names}`));
}
