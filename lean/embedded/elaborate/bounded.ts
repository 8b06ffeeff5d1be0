import type { Diagnostic } from '../../../src/model/index.ts';

const MOST_MESSAGES = 10_000;
/** UTF-16 code units of all texts together. */
const MOST_TEXT = 4 << 20;

/**
 * As many messages as somebody can use. What is cut says so, and an error among what was left out stays an error.
 */
export function boundedMessages(
  messages: readonly Diagnostic[],
  most = { messages: MOST_MESSAGES, text: MOST_TEXT },
): readonly Diagnostic[] {
  const kept: Diagnostic[] = [];
  let left = most.text;
  for (const message of messages) {
    if (kept.length === most.messages || left === 0) break;
    const cut = message.text.length > left;
    const text = cut
      ? `${message.text.slice(0, left)}… (${message.text.length - left} characters more)`
      : message.text;
    kept.push({ ...message, text });
    left = cut ? 0 : left - message.text.length;
  }
  const rest = messages.slice(kept.length);
  const [first] = rest;
  if (first === undefined) return kept;
  const severity = rest.some((m) => m.severity === 'error') ? 'error' : 'warning';
  const text = `${rest.length} more messages were left out${severity === 'error' ? ', errors among them' : ''}`;
  return [...kept, { severity, pos: first.pos, endPos: null, text }];
}
