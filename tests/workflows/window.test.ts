import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { Room, Turn, TurnEnd, Why } from '../../workflows/run/turn.ts';
import { Window } from '../../workflows/run/window.ts';

const nothing = { usd: 0, tokens: null };
const open: Room = { lanes: 3, paused: false, funded: true, free: nothing, begins: true };
const closed: TurnEnd = { kind: 'closed' };
const limited = (why: Why, paid = true, usd?: number): TurnEnd => ({
  ...{ kind: 'limited', why, paid },
  ...(usd !== undefined && { lacks: { usd, tokens: null } }),
});
const restarted = (window: Window, count: number): Window =>
  new Window(count, JSON.parse(JSON.stringify(window.carry())));
/** Takes all that there is room for. */
const fill = (window: Window, room = open): Turn[] => {
  const taken: Turn[] = [];
  for (let one = window.take(room); one !== null; one = window.take(room)) taken.push(one.turn);
  return taken;
};

test('as many are at work as there are lanes, in order, and a pause begins nothing', () => {
  const window = new Window(5);
  expect(fill(window, { ...open, paused: true })).toEqual([]);
  expect(fill(window).map((t) => t.index)).toEqual([0, 1, 2]);
  expect(window.end({ index: 1, again: 0 }, closed)).toBe(true);
  expect(fill(window).map((t) => t.index)).toEqual([3]);
  expect(fill(window, { ...open, lanes: 9 }).map((t) => t.index)).toEqual([4]);
  expect(window.isOver(open)).toBe(false);
});

test('an end that is told twice, or of an earlier turn, counts once', () => {
  const window = new Window(1);
  const [turn] = fill(window) as [Turn];
  expect(window.end(turn, limited('rounds/theorem'))).toBe(true);
  expect(window.end(turn, closed)).toBe(false);
  expect(window.raise((why) => why === 'rounds/theorem')).toEqual({ unsolved: 1, solved: 0 });
  expect(fill(window)).toEqual([{ index: 0, again: 1 }]);
  expect(window.end(turn, closed)).toBe(false);
  expect(window.flying).toHaveLength(1);
});

test('a raised limit opens only what ended at it', () => {
  const window = new Window(3);
  const [a, b, c] = fill(window) as [Turn, Turn, Turn];
  window.end(a, limited('rounds/theorem'));
  window.end(b, limited('time/theorem'));
  window.end(c, limited('proof/theorem'));
  expect(window.isOver(open)).toBe(true);
  expect(window.raise((why) => why === 'time/theorem')).toEqual({ unsolved: 1, solved: 0 });
  expect(fill(window)).toEqual([{ index: 1, again: 1 }]);
  expect(window.raise((why) => why === 'proof/theorem')).toEqual({ unsolved: 0, solved: 1 });
  expect(fill(window)).toEqual([{ index: 2, again: 1 }]);
});

test('what starved comes again alone, when nothing else is at work and something is left', () => {
  const window = new Window(3);
  const [a, b, c] = fill(window) as [Turn, Turn, Turn];
  window.end(a, limited('cost/run'));
  window.end(b, limited('tokens/run'));
  expect(fill(window)).toEqual([]);
  window.end(c, closed);
  expect(window.isOver({ funded: false })).toBe(true);
  expect(fill(window)).toEqual([{ index: 0, again: 1 }]);
  window.end({ index: 0, again: 1 }, limited('cost/run', false));
  // Not enough for one request of the first: the second is not tried.
  expect(window.isOver(open)).toBe(true);
  // More money: both come again, side by side.
  expect(window.raise((why) => why === 'cost/run')).toEqual({ unsolved: 2, solved: 0 });
  expect(
    fill(window)
      .map((t) => t.index)
      .sort(),
  ).toEqual([0, 1]);
});

test('what starved comes again beside others where what it lacks is free; what that did not feed comes alone', () => {
  const rich = (usd: number): Room => ({ ...open, free: { usd, tokens: null } });
  let window = new Window(4);
  const [a, b, c] = fill(window) as [Turn, Turn, Turn];
  window.end(a, limited('cost/run', false, 0.5));
  window.end(b, limited('cost/run', true, 0.2));
  expect(fill(window)).toEqual([{ index: 3, again: 0 }]);
  window.end({ index: 3, again: 0 }, limited('cost/run'));
  expect(window.has(rich(0.1))).toBe(false);
  const second = {
    turn: { index: 1, again: 1 },
    starved: true,
    alone: false,
    lacks: { usd: 0.2, tokens: null },
  };
  expect(window.take(rich(0.3))).toEqual(second);
  // Nobody knows what the fourth lacks.
  expect(window.take(rich(0.6))?.turn).toEqual({ index: 0, again: 1 });
  expect(window.take(rich(9))).toBeNull();
  window = restarted(window, 4);
  window.end({ index: 0, again: 1 }, limited('cost/run', false, 0.7));
  window.end({ index: 1, again: 1 }, limited('cost/run', true, 0.2));
  // The first bought nothing, so it waits until all is free; the second goes on at once.
  expect(fill(window, rich(9))).toEqual([{ index: 1, again: 2 }]);
  window.end({ index: 1, again: 2 }, closed);
  window = restarted(window, 4);
  window.end(c, closed);
  expect(window.take(rich(9))).toEqual({ turn: { index: 3, again: 1 }, starved: true, alone: true });
  expect(window.take(rich(9))).toBeNull();
  window.end({ index: 3, again: 1 }, closed);
  expect(window.take(rich(9))).toEqual({ turn: { index: 0, again: 2 }, starved: true, alone: true });
  window.end({ index: 0, again: 2 }, limited('cost/run', false, 0.7));
  expect(window.isOver(rich(9))).toBe(true);
});

