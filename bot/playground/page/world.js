/** What is known of the township: people, chats, messages; every change is told to whoever listens. */
import * as clock from "./clock.js";
import { Refusal, follow, readState } from "./wire.js";

const READ = "playground.read";
const pause = (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds));

const listeners = new Map();
const kept = JSON.parse(localStorage.getItem(READ) ?? "{}"); // chat id -> last message read
let seq = null;
let saving = null;

export const world = {
  bot: null,
  people: new Map(),
  chats: new Map(),
  messages: new Map(),
  unread: new Map(),
  pinned: new Map(),
};

/** Listen to one kind of change; returns the way to stop. */
export function listen(kind, hear) {
  if (!listeners.has(kind)) listeners.set(kind, new Set());
  listeners.get(kind).add(hear);
  return () => listeners.get(kind).delete(hear);
}

function tell(kind, detail) {
  for (const hear of [...(listeners.get(kind) ?? [])]) hear(detail);
}

export const nameOf = (person) => [person.first_name, person.last_name].filter(Boolean).join(" ");
export const titleOf = (id) =>
  world.people.has(id) ? nameOf(world.people.get(id)) : (world.chats.get(id)?.title ?? String(id));
export const messagesOf = (chat_id) => world.messages.get(chat_id) ?? new Map();
export const lastOf = (chat_id) => world.messages.get(chat_id)?.last;

const isFromBot = (message) => (message.from?.id ?? world.bot.id) === world.bot.id;

/** Messages of one chat by id, in order; the last one is at hand. */
class Conversation extends Map {
  put(message) {
    this.set(message.message_id, message);
    if (!this.last || message.message_id >= this.last.message_id) this.last = message;
  }

  drop(message_id) {
    this.delete(message_id);
    if (this.last?.message_id === message_id) this.last = [...this.values()].at(-1);
  }
}

function conversation(chat_id) {
  if (!world.messages.has(chat_id)) world.messages.set(chat_id, new Conversation());
  return world.messages.get(chat_id);
}

function remember() {
  saving ??= setTimeout(() => {
    saving = null;
    localStorage.setItem(READ, JSON.stringify(kept));
  }, 300);
}

/** Note that everything in a chat has been seen. */
export function markRead(chat_id) {
  const last = lastOf(chat_id)?.message_id ?? 0;
  if (kept[chat_id] === last && !world.unread.get(chat_id)) return;
  kept[chat_id] = last;
  remember();
  if (world.unread.delete(chat_id)) tell("unread", chat_id);
}

function receive(message, chat_id) {
  const held = conversation(chat_id);
  const isNew = !held.has(message.message_id);
  held.put(message);
  if (isNew && isFromBot(message)) world.unread.set(chat_id, (world.unread.get(chat_id) ?? 0) + 1);
  if (message.pinned_message) world.pinned.set(chat_id, message.pinned_message.message_id);
}

const HEARD = {
  message({ chat_id, message }) {
    receive(message, chat_id);
  },
  edited({ chat_id, message }) {
    conversation(chat_id).put(message);
  },
  deleted({ chat_id, message_ids }) {
    for (const id of message_ids) conversation(chat_id).drop(id);
    if (message_ids.includes(world.pinned.get(chat_id))) world.pinned.delete(chat_id);
  },
  pinned({ chat_id, message_id }) {
    if (message_id) world.pinned.set(chat_id, message_id);
    else world.pinned.delete(chat_id);
  },
  clock({ now }) {
    clock.setClock(now);
  },
  commands({ commands }) {
    world.bot.commands = commands;
  },
  person({ person }) {
    world.people.set(person.id, person);
  },
  chat({ chat }) {
    world.chats.set(chat.id, chat);
  },
  bot({ running }) {
    world.bot.running = running;
  },
};

function hear(event) {
  seq = event.seq;
  HEARD[event.kind]?.(event);
  tell(event.kind, event);
}

function fill(state) {
  world.bot = { commands: [], ...state.bot };
  clock.setClock(state.clock.now);
  world.people = new Map(state.people.map((person) => [person.id, person]));
  world.chats = new Map(state.chats.map((chat) => [chat.id, chat]));
  for (const held of [world.messages, world.unread, world.pinned]) held.clear();
  for (const [key, messages] of Object.entries(state.messages)) {
    const chat_id = Number(key);
    for (const message of messages) receive(message, chat_id);
    // A township begun anew counts its messages from one again.
    if ((kept[chat_id] ?? 0) > (lastOf(chat_id)?.message_id ?? 0)) delete kept[chat_id];
    const unread = messages.filter(
      (message) => isFromBot(message) && message.message_id > (kept[chat_id] ?? 0),
    ).length;
    if (unread) world.unread.set(chat_id, unread);
    else world.unread.delete(chat_id);
  }
  for (const chat of state.chats)
    if (chat.pinned_message_id) world.pinned.set(chat.id, chat.pinned_message_id);
}

/** Read the whole state again. */
async function reload() {
  const state = await readState();
  const changed = state.seq !== seq;
  seq = state.seq;
  if (changed) {
    fill(state);
    tell("reset", state);
  }
  tell("connection", true);
}

/** Stay with the playground for ever: read the state, follow the events, begin again when they break off. */
export async function attend() {
  for (;;) {
    try {
      await reload();
      if ((await follow(seq, hear)) === "gap") continue;
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
    }
    tell("connection", false);
    await pause(1000);
  }
}
