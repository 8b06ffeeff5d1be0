import type { ScheduleView } from '../../temporal/schedules.ts';
import { momentIn } from '../../words/units.ts';
import type { Paint } from './paint.ts';
import { renderTable } from './table.ts';

const HEAD = [
  { head: 'schedule' },
  { head: 'suite' },
  { head: 'provers' },
  { head: 'times' },
  { head: 'zone' },
  { head: 'next' },
  { head: 'last' },
  { head: 'fell out', align: 'right' },
] as const;

/** By the clock that its times are of. */
const at = (date: Date | undefined, zone: string): string =>
  date === undefined ? '-' : momentIn(date.getTime(), zone);

/** `schedule list`: one a row. */
export const scheduleList = (views: readonly ScheduleView[], width: number, paint: Paint): string[] =>
  renderTable(
    HEAD,
    views.map((v) => [
      v.scheduleId,
      `${v.suite} (${v.theorems})`,
      v.provers.join(', '),
      v.cron,
      v.timezone,
      v.paused ? paint('yellow', 'paused') : at(v.next[0], v.timezone),
      at(v.recent[0], v.timezone),
      String(v.skipped + v.missed),
    ]),
    width,
    paint,
  );