test('what could do nothing without money begins when there is some, or when nothing else is at work', () => {
  const poor: Room = { ...open, begins: false };
  const window = new Window(3);
  expect(fill(window, poor)).toEqual([{ index: 0, again: 0 }]);
  expect(fill(window, open).map((t) => t.index)).toEqual([1, 2]);
  window.end({ index: 0, again: 0 }, limited('time/theorem'));
  expect(window.raise(() => true)).toEqual({ unsolved: 1, solved: 0 });
  expect(window.has(poor)).toBe(false);
  expect(window.isOver(poor)).toBe(false);
  expect(fill(window, open)).toEqual([{ index: 0, again: 1 }]);
});

const WHYS: readonly Why[] = ['rounds/theorem', 'samples/theorem', 'cost/run', 'tokens/run', 'time/theorem'];
const step = fc.oneof(
  {
    weight: 5,
    arbitrary: fc.record({
      do: fc.constant('end' as const),
      which: fc.nat(),
      how: fc.nat(6),
      lacks: fc.nat(4),
    }),
  },
  { weight: 3, arbitrary: fc.constant({ do: 'fill' as const }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('repeat' as const), which: fc.nat() }) },
  { weight: 2, arbitrary: fc.constant({ do: 'restart' as const }) },
  {
    weight: 1,
    arbitrary: fc.record({ do: fc.constant('lanes' as const), lanes: fc.integer({ min: 1, max: 9 }) }),
  },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('pause' as const), paused: fc.boolean() }) },
  {
    weight: 1,
    arbitrary: fc.record({
      ...{ do: fc.constant('funds' as const), begins: fc.boolean() },
      usd: fc.option(fc.integer({ min: 0, max: 4 }), { nil: null }),
    }),
  },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('raise' as const), which: fc.nat(4) }) },
);

test('whatever the order of reports, failures, raised limits and restarts, nothing is lost, run twice or starved', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 30 }), fc.array(step, { maxLength: 120 }), (count, steps) => {
      let window = new Window(count);
      let room: Room = { ...open };
      const begun = new Set<string>();
      const ended: Turn[] = [];
      const first: number[] = [];
      const begin = (turns: readonly Turn[]) => {
        for (const turn of turns) {
          const key = `${turn.index}~${turn.again}`;
          // Run twice: the same turn given out again, or a theorem at work twice at once.
          expect(begun.has(key)).toBe(false);
          begun.add(key);
          if (turn.again === 0) first.push(turn.index);
        }
        const at = window.flying.map((t) => t.index);
        expect(new Set(at).size).toBe(at.length);
      };
      const end = (turn: Turn, how: number, lacks?: number) => {
        const why = WHYS[how];
        expect(window.end(turn, why === undefined ? closed : limited(why, how % 2 === 0, lacks))).toBe(true);
        ended.push(turn);
      };
      for (const one of steps) {
        if (one.do === 'fill') {
          begin(fill(window, room));
          // As many lanes full as the backlog allows.
          expect(window.has(room)).toBe(false);
        } else if (one.do === 'end') {
          const { flying } = window;
          const turn = flying[one.which % Math.max(1, flying.length)];
          if (turn !== undefined) end(turn, one.how, one.lacks);
        } else if (one.do === 'repeat') {
          const turn = ended[one.which % Math.max(1, ended.length)];
          if (turn !== undefined) expect(window.end(turn, closed)).toBe(false);
        } else if (one.do === 'restart') window = restarted(window, count);
        else if (one.do === 'lanes') room = { ...room, lanes: one.lanes };
        else if (one.do === 'pause') room = { ...room, paused: one.paused };
        else if (one.do === 'funds')
          room = { ...room, begins: one.begins, funded: one.usd !== 0, free: { usd: one.usd, tokens: null } };
        else window.raise((why) => why === WHYS[one.which]);
        expect(window.isOver(room)).toBe(
          window.flying.length === 0 && !window.has({ ...room, paused: false }),
        );
      }
      // From any state on, every turn comes and the run comes to its end.
      room = { ...room, paused: false, funded: true };
      for (let guard = 0; !window.isOver(room); guard++) {
        expect(guard).toBeLessThan(2_000);
        begin(fill(window, room));
        for (const turn of window.flying) end(turn, 9);
      }
      // Nothing lost: each theorem had its first turn once, in order.
      expect(first).toEqual(Array.from({ length: count }, (_, i) => i));
      expect(ended.length).toBe(begun.size);
    }),
    { numRuns: 500 },
  );
});
