import { expect, test } from '@jest/globals';
import { boundedMessages } from '../../../../lean/embedded/elaborate/bounded.ts';
import type { Diagnostic } from '../../../../src/model/index.ts';

const said = (text: string, severity: Diagnostic['severity'] = 'info', line = 1): Diagnostic => ({
  severity,
  pos: { line, column: 0 },
  endPos: null,
  text,
});

test('what fits stays as it is', () => {
  const messages = [said('abc'), said('de', 'error')];
  expect(boundedMessages(messages, { messages: 2, text: 5 })).toEqual(messages);
});

test('a long text is cut, and says by how much', () => {
  expect(boundedMessages([said('abcdef')], { messages: 9, text: 4 })).toEqual([
    said('abcd… (2 characters more)'),
  ]);
});

test('an error that was left out stays an error', () => {
  const messages = [said('a'), said('b', 'warning', 2), said('c', 'error', 3)];
  const left = (text: string, severity: Diagnostic['severity']) => [said('a'), said(text, severity, 2)];
  expect(boundedMessages(messages, { messages: 1, text: 99 })).toEqual(
    left('2 more messages were left out, errors among them', 'error'),
  );
  expect(boundedMessages(messages.slice(0, 2), { messages: 1, text: 99 })).toEqual(
    left('1 more messages were left out', 'warning'),
  );
});
