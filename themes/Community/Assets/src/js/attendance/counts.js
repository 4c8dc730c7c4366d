import { fill } from '../dom.js';

/** What of a sheet waits on this device, when something does, and what the server has. */
export function countsText(texts, saved, sent, contact) {
  const there = contact ? fill(texts.sentAt, sent ?? 0, contact) : texts.never;
  return saved > 0 ? `${fill(texts.saved, saved)} · ${there}` : there;
}
