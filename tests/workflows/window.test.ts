import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { type Room, type Turn, type TurnEnd, type Why, Window } from '../../workflows/run/window.ts';

const open: Room = { lanes: 3, paused: false, funded: true };
const closed: TurnEnd = { kind: 'closed' };
const limited = (why: Why, paid = true): TurnEnd => ({ kind: 'limited', why, paid });
const restarted = (window: Window, count: number): Window =>
  new Window(count, JSON.parse(JSON.stringify(window.carry())));
/** Takes all that there is room for. */
const fill = (window: Window, room = open): Turn[] => {
  const taken: Turn[] = [];
  for (let turn = window.take(room); turn !== null; turn = window.take(room)) taken.push(turn);
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
  expect(window.raise((why) => why === 'rounds/theorem')).toBe(1);
  expect(fill(window)).toEqual([{ index: 0, again: 1 }]);
  expect(window.end(turn, closed)).toBe(false);
  expect(window.flying).toHaveLength(1);
});

test('a raised limit opens only what ended at it', () => {
  const window = new Window(3);
  const [a, b, c] = fill(window) as [Turn, Turn, Turn];
  window.end(a, limited('rounds/theorem'));
  window.end(b, limited('time/theorem'));
  window.end(c, closed);
  expect(window.isOver(open)).toBe(true);
  expect(window.raise((why) => why === 'time/theorem')).toBe(1);
  expect(fill(window)).toEqual([{ index: 1, again: 1 }]);
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
  expect(window.raise((why) => why === 'cost/run')).toBe(2);
  expect(
    fill(window)
      .map((t) => t.index)
      .sort(),
  ).toEqual([0, 1]);
});

const WHYS: readonly Why[] = ['rounds/theorem', 'samples/theorem', 'cost/run', 'tokens/run', 'time/theorem'];
const step = fc.oneof(
  { weight: 5, arbitrary: fc.record({ do: fc.constant('end' as const), which: fc.nat(), how: fc.nat(6) }) },
  { weight: 3, arbitrary: fc.constant({ do: 'fill' as const }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('repeat' as const), which: fc.nat() }) },
  { weight: 2, arbitrary: fc.constant({ do: 'restart' as const }) },
  {
    weight: 1,
    arbitrary: fc.record({ do: fc.constant('lanes' as const), lanes: fc.integer({ min: 1, max: 9 }) }),
  },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('pause' as const), paused: fc.boolean() }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('raise' as const), which: fc.nat(4) }) },
);

test('whatever the order of reports, failures, raised limits and restarts, nothing is lost, run twice or starved', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 30 }), fc.array(step, { maxLength: 120 }), (count, steps) => {
      let window = new Window(count);
      let room: Room = { lanes: 3, paused: false, funded: true };
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
      const end = (turn: Turn, how: number) => {
        const why = WHYS[how];
        expect(window.end(turn, why === undefined ? closed : limited(why, how % 2 === 0))).toBe(true);
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
          if (turn !== undefined) end(turn, one.how);
        } else if (one.do === 'repeat') {
          const turn = ended[one.which % Math.max(1, ended.length)];
          if (turn !== undefined) expect(window.end(turn, closed)).toBe(false);
        } else if (one.do === 'restart') window = restarted(window, count);
        else if (one.do === 'lanes') room = { ...room, lanes: one.lanes };
        else if (one.do === 'pause') room = { ...room, paused: one.paused };
        else window.raise((why) => why === WHYS[one.which]);
        expect(window.isOver(room)).toBe(
          window.flying.length === 0 && !window.has({ ...room, paused: false }),
        );
      }
      // From any state on, every turn comes and the run comes to its end.
      room = { ...room, paused: false };
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
