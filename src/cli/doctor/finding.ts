/**
 * One line of `doctor`. `note` = not there, and nothing needs it now; `warn` = works with less;
 * `fail` = something that is needed is broken.
 */
export type Finding = {
  readonly check: string;
  readonly status: 'ok' | 'note' | 'warn' | 'fail';
  readonly what: string;
  /** What to do; '' where nothing is to be done. */
  readonly fix: string;
};

export const ok = (check: string, what: string): Finding => ({ check, status: 'ok', what, fix: '' });
export const note = (check: string, what: string, fix = ''): Finding => ({
  check,
  status: 'note',
  what,
  fix,
});
export const warn = (check: string, what: string, fix: string): Finding => ({
  check,
  status: 'warn',
  what,
  fix,
});
export const fail = (check: string, what: string, fix: string): Finding => ({
  check,
  status: 'fail',
  what,
  fix,
});
