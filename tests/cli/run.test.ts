import { expect, test } from '@jest/globals';
import { EXIT, exitForRun } from '../../src/cli/exit.ts';
import { asFault, renderFault } from '../../src/cli/fault.ts';
import { type Bound, boundLine, reserveLine } from '../../src/cli/run/bound.ts';
import { select } from '../../src/cli/run/select.ts';
import { ProofloopError, type Theorem } from '../../src/model/index.ts';
import { result } from './samples.ts';

const theorem = (id: string, category = 'Nat'): Theorem => ({
  id,
  name: id,
  header: '',
  context: '',
  statement: `theorem ${id} : True`,
  category,
});
const suite = ['a1', 'a2', 'b1', 'b2'].map((id) => theorem(id, id.startsWith('b') ? 'List' : 'Nat'));
const ids = (by: Parameters<typeof select>[1]) => select(suite, by).map((t) => t.id);

test('a selection keeps the order of the suite, and the limit counts what is left', () => {
  expect(ids({})).toEqual(['a1', 'a2', 'b1', 'b2']);
  expect(ids({ limit: 3 })).toEqual(['a1', 'a2', 'b1']);
  expect(ids({ id: ['b1', 'a1'] })).toEqual(['a1', 'b1']);
  expect(ids({ pattern: /^b/u, limit: 1 })).toEqual(['b1']);
  expect(ids({ pattern: /List/u })).toEqual(['b1', 'b2']);
});

test('an unknown id is refused with the nearest known one, an empty selection too', () => {
  expect(() => ids({ id: ['a1', 'a3'] })).toThrow("the suite has no theorem 'a3'; did you mean 'a1'?");
  expect(() => ids({ pattern: /zzz/u })).toThrow(/no theorem of 4 matches \/zzz\/u/);
});

test('only a run that is through with everything solved ends with 0', () => {
  expect(exitForRun('done', 1, [result()])).toBe(EXIT.ok);
  expect(exitForRun('done', 2, [result()])).toBe(EXIT.unsolved);
  expect(exitForRun('done', 1, [result({ outcome: 'conditional' })])).toBe(EXIT.unsolved);
  expect(exitForRun('done', 1, [result({ outcome: 'error' })])).toBe(EXIT.unsolved);
  expect(exitForRun('cancelled', 1, [result()])).toBe(EXIT.unsolved);
  expect(exitForRun('failed', 1, [])).toBe(EXIT.fault);
});

test('a fault is one line with its code and one with the fix; the stack only when asked for', () => {
  const fault = new ProofloopError('FILE_NOT_FOUND', 'there is no file x.lean', { cause: new Error('deep') });
  expect(renderFault(fault, false)).toEqual([
    'proofloop: FILE_NOT_FOUND: there is no file x.lean',
    '  Check the path.',
  ]);
  const verbose = renderFault(fault, true).join('\n');
  expect(verbose).toContain('run.test.ts');
  expect(verbose).toContain('Error: deep');
});

test('what proofloop did not raise itself is told as a defect', () => {
  expect(asFault(new TypeError('x is not a function'), () => '').code).toBe('INTERNAL');
  expect(asFault('text', () => '').message).toBe('text');
});

test('the bound is told only where a model is asked, with the limit that holds', () => {
  const bound: Bound = { models: [], calls: 0, listUsd: 0, usd: 0, limitUsd: 1, requestUsd: null };
  expect(boundLine(bound)).toBeNull();
  expect(boundLine({ ...bound, models: ['m'], calls: 80, listUsd: 10.4, usd: 1 })).toBe(
    'Model m: at most 80 calls, at most $10.40 by the price list; stops at $1.00 (--max-cost).',
  );
  expect(boundLine({ ...bound, models: ['m'], calls: 1, listUsd: null, limitUsd: null })).toBe(
    'Model m: at most 1 call, price unknown; no money limit.',
  );
  expect(reserveLine(bound, 10)).toBeNull();
  expect(reserveLine({ ...bound, requestUsd: 0.1 }, 10)).toBeNull();
  expect(reserveLine({ ...bound, requestUsd: 0.1, limitUsd: null }, 99)).toBeNull();
  expect(reserveLine({ ...bound, requestUsd: 0.13 }, 10)).toBe(
    'A request may cost up to $0.13, so $1.00 (--max-cost) lets 7 theorems of 10 ask at the same time.',
  );
  expect(reserveLine({ ...bound, requestUsd: 1.3 }, 2)).toContain('lets 1 theorem of 2 ask');
});
