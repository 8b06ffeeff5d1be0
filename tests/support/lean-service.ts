import type { LeanCall, LeanJob, LeanService } from '../../lean/service.ts';
import type { Submission, Verdict } from '../../src/model/index.ts';
import { accepted, rejected } from './theorems.ts';

/** What a Lean in memory was asked, in order. */
export type Asked = { readonly how: 'screen' | 'judge'; readonly text: string };

type Judge = (submission: Submission, how: Asked['how'], call: LeanCall) => Promise<Verdict> | Verdict;

/** Accepts the text `good`; a screen is warm, a judge is fresh. */
const usual: Judge = ({ text }, how) =>
  text.includes('good')
    ? { ...accepted, assurance: { ...accepted.assurance, fresh: how === 'judge' } }
    : rejected(`refused: ${text}`);

export const leanInMemory = (judge: Judge = usual): LeanService & { readonly asked: Asked[] } => {
  const asked: Asked[] = [];
  const answer = async (how: Asked['how'], submission: Submission, call: LeanCall = {}) => {
    asked.push({ how, text: submission.text });
    return judge(submission, how, call);
  };
  return {
    asked,
    identity: async () => ({ backend: 'memory', version: '4.28.0', buildHash: 'build', sandbox: 'none' }),
    screen: (_job, submission, call) => answer('screen', submission, call),
    judge: (_job, submission, call) => answer('judge', submission, call),
    firstAccepted: async (_job: LeanJob, candidates, call) => {
      const tried = [];
      for (const submission of candidates) {
        const verdict = await answer('screen', submission, call);
        tried.push({ submission, verdict });
        if (verdict.status === 'accepted') break;
      }
      return tried;
    },
    explore: async () => null,
    judgeFile: ({ submission, targets }, call) =>
      Promise.all(targets.map(() => answer('judge', { form: 'declarations', text: submission }, call))),
    elaborate: async () => ({ status: 'ok', messages: [], sorries: [], ms: 0 }),
    snippet: async () => ({
      status: 'done',
      messages: [],
      sorries: [],
      infotree: [],
      ran: { pid: 0, cpuMs: null, memoryBytes: null },
      ms: 0,
    }),
    relevant: async () => [],
    nearest: async () => [],
    resize: () => {},
    status: () => ({ slots: 2, busy: 0, waiting: 0, instances: [] }),
    close: async () => {},
  };
};
