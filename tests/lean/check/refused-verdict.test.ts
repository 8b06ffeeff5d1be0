import { expect, test } from '@jest/globals';
import type { CheckRequest } from '../../../lean/backend.ts';
import { refusedIn, submissionStart } from '../../../lean/check/refused-verdict.ts';
import { fullText } from '../../../src/model/index.ts';

const request = (submission: CheckRequest['submission']): CheckRequest => ({
  challenge: {
    name: 't',
    header: 'import Std\n',
    context: 'open Nat\n\n',
    statement: 'theorem t (α : Type) :\n    𝔸 ∧ True',
  },
  submission,
  options: { wallMs: 1000, heartbeats: 1000 },
});

test('the place of a refused word is told in the whole text, in code points', () => {
  const asked = request({ form: 'proof', text: 'by run_tac x' });
  expect(submissionStart(asked)).toEqual({ line: 5, column: 16 });
  expect(refusedIn(asked)).toMatchObject({
    status: 'dishonest',
    why: 'refused token',
    detail: expect.stringContaining('`run_tac`'),
    diagnostics: [{ severity: 'error', pos: { line: 5, column: 19 } }],
  });
  expect(fullText(asked.challenge, asked.submission).split('\n')[4]).toContain('run_tac');
});

test('on a later line the column is that of the line', () => {
  expect(refusedIn(request({ form: 'proof', text: 'by\n  skip\n  run_tac x' }))).toMatchObject({
    diagnostics: [{ pos: { line: 7, column: 2 } }],
  });
});

test('declarations stand where the theorem would', () => {
  expect(refusedIn(request({ form: 'declarations', text: 'axiom x : False' }))).toMatchObject({
    diagnostics: [{ pos: { line: 4, column: 0 } }],
  });
});

test('the words of the trusted text are not looked at', () => {
  const { challenge, submission, options } = request({ form: 'proof', text: 'trivial' });
  const context = 'axiom a : 1 = 1\n#eval 1\nrun_cmd pure ()\n';
  expect(refusedIn({ challenge: { ...challenge, context }, submission, options })).toBeNull();
});
