/** The wire to the playground: what a person does goes out, what happened comes in. */
import { say } from "./words.js";

const LONGEST_TEXT = 4096; // UTF-16 units of one message

/** The playground said no, or nothing; the message is for people. */
export class Refusal extends Error {}

async function reason(answer) {
  const text = await answer.text();
  try {
    const body = JSON.parse(text);
    return body.description ?? body.error ?? body.detail ?? say("refused", answer.status);
  } catch {
    return text.length > 0 && text.length < 300 ? text : say("refused", answer.status);
  }
}

async function call(path, options) {
  let answer;
  try {
    answer = await fetch(`play/${path}`, options);
  } catch {
    throw new Refusal(say("unreachable"));
  }
  if (!answer.ok) throw new Refusal(await reason(answer));
  return answer.json();
}

const post = (path, body) =>
  call(
    path,
    body instanceof FormData
      ? { method: "POST", body }
      : {
          method: "POST",
          headers: { "content-type": "application/json" },
          body: JSON.stringify(body),
        },
  );

export const readState = () => call("state");
export const readCommands = (person_id, chat_id) =>
  call(`commands?person_id=${person_id}&chat_id=${chat_id}`);
export const addPerson = (person) => post("people", person);
export const start = (person_id, payload) =>
  post("start", payload ? { person_id, payload } : { person_id });
export const press = (person_id, chat_id, message_id, data) =>
  post("press", { person_id, chat_id, message_id, data });
export const reword = (person_id, chat_id, message_id, text) =>
  post("reword", { person_id, chat_id, message_id, text });
export const block = (person_id, blocked) => post("block", { person_id, blocked });
export const moveClock = (seconds) => post("clock", { seconds });
export const runBot = (action) => post("bot", { action });

/** Cut a text as Telegram's clients do, never through the middle of an emoji. */
export function pieces(text) {
  const cut = [];
  let rest = text;
  while (rest.length > LONGEST_TEXT) {
    const high = rest.charCodeAt(LONGEST_TEXT - 1);
    const end = high >= 0xd800 && high < 0xdc00 ? LONGEST_TEXT - 1 : LONGEST_TEXT;
    cut.push(rest.slice(0, end));
    rest = rest.slice(end);
  }
  return [...cut, rest];
}

/** Send a text, a long one in pieces; only the first of them replies. */
async function sendText({ person_id, chat_id, text, reply_to }) {
  const [first, ...more] = pieces(text);
  let sent = await post("send", { person_id, chat_id, text: first, ...(reply_to && { reply_to }) });
  for (const piece of more) {
    if (piece.trim()) sent = await post("send", { person_id, chat_id, text: piece });
  }
  return sent;
}

/** Send text, or a file with the text as its caption. */
export function send({ person_id, chat_id, text, reply_to, attachment }) {
  if (!attachment) return sendText({ person_id, chat_id, text, reply_to });
  const form = new FormData();
  const parts = {
    person_id,
    chat_id,
    as: attachment.as,
    ...(text && { caption: text }),
    ...(reply_to && { reply_to }),
  };
  for (const [name, value] of Object.entries(parts)) form.append(name, value);
  form.append("file", attachment.file, attachment.file.name);
  return post("send", form);
}

/** The address of a photo or document. */
export const fileAddress = (file) =>
  `play/file/${(file.file_path ?? file.file_id).split("/").map(encodeURIComponent).join("/")}`;

/** Hear events after `since` until the stream breaks or a number is missing. */
export function follow(since, hear) {
  return new Promise((resolve) => {
    const stream = new EventSource(`play/events?since=${since}`);
    let last = since;
    const end = (why) => {
      stream.close();
      resolve(why);
    };
    stream.onerror = () => end("lost");
    stream.onmessage = ({ data }) => {
      const event = JSON.parse(data);
      if (event.seq <= last) return;
      if (event.seq !== last + 1) {
        end("gap");
        return;
      }
      last = event.seq;
      hear(event);
    };
  });
}
